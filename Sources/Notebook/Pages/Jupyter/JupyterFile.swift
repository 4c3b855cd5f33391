import Language
import Text

/// A notebook as Jupyter keeps it: nbformat 4.5.
struct JupyterFile {
  /// The file.
  let text: String

  /// The file of a notebook.
  init(_ notebook: ScriptNotebook, _ facts: PageFacts) {
    var ids = CellNames()
    // The cells with output are counted as if they had been run one after the other.
    var count = 0
    let isRun = notebook.seed != nil
    let outputs = JupyterOutput(text: notebook.shown)
    var cells = notebook.problems.map { problem in
      Self.code(
        "", [outputs.value(.diagnostic(problem), number: .null, isValue: false)], .null, &ids)
    }
    for cell in notebook.cells {
      switch cell {
      case .prose(let text, _): cells.append(Self.markdown(text, &ids))
      case .title(let title):
        if !title.isEmpty { cells.append(Self.markdown("## " + title, &ids)) }
      case .code(let cell):
        let code = notebook.code(of: cell, withSettings: true)
        guard !code.isEmpty || !cell.outputs.isEmpty else { continue }
        count += 1
        let number = isRun ? JSONValue.integer(count) : .null
        let shown = cell.outputs.enumerated().map { i, output in
          let isValue = cell.endsInValue && i == cell.outputs.count - 1
          return outputs.value(output, number: number, isValue: isValue)
        }
        cells.append(Self.code(code, shown, number, &ids))
      }
    }
    let kernel = JSONValue.object([
      ("display_name", "svmrepl"), ("language", "svmrepl"), ("name", "svmrepl"),
    ])
    let language = JSONValue.object([
      ("file_extension", ".svm"), ("mimetype", "text/x-svmrepl"), ("name", "svmrepl"),
      ("version", .string(facts.version)),
    ])
    let file = JSONValue.object([
      ("cells", .array(cells)),
      ("metadata", .object([("kernelspec", kernel), ("language_info", language)])),
      ("nbformat", 4), ("nbformat_minor", 5),
    ])
    text = file.indentedText + "\n"
  }

  // The members are in the order of their names, as Jupyter writes them.

  private static func markdown(_ text: String, _ ids: inout CellNames) -> JSONValue {
    .object([
      ("cell_type", "markdown"), ("id", .string(ids.next("markdown", text))),
      ("metadata", .object([])), ("source", lines(text)),
    ])
  }

  private static func code(
    _ text: String, _ outputs: [JSONValue], _ number: JSONValue, _ ids: inout CellNames
  ) -> JSONValue {
    .object([
      ("cell_type", "code"), ("execution_count", number), ("id", .string(ids.next("code", text))),
      ("metadata", .object([])), ("outputs", .array(outputs)), ("source", lines(text)),
    ])
  }

  /// A text as a list of lines with their ends.
  static func lines(_ text: String) -> JSONValue {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return .array(
      lines.enumerated().compactMap { i, line in
        let isLast = i == lines.count - 1
        return isLast && line.isEmpty ? nil : .string(line + (isLast ? "" : "\n"))
      })
  }
}

/// Names of cells that stay the same while other cells change: they are made of the content.
private struct CellNames {
  private var counts: [UInt64: Int] = [:]

  mutating func next(_ kind: String, _ text: String) -> String {
    // FNV-1a.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in (kind + "\n" + text).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let before = counts[hash, default: 0]
    counts[hash] = before + 1
    let digits = String(hash, radix: 16)
    let name = String(repeating: "0", count: 16 - digits.count) + digits
    return before == 0 ? name : "\(name)-\(before)"
  }
}
