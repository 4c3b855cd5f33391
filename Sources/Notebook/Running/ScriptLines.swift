import Language

/// The lines of a script and what each of them is.
struct ScriptLines {
  /// What a line is.
  enum Kind: Equatable {
    /// Code, a comment or blank.
    case code
    /// `## text`, without the mark.
    case prose(String)
    /// `# %% title`.
    case title(String)
    /// `#> output`, without the mark.
    case recorded(String)
    /// `#~ setting`, and `#!` at the start: nothing that a reader needs.
    case setting
  }

  /// The lines of a statement, from 0.
  let statements: [ClosedRange<Int>]
  /// What each line is.
  let kinds: [Kind]
  /// The bytes of each line, without its end.
  let spans: [Span]

  /// The lines of a source that was parsed.
  init(_ source: Source, _ parsed: ParseResult) {
    var spans: [Span] = []
    var start = 0
    for (i, byte) in source.bytes.enumerated() where byte == UInt8(ascii: "\n") {
      spans.append(Span(start, i))
      start = i + 1
    }
    // What follows the last line end is a line where there is something.
    if start < source.bytes.count { spans.append(Span(start, source.bytes.count)) }
    self.spans = spans
    let lines = Self(spans: spans)
    statements = parsed.script.statements.map { statement in
      let span = statement.statement.span
      return lines.line(at: span.lower)...lines.line(at: max(span.lower, span.upper - 1))
    }
    // A mark inside of a statement is a plain comment.
    var isInside = [Bool](repeating: false, count: spans.count)
    for range in statements { for line in range { isInside[line] = true } }
    kinds = spans.indices.map { line in
      isInside[line] ? .code : Self.kind(of: source.text(in: spans[line]), isFirst: line == 0)
    }
  }

  private init(spans: [Span]) {
    self.spans = spans
    (statements, kinds) = ([], [])
  }

  private static func kind(of text: String, isFirst: Bool) -> Kind {
    if isFirst, text.hasPrefix("#!") { return .setting }
    return switch Mark(text) {
    case .prose(let text): .prose(text)
    case .cell(let title): .title(title)
    case .recorded(let text): .recorded(text)
    case .comparison: .setting
    case nil: .code
    }
  }

  /// The line of an offset, from 0.
  func line(at offset: Int) -> Int {
    // The first line that begins after the offset.
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].lower <= offset { low = middle + 1 } else { high = middle }
    }
    return max(low - 1, 0)
  }
}
