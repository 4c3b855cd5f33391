import Language
import Text

/// Code and output in HTML.
enum HTMLCode {
  /// The width in columns from which a block may be wider than a telephone, and is then scrolled
  /// with the keyboard, too.
  private static let narrow = 36

  /// A block around text that is marked up.
  ///
  /// - Parameters:
  ///   - markup: what stands in the block.
  ///   - text: the same without tags.
  ///   - kind: the class of the block.
  ///   - tag: `code`, or `samp` for output.
  static func block(
    _ markup: String, of text: String, kind: String = "code", tag: String = "code"
  ) -> String {
    let width = text.split(separator: "\n").reduce(0) { max($0, DisplayWidth.of($1)) }
    let focus = width > narrow ? " tabindex=\"0\"" : ""
    // A line end after the tag would be taken away.
    let start = markup.first == "\n" ? "\n" : ""
    return "<pre class=\"\(kind)\"\(focus)><\(tag)>\(start)\(markup)</\(tag)></pre>\n"
  }

  /// A part of a source with its words in colors.
  static func highlighted(
    _ source: Source, _ span: Span, _ highlights: some Sequence<CodeHighlight>
  ) -> String {
    var markup = ""
    var next = span.lower
    for highlight in highlights {
      let part = Span(max(highlight.span.lower, next), min(highlight.span.upper, span.upper))
      guard part.lower < part.upper else { continue }
      markup += Escaping.markup(source.text(in: Span(next, part.lower)))
      let text = Escaping.markup(source.text(in: part))
      markup += "<span class=\"\(name(of: highlight.kind))\">\(text)</span>"
      next = part.upper
    }
    return markup + Escaping.markup(source.text(in: Span(next, span.upper)))
  }

  /// Code by itself with its words in colors.
  static func highlighted(_ code: String, verbs: Set<String>) -> String {
    let source = Source(code, name: "")
    let parsed = Parser.parse(source, verbs: verbs)
    return highlighted(
      source, Span(0, source.bytes.count), CodeHighlight.all(in: parsed, of: source))
  }

  /// The class of a kind of words.
  static func name(of kind: CodeHighlight.Kind) -> String {
    switch kind {
    case .keyword: "k"
    case .verb: "v"
    case .option: "o"
    case .string: "s"
    case .number: "n"
    case .comment: "c"
    case .unknownVerb: "u"
    }
  }
}
