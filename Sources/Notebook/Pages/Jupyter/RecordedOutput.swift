import Text

/// The outputs of a notebook's cells as lines of recorded output.
enum RecordedOutput {
  /// The lines of one output; none for a picture without text.
  static func lines(_ output: JSONValue) -> [String] {
    switch output["output_type"]?.string {
    case "stream":
      let text = NotebookImport.text(output["text"]) ?? ""
      return output["name"]?.string == "stderr"
        ? withoutPlaces(plainLines(text)) : plainLines(text)
    case "execute_result", "display_data":
      return NotebookImport.text(output["data"]?["text/plain"]).map(plainLines) ?? []
    case "error": return error(output)
    default: return []
    }
  }

  /// An error as it is recorded: without its place, and without the calls that led to it.
  private static func error(_ output: JSONValue) -> [String] {
    let traceback = (output["traceback"]?.array ?? []).compactMap(\.string)
    let lines = withoutPlaces(traceback.flatMap(plainLines))
    if lines.first?.hasPrefix("error: ") == true { return lines }
    return ["error: " + (output["evalue"]?.string ?? "")]
  }

  /// A diagnostic's lines without the place, the line of code and its caret; of the notes, those of
  /// a failed expectation.
  private static func withoutPlaces(_ lines: [String]) -> [String] {
    let keepsNotes = lines.first?.hasPrefix("error: expect failed") == true
    var result: [String] = []
    var isHelp = false
    for (i, line) in lines.enumerated() {
      if line.hasPrefix("error: ") || line.hasPrefix("warning: ") || !line.hasPrefix(" ") {
        isHelp = false
        result.append(line)
      } else if line.hasPrefix("  help: ") || isHelp {
        isHelp = true
        result.append(line)
      } else if keepsNotes, !isPlace(line, after: i > 0 ? lines[i - 1] : "") {
        result.append(line)
      }
    }
    return result
  }

  /// Whether a line is `  file:3:1`, ` 3 | code` or the caret below.
  private static func isPlace(_ line: String, after before: String) -> Bool {
    let gutter = line.drop { $0 == " " }.drop { $0.isASCII && $0.isNumber }
    if gutter.hasPrefix(" |") || gutter == "|" || gutter.hasPrefix("| ") { return true }
    let numbers = line.split(separator: ":").suffix(2)
    return before.hasPrefix("error: ") && numbers.count == 2
      && numbers.allSatisfy { $0.allSatisfy(\.isNumber) }
  }

  /// The lines without the escape sequences of a terminal, and without the last line's end.
  private static func plainLines(_ text: String) -> [String] {
    var plain = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}", rest.first == "[" else {
        plain.unicodeScalars.append(scalar)
        continue
      }
      rest = rest.dropFirst().drop { !("@"..."~").contains($0) }.dropFirst()
    }
    var lines = NotebookImport.lines(plain)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
