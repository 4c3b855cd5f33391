import Text

/// A heading of a page.
package struct PageHeading: Equatable {
  /// From 1.
  package var level: Int
  /// What is between its tags.
  package var content: String
  /// Its name in addresses.
  package var anchor: String

  /// A heading.
  package init(level: Int, content: String, anchor: String) {
    self.level = level
    self.content = content
    self.anchor = anchor
  }

  /// The address of the heading in its page.
  package var address: String { HTMLAddress.safe("#" + anchor) ?? "#" }

  /// The heading, with a link to itself that shows where one points.
  package var markup: String {
    "<h\(level) id=\"\(anchor)\">\(content)"
      + "<a class=\"anchor\" href=\"\(address)\" aria-label=\"Link to this section\">#</a>"
      + "</h\(level)>\n"
  }
}

/// Gives the headings of a page their names, each once, and levels without gaps.
package struct PageAnchors {
  private var taken: Set<String> = ["contents"]
  private var lastLevel = 0

  /// The names of a page that has no headings yet.
  package init() {}

  /// A heading from what is between its tags; one that stands more than one level below the heading
  /// before it is raised. It is named after its words, or after `name`.
  package mutating func heading(
    _ content: String, level: Int, name: String? = nil
  ) -> PageHeading {
    let level = min(level, lastLevel + 1)
    lastLevel = level
    return PageHeading(level: level, content: content, anchor: anchor(name ?? content))
  }

  /// The name of a part with this content, which no other part of the page has.
  package mutating func anchor(_ content: String) -> String {
    let base = Self.name(of: content)
    var anchor = base
    var number = 1
    while !taken.insert(anchor).inserted {
      anchor = "\(base)-\(number)"
      number += 1
    }
    return anchor
  }

  /// The words of a heading with hyphens between them, as GitHub has them.
  package static func name(of content: String) -> String {
    var name = ""
    for character in words(of: content, withFormulas: false).lowercased() {
      if character.isLetter || character.isNumber || character == "_" || character == "-" {
        name.append(character)
      } else if character.isWhitespace, name.last != "-" {
        name.append("-")
      }
    }
    while name.last == "-" { name.removeLast() }
    return name.isEmpty ? "section" : name
  }

  /// The text without tags, entities, and the sources of formulas.
  package static func words(of content: String, withFormulas: Bool = true) -> String {
    var words = ""
    var rest = content[...]
    let omitted = withFormulas ? "annotation" : "math"
    while let first = rest.first {
      if rest.hasPrefix("<" + omitted), let end = rest.firstRange(of: "</\(omitted)>") {
        rest = rest[end.upperBound...]
      } else if first == "<", let end = rest.firstIndex(of: ">") {
        rest = rest[rest.index(after: end)...]
      } else {
        words.append(first)
        rest.removeFirst()
      }
    }
    return words.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
  }
}
