import CCommonMark
import Text

/// Prose in Markdown as HTML, with its formulas. HTML in it is shown as text, and links that could
/// run something are dropped.
struct ProseHTML {
  /// What the page says of the parts of its prose.
  struct Surroundings {
    /// The code of a block in our language, highlighted.
    var code: (String) -> String
    /// A picture as an address that holds all of it; nil where there is no such file.
    var picture: (_ path: String) -> String?
  }

  /// The HTML.
  private(set) var html = ""
  /// The formulas that can't be shown: their source with its signs, and why.
  private(set) var troubles: [(formula: String, trouble: Formula.Trouble)] = []
  /// The pictures that are missing, and those of the web.
  private(set) var lacking: [String] = []
  /// The headings that were made.
  private(set) var headings: [PageHeading] = []

  private let surroundings: Surroundings
  /// The text around the heading, or the picture's description, that is being made.
  private var outer: [String] = []
  /// The nesting of pictures, of which only the words count.
  private var pictures = 0
  private var table = TableState()

  /// - Parameter anchors: The anchors and levels so far; those of this prose are added.
  init(_ markdown: String, _ anchors: inout PageAnchors, _ surroundings: Surroundings) {
    self.surroundings = surroundings
    var text = FormulaSyntax.joined(markdown)
    let root = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { svm_markdown($0.baseAddress, $0.count) }
    }
    guard let root else { return }
    defer { cmark_node_free(root) }
    let iterator = cmark_iter_new(root)
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
      visit(Node(node), enters: event == CMARK_EVENT_ENTER, &anchors)
    }
  }

  /// The place in the table that is being made.
  private struct TableState {
    var alignments: [String] = []
    var column = 0
    var isHead = false
    var hasBody = false
  }

  /// A node of the tree.
  struct Node {
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    var type: String { String(cString: cmark_node_get_type_string(pointer)) }
    var parent: Node? { cmark_node_parent(pointer).map(Node.init) }
    var literal: String { Self.text(cmark_node_get_literal(pointer)) }
    var address: String { Self.text(cmark_node_get_url(pointer)) }
    var title: String { Self.text(cmark_node_get_title(pointer)) }
    var info: String { Self.text(cmark_node_get_fence_info(pointer)) }

    static func text(_ pointer: UnsafePointer<CChar>?) -> String {
      pointer.map { String(cString: $0) } ?? ""
    }
  }

  private mutating func visit(_ node: Node, enters: Bool, _ anchors: inout PageAnchors) {
    if pictures > 0 { return visitDescription(node, enters: enters) }
    switch node.type {
    case "paragraph": if !isTight(node) { html += enters ? "<p>" : "</p>\n" }
    case "text": html += Escaping.markup(node.literal)
    case "softbreak": html += "\n"
    case "linebreak": html += "<br>\n"
    case "emph": html += enters ? "<em>" : "</em>"
    case "strong": html += enters ? "<strong>" : "</strong>"
    case "strikethrough": html += enters ? "<del>" : "</del>"
    case "code": html += "<code>\(Escaping.markup(node.literal))</code>"
    case "html_inline": inline(node.literal)
    case "html_block": block(node.literal)
    case "code_block": codeBlock(node)
    case "block_quote": html += enters ? "<blockquote>\n" : "</blockquote>\n"
    case "list": list(node, enters: enters)
    case "item": html += enters ? "<li>" : "</li>\n"
    case "thematic_break": html += "<hr>\n"
    case "heading": heading(node, enters: enters, &anchors)
    case "link": link(node, enters: enters)
    case "image":
      pictures = 1
      outer.append(html)
      html = ""
    case let type: visitTable(type, node, enters: enters)
    }
  }

  /// Whether the paragraph is an item of a list without blank lines.
  private func isTight(_ paragraph: Node) -> Bool {
    guard let list = paragraph.parent?.parent, list.type == "list" else { return false }
    return cmark_node_get_list_tight(list.pointer) != 0
  }

  private mutating func list(_ node: Node, enters: Bool) {
    let isOrdered = cmark_node_get_list_type(node.pointer) == CMARK_ORDERED_LIST
    let start = cmark_node_get_list_start(node.pointer)
    let tag = isOrdered ? "ol" : "ul"
    let attribute = isOrdered && start != 1 ? " start=\"\(start)\"" : ""
    html += enters ? "<\(tag)\(attribute)>\n" : "</\(tag)>\n"
  }

  private mutating func heading(_ node: Node, enters: Bool, _ anchors: inout PageAnchors) {
    if enters {
      outer.append(html)
      html = ""
      return
    }
    let content = html
    html = outer.removeLast()
    let level = Int(cmark_node_get_heading_level(node.pointer))
    let heading = anchors.heading(content, level: level)
    headings.append(heading)
    html += heading.markup
  }

  private mutating func link(_ node: Node, enters: Bool) {
    guard let address = HTMLAddress.safe(node.address) else { return }
    let title = node.title.isEmpty ? "" : " title=\"\(Escaping.markup(node.title))\""
    html += enters ? "<a href=\"\(address)\"\(title)>" : "</a>"
  }

  // MARK: Pictures

  /// Inside of a picture's description, only words count.
  private mutating func visitDescription(_ node: Node, enters: Bool) {
    switch node.type {
    case "image":
      pictures += enters ? 1 : -1
      if pictures == 0 { picture(node) }
    case "softbreak", "linebreak": html += " "
    case "text", "code", "html_inline": html += Escaping.markup(node.literal)
    default: break
    }
  }

  private mutating func picture(_ node: Node) {
    let words = html
    html = outer.removeLast()
    if let data = surroundings.picture(node.address) {
      html += "<img src=\"\(data)\" alt=\"\(words)\">"
      return
    }
    lacking.append(node.address)
    // A page that needs no network shows where the picture is.
    if let address = HTMLAddress.safe(node.address) {
      html += "<a href=\"\(address)\">\(words.isEmpty ? Escaping.markup(node.address) : words)</a>"
    } else {
      html += words
    }
  }

  // MARK: Formulas and HTML

  /// A formula, or HTML, which is shown as text.
  private mutating func inline(_ text: String) {
    guard text.hasPrefix("$") else {
      if !text.hasPrefix("<!--") { html += Escaping.markup(text) }
      return
    }
    formula(text)
  }

  private mutating func formula(_ text: String) {
    let (tex, isDisplay) = FormulaSyntax.parts(text)
    do throws(Formula.Trouble) {
      let markup = try Formula(tex).markup(isDisplay: isDisplay)
      // A long one is scrolled on a telephone, with the keyboard, too.
      let focus = tex.utf8.count > 30 ? " tabindex=\"0\"" : ""
      html += isDisplay ? "<span class=\"display\"\(focus)>\(markup)</span>" : markup
    } catch {
      var moved = error
      moved.offset += isDisplay ? 2 : 1
      troubles.append((text, moved))
      let source = text.replacing(String(Character(FormulaSyntax.joint)), with: "\n")
      html += "<code class=\"tex\">\(Escaping.markup(source))</code>"
    }
  }

  private mutating func block(_ text: String) {
    // Remarks of the author are not for the reader.
    if text.hasPrefix("<!--") { return }
    html += "<p>\(Escaping.markup(text))</p>\n"
  }

  private mutating func codeBlock(_ node: Node) {
    var text = node.literal
    if text.last == "\n" { text.removeLast() }
    switch node.info.split(separator: " ").first {
    case "math":
      html += "<p>"
      formula("$$\(text)$$")
      html += "</p>\n"
    case "svm": html += HTMLCode.block(surroundings.code(text), of: text)
    default: html += HTMLCode.block(Escaping.markup(text), of: text)
    }
  }

  // MARK: Tables

  private mutating func visitTable(_ type: String, _ node: Node, enters: Bool) {
    switch type {
    case "table" where enters:
      table = TableState(alignments: Self.alignments(node))
      html += "<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n"
    case "table":
      html += (table.hasBody ? "</tbody>\n" : "") + "</table></div>\n"
    case "table_header":
      (table.column, table.isHead) = (0, true)
      html += enters ? "<thead>\n<tr>" : "</tr>\n</thead>\n"
    case "table_row":
      if enters {
        if !table.hasBody { html += "<tbody>\n" }
        (table.column, table.isHead, table.hasBody) = (0, false, true)
      }
      html += enters ? "<tr>" : "</tr>\n"
    case "table_cell":
      // A column without a name has no head for those who listen to it.
      let isHead = table.isHead && cmark_node_first_child(node.pointer) != nil
      let tag = isHead ? "th" : "td"
      guard enters else {
        html += "</\(tag)>"
        table.column += 1
        return
      }
      let place = table.column < table.alignments.count ? table.alignments[table.column] : ""
      html +=
        "<\(tag)" + (isHead ? " scope=\"col\"" : "")
        + (place.isEmpty ? ">" : " style=\"text-align: \(place)\">")
    default: break
    }
  }

  private static func alignments(_ node: Node) -> [String] {
    let count = Int(cmark_gfm_extensions_get_table_columns(node.pointer))
    guard let letters = cmark_gfm_extensions_get_table_alignments(node.pointer) else { return [] }
    return (0..<count).map { column in
      switch letters[column] {
      case UInt8(ascii: "l"): "left"
      case UInt8(ascii: "c"): "center"
      case UInt8(ascii: "r"): "right"
      default: ""
      }
    }
  }
}
