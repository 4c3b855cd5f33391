import Interpreter
import Notebook
import Text

/// Where the words of the language are explained, so that prose that names one in code is a link.
struct WordLinks {
  /// Addresses by word, counted from the book's folder.
  private var addresses: [String: String] = [:]
  /// The same for functions, as they are called.
  private var functions: [String: String] = [:]
  /// The verbs.
  private var verbs: Set<String> = []
  /// The options of each verb's page.
  private var options: [String: Set<String>] = [:]
  /// What stands in place of a word whose name says more than is needed.
  private var shown: [String: String] = [:]

  /// The page of verbs that options are looked up on where the page itself has none.
  private static let usualVerb = BookPaths.verb("train")

  /// The words of a catalog.
  init(_ catalog: Vocabulary) {
    for signature in catalog.signatures {
      let page = BookPaths.verb(signature.name)
      addresses[signature.name] = page
      options[page] = Set(signature.options.map(\.name))
    }
    for form in SpecialFormHelp.all { addresses[form.name] = BookPaths.verb(form.name) }
    verbs = Set(addresses.keys)
    for topic in catalog.topics {
      for word in [topic.name] + topic.aliases where addresses[word] == nil {
        addresses[word] = BookPaths.topic(topic)
      }
    }
    for function in catalog.functions {
      let address = BookPaths.function(function.name)
      functions[function.name] = address
      if addresses[function.name] == nil { addresses[function.name] = address }
    }
    // The headings of `help`, under which it lists what there is.
    addresses["functions"] = BookPaths.functions
    addresses["verbs"] = BookPaths.verbs
    for topic in catalog.topics where addresses[topic.group] == nil {
      addresses[topic.group] = BookPaths.topics(topic.group)
    }
  }

  /// Words of the library: names of types and their members, by address and by what is shown.
  init(symbols: [String: (address: String, shown: String)]) {
    addresses = symbols.mapValues(\.address)
    shown = symbols.mapValues(\.shown)
  }

  /// The address of what stands in code, from the page `path`; nil where it is no such word, or is
  /// explained by that page alone.
  func address(of code: String, for path: String) -> String? {
    guard let target = target(of: code, for: path), target != path else { return nil }
    return BookAddress.from(path, to: target)
  }

  private func target(of code: String, for path: String) -> String? {
    if let address = addresses[code] { return address }
    if let open = code.firstIndex(of: "("), let address = functions[String(code[..<open])] {
      return address
    }
    guard let blank = code.firstIndex(of: " ") else {
      return code.contains("=") ? option(String(code.prefix { $0 != "=" }), for: path) : nil
    }
    // A command is that of its verb, and `help` leads to what it is about.
    let verb = String(code[..<blank])
    let topic = String(code[blank...].dropFirst())
    guard verb == "help" else { return verbs.contains(verb) ? addresses[verb] : nil }
    return addresses[topic] ?? option(topic, for: path)
  }

  /// The place of an option: on the page itself, where it has it, else on that of `train`.
  private func option(_ name: String, for path: String) -> String? {
    [path, Self.usualVerb].first { options[$0]?.contains(name) == true }
      .map { "\($0)#\(PageAnchors.name(of: name))" }
  }

  /// HTML in which words of the language in code are links, but in headings, links and blocks.
  func linked(_ html: String, for path: String) -> String {
    var result = ""
    var rest = html[...]
    var enclosing = 0
    while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
      let after = rest.index(after: end)
      let tag = rest[start..<after]
      if enclosing == 0, tag == "<code>", let close = rest[after...].firstRange(of: "</code>") {
        result += rest[..<start] + link(String(rest[after..<close.lowerBound]), for: path)
        rest = rest[close.upperBound...]
        continue
      }
      let isEnd = tag.hasPrefix("</")
      let name = tag.dropFirst(isEnd ? 2 : 1).prefix { $0.isLetter || $0.isNumber }
      if ["a", "pre", "h1", "h2", "h3", "h4", "h5", "h6"].contains(name) {
        enclosing += isEnd ? -1 : 1
      }
      result += rest[..<after]
      rest = rest[after...]
    }
    return result + rest
  }

  /// Code in a line, as a link where it is a word.
  private func link(_ markup: String, for path: String) -> String {
    let code = PageAnchors.words(of: markup)
    let text = shown[code].map { Escaping.markup($0) } ?? markup
    guard let address = address(of: code, for: path) else { return "<code>\(text)</code>" }
    return "<a href=\"\(address)\"><code>\(text)</code></a>"
  }
}
