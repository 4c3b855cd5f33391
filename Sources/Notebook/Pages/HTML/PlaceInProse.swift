import Language
import Text

/// Finds parts of prose in the script: they come in its order.
struct PlaceInProse {
  private let notebook: ScriptNotebook
  /// The bytes after the part that was found last.
  private var next: Int

  /// The prose that begins in a line, from 0.
  init(_ notebook: ScriptNotebook, line: Int) {
    self.notebook = notebook
    next = notebook.lines.spans[line].lower
  }

  /// The place of a text; nil where Markdown has changed it.
  mutating func place(of text: String) -> Span? {
    let bytes = notebook.source.bytes
    let wanted = Array(text.utf8)
    guard !wanted.isEmpty, let first = Self.first(wanted, in: bytes[next...]) else { return nil }
    next = first + wanted.count
    return Span(first, next)
  }

  private static func first(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    var place = bytes.startIndex
    while place + wanted.count <= bytes.endIndex {
      if bytes[place] == wanted[0], bytes[place..<(place + wanted.count)].elementsEqual(wanted) {
        return place
      }
      place += 1
    }
    return nil
  }

  /// The warning that a formula is shown as its source.
  mutating func warning(_ formula: String, _ trouble: Formula.Trouble) -> Diagnostic {
    var warning = Diagnostic(
      "a formula is shown as its source: \(trouble.message)", category: .usage,
      severity: .warning, source: notebook.source, help: trouble.help)
    // Each line of it stands behind marks of its own.
    var offset = trouble.offset
    let lines = formula.split(omittingEmptySubsequences: false) { character in
      character.unicodeScalars.contains(where: FormulaParser.isLineEnd)
    }
    for line in lines {
      let place = place(of: String(line))
      if let place, warning.span == nil, offset <= line.utf8.count {
        let end = min(place.lower + offset + 1, max(place.upper, place.lower + 1))
        warning.span = Span(min(place.lower + offset, end - 1), end)
      }
      offset -= line.utf8.count + Self.endWidth(after: line, in: formula)
    }
    if warning.span == nil { warning.source = nil }
    return warning
  }

  private static func endWidth(after line: Substring, in formula: String) -> Int {
    line.endIndex < formula.endIndex ? formula[line.endIndex].utf8.count : 0
  }
}
