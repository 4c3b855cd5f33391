/// A comment at the start of a line that has a meaning at top level.
package enum Mark: Equatable {
  /// `## text`.
  case prose(String)
  /// `# %% title`.
  case cell(String)
  /// `#> output`.
  case recorded(String)
  /// `#~ setting`.
  case comparison(String)

  /// The mark of a comment; nil for a plain comment, and for a line that is none.
  package init?(_ text: String) {
    if text.hasPrefix("##") {
      self = .prose(Self.content(of: text))
    } else if text.hasPrefix("# %%") {
      var title = text.dropFirst(4)
      while title.last == " " || title.last == "\t" { title.removeLast() }
      self = .cell(String(title.drop { $0 == " " || $0 == "\t" }))
    } else if text.hasPrefix("#>") {
      self = .recorded(Self.content(of: text))
    } else if text.hasPrefix("#~") {
      self = .comparison(Self.content(of: text))
    } else {
      return nil
    }
  }

  /// The text without its mark and one blank.
  private static func content(of text: String) -> String {
    let rest = text.dropFirst(2)
    return String(rest.first == " " ? rest.dropFirst() : rest)
  }
}

/// The marks of a text, and how many of them are read.
struct MarkReader {
  /// `next`: the index of the token after the mark.
  private var marks: [(mark: Mark, span: Span, next: Int)] = []
  private var read = 0

  /// Keeps the comment if it is a mark at the start of its line.
  mutating func take(_ comment: Token, before next: Int, in source: Source) {
    let start = comment.span.lower
    guard start == 0 || source.bytes[start - 1] == UInt8(ascii: "\n"),
      let mark = Mark(source.text(in: comment.span))
    else { return }
    marks.append((mark, comment.span, next))
  }

  /// The next unread mark directly before the token at `index`.
  mutating func mark(before index: Int) -> (mark: Mark, span: Span)? {
    while read < marks.count && marks[read].next < index { read += 1 }
    guard read < marks.count, marks[read].next == index else { return nil }
    return (marks[read].mark, marks[read].span)
  }

  /// Goes on to the next mark.
  mutating func advance() { read += 1 }
}
