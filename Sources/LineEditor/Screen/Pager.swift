import Glibc
import Text

/// Shows a text that is longer than the screen, a page at a time.
///
/// The keys are those of `less` that people know: space and b, the arrows, g and G, `/` to search
/// and n to go on, q to leave. It uses the terminal's other screen, so that the session is as it
/// was when it ends.
public final class Pager {
  private let lines: [String]
  /// The lines without their colors, for searching.
  private lazy var plain = lines.map(Self.withoutEscapes)
  private let reader = KeyReader()
  private let hasColor: Bool
  private var columns: Int
  private var rows: Int
  private var top = 0
  private var pattern = ""
  private var note = ""

  /// A text of several lines, which may have colors.
  public init(_ text: String, hasColor: Bool) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.hasColor = hasColor
    (columns, rows) = Terminal.size(of: 1) ?? (80, 24)
  }

  /// Whether a text takes more rows than a screen has beside the prompt.
  public static func isNeeded(for text: String) -> Bool {
    guard let size = Terminal.size(of: 1) else { return false }
    var rows = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      rows += max(
        1, (DisplayWidth.of(withoutEscapes(String(line))) + size.columns - 1) / size.columns)
      if rows >= size.rows { return true }
    }
    return false
  }

  /// Shows the text until the user leaves.
  public func run() {
    FileOutput.write("\u{1B}[?1049h", to: 1)
    defer { FileOutput.write("\u{1B}[?1049l", to: 1) }
    while true {
      draw()
      guard goesOn(after: reader.next(beforeWaiting: {})) else { return }
    }
  }

  /// Rows of text on the screen; the last row says where one is.
  private var page: Int { max(rows - 1, 1) }
  private var lastTop: Int { max(lines.count - page, 0) }

  private func goesOn(after event: KeyReader.Event) -> Bool {
    note = ""
    switch event {
    case .end, .signal(SIGINT), .character("q"), .character("Q"), .character("\u{1B}"): return false
    case .character(" "), .character("f"), .character("\u{6}"): move(by: page)
    case .character("b"), .character("\u{2}"): move(by: -page)
    case .character("d"), .character("\u{4}"): move(by: page / 2)
    case .character("u"), .character("\u{15}"): move(by: -(page / 2))
    case .character("\r"), .character("\n"), .character("j"), .action(.down): move(by: 1)
    case .character("k"), .action(.up): move(by: -1)
    case .character("g"), .character("<"), .action(.start): top = 0
    case .character("G"), .character(">"), .action(.end): top = lastTop
    case .character("/"):
      if let text = readPattern() { search(text, from: top) }
    case .character("n"): search(pattern, from: top + 1)
    case .character("N"): search(pattern, from: top - 1, step: -1)
    case .signal(SIGWINCH), .signal(SIGCONT):
      (columns, rows) = Terminal.size(of: 1) ?? (columns, rows)
      move(by: 0)
    case .action(let action): if let rows = pages[action] { move(by: rows * page) }
    case .character, .paste, .signal: break
    }
    return true
  }

  private let pages: [EditorAction: Int] = [.pageDown: 1, .pageUp: -1]

  private func move(by count: Int) { top = min(max(top + count, 0), lastTop) }

  private func search(_ text: String, from start: Int, step: Int = 1) {
    pattern = text
    guard !text.isEmpty else { return }
    var i = start
    while plain.indices.contains(i) {
      if plain[i].contains(text) {
        top = min(i, lastTop)
        return
      }
      i += step
    }
    note = "no further '\(text)'"
  }

  /// What is searched for; nil where the user thinks better of it.
  private func readPattern() -> String? {
    var text = ""
    while true {
      showStatus("/" + text)
      switch reader.next(beforeWaiting: {}) {
      case .character("\r"), .character("\n"): return text.isEmpty ? pattern : text
      case .character("\u{7F}"), .character("\u{8}"): if text.popLast() == nil { return nil }
      case .character(let scalar) where scalar.value >= 0x20: text.unicodeScalars.append(scalar)
      case .paste(let pasted): text += pasted.prefix { !$0.isNewline }
      case .character, .end, .signal(SIGINT): return nil
      case .signal, .action: break
      }
    }
  }

  private func draw() {
    var text = "\u{1B}[H"
    for i in top..<top + page {
      text += i < lines.count ? Self.clipped(lines[i], to: columns) : ""
      text += "\u{1B}[0m\u{1B}[K\r\n"
    }
    FileOutput.write(text, to: 1)
    let last = min(top + page, lines.count)
    let place = "lines \(top + 1)-\(last) of \(lines.count)"
    let keys = last == lines.count ? "q leaves" : "space goes on, q leaves, / searches"
    showStatus(note.isEmpty ? "\(place)  (\(keys))" : note)
  }

  private func showStatus(_ text: String) {
    let text = TextLayout.clipped(text, to: max(columns - 1, 1))
    FileOutput.write(
      "\u{1B}[\(rows);1H" + (hasColor ? "\u{1B}[7m" : "") + text + "\u{1B}[0m\u{1B}[K", to: 1)
  }

  /// A line with its escapes, cut to a width.
  static func clipped(_ line: String, to columns: Int) -> String {
    var (result, width) = ("", 0)
    var isEscape = false
    for character in line {
      if character == "\u{1B}" { isEscape = true }
      if isEscape {
        result.append(character)
        if character.isLetter { isEscape = false }
        continue
      }
      width += DisplayWidth.of(character)
      if width > columns { continue }
      result.append(character)
    }
    return result
  }

  private static func withoutEscapes(_ line: String) -> String {
    guard line.utf8.contains(0x1B) else { return line }
    var isEscape = false
    return line.filter { character in
      if character == "\u{1B}" { isEscape = true }
      defer { if character.isLetter { isEscape = false } }
      return !isEscape
    }
  }
}
