import Notebook

/// What stands in a page that `svmrepl export` has made of a script, to be put into another frame.
struct ExportedPage {
  /// What is between the tags of its heading of the first level.
  let title: String
  /// What stands below that. What differs from run to run, such as times, is left out.
  let body: String
  /// The headings of the body.
  let headings: [PageHeading]

  /// The parts of a page; nil where it is none.
  init?(_ text: String) {
    guard let title = Self.content(of: "h1", in: text[...]),
      let body = Self.content(of: "main", in: text[...])
    else { return nil }
    self.title = Self.withoutAnchor(title)
    self.body = Self.withoutVolatileParts(String(body.drop { $0 == "\n" }))
    headings = Self.headings(of: self.body)
  }

  /// What is between the tags of the first element of this name.
  private static func content(of name: String, in text: Substring) -> Substring? {
    guard let start = text.firstRange(of: "<\(name)"),
      let open = text[start.upperBound...].firstIndex(of: ">"),
      let end = text[open...].firstRange(of: "</\(name)>")
    else { return nil }
    return text[text.index(after: open)..<end.lowerBound]
  }

  /// A heading without the link to itself.
  private static func withoutAnchor(_ heading: Substring) -> String {
    String(
      heading[..<(heading.firstRange(of: "<a class=\"anchor\"")?.lowerBound ?? heading.endIndex)])
  }

  /// In outputs, italics are what differs from run to run, and nothing else is.
  private static func withoutVolatileParts(_ body: String) -> String {
    body.replacing(#/<samp>.*?<\/samp>/#.dotMatchesNewlines()) { match in
      match.0.replacing(#/<i>.*?<\/i>/#.dotMatchesNewlines(), with: "…")
    }
  }

  private static func headings(of body: String) -> [PageHeading] {
    body.matches(of: #/<h([2-6]) id="([^"]*)">(.*?)<\/h[2-6]>/#.dotMatchesNewlines()).map { match in
      PageHeading(
        level: Int(match.1) ?? 2, content: withoutAnchor(match.3), anchor: String(match.2))
    }
  }
}
