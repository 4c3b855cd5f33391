import Text

/// An element of MathML Core.
struct MathElement: Equatable, Sendable {
  /// The content of an element: text or other elements, never both.
  enum Content: Equatable, Sendable {
    case text(String)
    case children([MathElement])
  }

  /// The name of the tag: `mfrac`.
  var name: String
  /// The attributes, in the order in which they are written.
  var attributes: [(name: String, value: String)] = []
  var content: Content

  /// An element with a text.
  init(_ name: String, _ text: String, _ attributes: KeyValuePairs<String, String> = [:]) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    content = .text(text)
  }

  /// An element with other elements.
  init(
    _ name: String, _ children: [MathElement], _ attributes: KeyValuePairs<String, String> = [:]
  ) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    content = .children(children)
  }

  /// Elements beside one another; one alone stays as it is.
  static func row(_ children: [MathElement]) -> MathElement {
    children.count == 1 ? children[0] : MathElement("mrow", children)
  }

  /// A gap of some width in em; it may be negative.
  static func space(_ width: String) -> MathElement {
    MathElement("mspace", [], ["width": width])
  }

  /// The element as it stands in a page.
  var markup: String {
    let tags = attributes.map { " \($0.name)=\"\(Escaping.markup($0.value))\"" }.joined()
    let inner =
      switch content {
      case .text(let text): Escaping.markup(text)
      case .children(let children): children.map(\.markup).joined()
      }
    return "<\(name)\(tags)>\(inner)</\(name)>"
  }

  static func == (a: MathElement, b: MathElement) -> Bool { a.markup == b.markup }
}
