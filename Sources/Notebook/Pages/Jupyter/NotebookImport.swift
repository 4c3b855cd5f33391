import Language
import Text

/// A notebook of Jupyter as a script.
public struct NotebookImport {
  /// The script.
  public let text: String
  /// What the script lacks, or has otherwise, one sentence each.
  public let remarks: [String]

  /// Reads a notebook.
  ///
  /// - Throws: A `Diagnostic` of category `data` where the file is none.
  public init(_ text: String, name: String) throws(Diagnostic) {
    let shown = Escaping.visible(name)
    guard let file = JSONValue(parsing: text) else {
      throw Diagnostic(
        "'\(shown)' is no notebook: its JSON is damaged", category: .data,
        help: "Jupyter would not open it either; is the file whole?")
    }
    guard case .number(let version)? = file["nbformat"] else {
      throw Diagnostic(
        "'\(shown)' is no notebook of Jupyter", category: .data,
        help: "those have a number 'nbformat' and a list 'cells'")
    }
    guard version == 4 else {
      throw Diagnostic(
        "'\(shown)' has format \(NumberText.shortest(version)) of notebooks, and 4 is read",
        category: .data,
        help: "`jupyter nbconvert --to notebook --nbformat 4` makes it one")
    }
    guard let cells = file["cells"]?.array else {
      throw Diagnostic("'\(shown)' has no list of cells", category: .data)
    }
    let language = Self.language(file)
    let isOurs = language == nil || language == "svmrepl"
    var remarks: [String] = []
    var parts: [String] = []
    var comments = 0
    for (i, cell) in cells.enumerated() {
      guard let kind = cell["cell_type"]?.string, let source = Self.text(cell["source"]) else {
        throw Diagnostic("cell \(i + 1) of '\(shown)' is damaged", category: .data)
      }
      var lines = Self.lines(source)
      while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
      if lines.allSatisfy({ $0.allSatisfy(\.isWhitespace) }),
        cell["outputs"]?.array?.isEmpty ?? true
      {
        continue
      }
      switch kind {
      case "markdown": parts.append(Self.marked(lines, "##"))
      case "code" where isOurs:
        let outputs = (cell["outputs"]?.array ?? []).flatMap(RecordedOutput.lines)
        parts.append(
          ([lines.joined(separator: "\n")] + outputs.map { $0.isEmpty ? "#>" : "#> " + $0 })
            .filter { !$0.isEmpty }.joined(separator: "\n"))
      default:
        // Three blanks, so that no comment of it becomes a mark of ours.
        parts.append(Self.marked(lines, "#  "))
        comments += 1
      }
    }
    if !isOurs, comments > 0 {
      remarks.append(
        "'\(shown)' is in \(Escaping.visible(language ?? "")): its code stands as comments, "
          + "without outputs")
    } else if comments > 0 {
      remarks.append("\(Quantity.count(comments, "raw cell")) of '\(shown)' stand as comments")
    }
    self.text = parts.map { $0 + "\n" }.joined(separator: "\n")
    self.remarks = remarks
  }

  /// The language of the code; nil where the notebook does not say it.
  private static func language(_ file: JSONValue) -> String? {
    let kernel = file["metadata"]?["kernelspec"]
    let name =
      file["metadata"]?["language_info"]?["name"]?.string ?? kernel?["language"]?.string
      ?? kernel?["name"]?.string
    return name?.lowercased()
  }

  /// A text that may be given line by line.
  static func text(_ value: JSONValue?) -> String? {
    switch value {
    case .string(let text): return text
    case .array(let lines):
      var text = ""
      for line in lines {
        guard let line = line.string else { return nil }
        text += line
      }
      return text
    default: return nil
    }
  }

  /// The lines of a text, however they end.
  static func lines(_ text: String) -> [String] {
    let ends: Set<Character> = ["\n", "\r\n", "\r"]
    return text.split(omittingEmptySubsequences: false) { ends.contains($0) }.map(String.init)
  }

  private static func marked(_ lines: [String], _ mark: String) -> String {
    lines.map { $0.isEmpty ? mark.trimmingBlanks : mark + " " + $0 }.joined(separator: "\n")
  }
}
