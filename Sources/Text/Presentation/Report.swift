/// What a result says: lines, tables and drawings, from which its text, its HTML and its JSON are
/// made.
///
///     var report = Report("accuracy 0.9000", .heading)
///     report.append(table, indent: 2)
///
/// Text is added as to a ``StyledText``; a table comes on lines of its own.
public struct Report: Sendable {
  /// A part of a report, which begins on a line of its own.
  enum Block: Sendable {
    case text(StyledText)
    /// Prose in Markdown after a heading.
    case prose(heading: String, text: String)
    /// A label with a text whose further lines are indented to its own beginning.
    case entry(label: String, text: String)
    /// A table, and the lines that a terminal shows instead of it where there are some.
    case table(TextTable, indent: Int, lines: StyledText?)
    /// A drawing as text, and what makes it in SVG.
    case drawing(StyledText, svg: @Sendable () -> String)
  }

  /// The parts in order.
  private(set) var blocks: [Block] = []

  /// No text.
  public init() {}

  /// A report that begins with text.
  public init(_ text: StyledText) { appendLine(text) }

  /// A report that begins with text of one style.
  public init(_ text: String, _ style: StyledText.Style = .plain) { appendLine(text, style) }

  /// A report that is a table, and the lines that a terminal shows instead of it.
  public init(_ table: TextTable, lines: StyledText? = nil) { append(table, lines: lines) }

  // MARK: Building

  /// Adds text on a line of its own.
  public mutating func appendLine(_ text: StyledText) {
    guard case .text(var last)? = blocks.last else {
      if !text.isEmpty { blocks.append(.text(text)) }
      return
    }
    last.appendLine(text)
    blocks[blocks.count - 1] = .text(last)
  }

  /// Adds text on a line of its own.
  public mutating func appendLine(_ text: String, _ style: StyledText.Style = .plain) {
    appendLine(StyledText(text, style))
  }

  /// Adds text to the last line of text; after a table, on a line of its own.
  public mutating func append(_ text: String, _ style: StyledText.Style = .plain) {
    guard case .text(var last)? = blocks.last else { return appendLine(text, style) }
    last.append(text, style)
    blocks[blocks.count - 1] = .text(last)
  }

  /// Adds a table.
  ///
  /// - Parameters:
  ///   - indent: The blanks before each line of its text.
  ///   - lines: What a terminal shows instead of the table.
  public mutating func append(_ table: TextTable, indent: Int = 0, lines: StyledText? = nil) {
    blocks.append(.table(table, indent: indent, lines: lines))
  }

  /// Adds prose in Markdown after a heading; a terminal shows it as it is.
  public mutating func append(heading: String, prose: String) {
    blocks.append(.prose(heading: heading, text: prose))
  }

  /// Adds a label with its text.
  public mutating func append(label: String, text: String) {
    blocks.append(.entry(label: label, text: text))
  }

  /// Adds a drawing.
  public mutating func append(drawing: StyledText, svg: @escaping @Sendable () -> String) {
    blocks.append(.drawing(drawing, svg: svg))
  }

  /// Adds the parts of another report.
  public mutating func append(_ other: Report) { blocks += other.blocks }

  // MARK: Forms

  /// Whether there is nothing to show.
  public var isEmpty: Bool { blocks.isEmpty }

  /// The cells that labels take.
  private static let labelWidth = 10

  /// The text, whose tables and entries take at most `width` columns.
  public func text(width: Int) -> StyledText {
    // A long text is one part, and is not copied.
    if blocks.count == 1, case .text(let text) = blocks[0] { return text }
    var all = StyledText()
    for block in blocks {
      switch block {
      case .text(let text): all.appendLine(text)
      case .prose(let heading, let text): all.appendLine(Self.prose(heading, text))
      case .entry(let label, let text):
        let padded = TextLayout.leftAligned(label, in: Self.labelWidth)
        all.appendLine(TextLayout.labeled("  \(padded)", text, width: width))
      case .table(let table, let indent, let lines):
        all.appendLine(lines ?? table.text(indent: indent, width: width))
      case .drawing(let text, _): all.appendLine(text)
      }
    }
    return all
  }

  /// The report as HTML; nil where it is only lines, which read best as they are.
  public var html: String? {
    guard hasMoreThanText else { return nil }
    var html = ""
    var entries: TextTable?
    func flush() {
      if let entries { html += entries.html }
      entries = nil
    }
    for block in blocks {
      if case .entry(let label, let text) = block {
        if entries == nil { entries = TextTable([.init("", .left), .init("", .left)]) }
        entries?.add([label, text])
        continue
      }
      flush()
      switch block {
      case .text(let text): html += Self.paragraph(text)
      case .prose(let heading, let text): html += Self.paragraph(Self.prose(heading, text))
      case .table(let table, _, _): html += table.html
      case .drawing(_, let svg): html += svg()
      case .entry: break
      }
    }
    flush()
    return html
  }

  private static func paragraph(_ text: StyledText) -> String {
    "<p>\(text.html.replacing("\n", with: "<br>\n"))</p>\n"
  }

  /// A short text stands on the line of its heading.
  private static func prose(_ heading: String, _ text: String) -> StyledText {
    var shown = StyledText(heading, .heading)
    shown.append((text.contains("\n") ? "\n" : " ") + text)
    return shown
  }

  /// The report as Markdown; nil where it is not only prose.
  public var markdown: String? {
    var parts: [String] = []
    for block in blocks {
      guard case .prose(let heading, let text) = block else { return nil }
      parts += ["**\(Escaping.markdown(heading))**", text]
    }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  /// The report for programs: its lines as they are, and the cells of its tables; nil where it is
  /// only lines, which its text has.
  public var json: JSONValue? {
    guard hasMoreThanText else { return nil }
    let parts = blocks.map { block -> JSONValue in
      switch block {
      case .text(let text), .drawing(let text, _): .object([("text", .string(text.plain))])
      case .prose(let heading, let text):
        .object([("heading", .string(heading)), ("text", .string(text))])
      case .entry(let label, let text):
        .object([("label", .string(label)), ("text", .string(text))])
      case .table(let table, _, _): table.json
      }
    }
    return .object([("type", "report"), ("parts", .array(parts))])
  }

  private var hasMoreThanText: Bool {
    blocks.contains { block in
      switch block {
      case .text, .prose: false
      case .entry, .table, .drawing: true
      }
    }
  }
}
