import Language
import Text

/// A notebook as Markdown of GitHub: the prose as it is, code and outputs in fences, plots as text.
struct MarkdownPage {
  /// The page.
  let text: String

  /// The page of a notebook.
  ///
  /// - Parameter footer: what is said at the end, one part each.
  init(_ notebook: ScriptNotebook, footer: [String]) {
    var parts: [String] = []
    for problem in notebook.problems {
      parts.append(Self.fenced(notebook.shown(problem), as: "text"))
    }
    for cell in notebook.cells {
      switch cell {
      case .prose(let text, _): parts.append(text)
      case .title(let title): if !title.isEmpty { parts.append("## " + title) }
      case .code(let cell):
        let code = notebook.code(of: cell, withSettings: false)
        if !code.isEmpty { parts.append(Self.fenced(code, as: "svm")) }
        parts += cell.outputs.map { Self.text(of: $0, in: notebook) }
      }
    }
    parts.append("---\n\n<sub>\(footer.joined(separator: " · "))</sub>")
    text = parts.map { $0 + "\n" }.joined(separator: "\n")
  }

  private static func text(of output: CellOutput, in notebook: ScriptNotebook) -> String {
    if case .data(let forms, _) = output, let prose = forms.first(where: { $0.type == .markdown }) {
      return String(decoding: prose.bytes, as: UTF8.self)
    }
    return fenced(notebook.plainText(of: output), as: "text")
  }

  /// A block between fences that are longer than any in it.
  private static func fenced(_ text: String, as language: String) -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(text)\n\(fence)"
  }
}

extension ScriptNotebook {
  /// An output as a pipe shows it.
  func plainText(of output: CellOutput) -> String {
    switch output {
    case .text(let text): text.plain
    case .data(_, let text): text.plain
    case .diagnostic(let diagnostic): shown(diagnostic)
    case .former(let output): plainText(of: output)
    case .running: ""
    }
  }
}
