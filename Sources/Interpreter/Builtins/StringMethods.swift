import LinearAlgebra
import Text

/// The methods of strings, with Python's meaning: `"a,b".split(",")`. Their first parameter is the
/// string itself. They are no functions of their own: their names are free for variables.
public enum StringMethods {
  /// The methods, in the order in which they are listed.
  public static let all: [BuiltinFunction] = [
    method(
      "split", [.optional("separator")], "split(separator=none)",
      "The parts between separators; the words where none is given.", "\"a,b\".split(\",\")"
    ) { text, arguments in
      guard !isMissing(arguments[0]) else { return try .list(of: words(text)) }
      let separator = try string(arguments[0], "separator")
      guard !separator.isEmpty else { throw Failure("'separator' can't be empty") }
      return try .list(of: parts(text, between: separator))
    },
    method(
      "join", [.required("strings")], "join(strings)",
      "The strings of a list one after the other, with this one between them.",
      "\", \".join([\"a\", \"b\"])"
    ) { text, arguments in
      var texts: [String]?
      switch arguments[0] {
      case .list(let box), .tuple(let box): texts = box.items.isEmpty ? [] : try box.texts()
      case .array(let array): texts = array.count == 0 ? [] : nil
      case .string(let box):
        texts = try Items(.string(box))?.all.compactMap {
          if case .string(let character) = $0 { character.text } else { nil }
        }
      default: break
      }
      guard let texts else {
        throw Failure(
          "'strings' must be a list of strings, not \(article(arguments[0].typeAndShape))",
          help: "`str(x)` is a number as a string")
      }
      return .string(try LongText.joined(texts, separator: text))
    },
    method(
      "strip", [.optional("characters")], "strip(characters=none)",
      "Without blanks and line ends at both ends, or without these characters.",
      "\"  a b \".strip()"
    ) { text, arguments in
      let set = isMissing(arguments[0]) ? nil : Set(try string(arguments[0], "characters"))
      func isDropped(_ character: Character) -> Bool {
        set.map { $0.contains(character) } ?? character.isWhitespace
      }
      var start = text.startIndex
      var end = text.endIndex
      var left = Looks()
      while start < end, isDropped(text[start]) {
        try left.step()
        start = text.index(after: start)
      }
      while start < end, isDropped(text[text.index(before: end)]) {
        try left.step()
        end = text.index(before: end)
      }
      return .string(try LongText.joined([String(text[start..<end])]))
    },
    method("lower", [], "lower()", "In small letters.", "\"Iris\".lower()") { text, _ in
      .string(try pieces(text) { $0.lowercased() })
    },
    method("upper", [], "upper()", "In capitals.", "\"Iris\".upper()") { text, _ in
      .string(try pieces(text) { $0.uppercased() })
    },
    method(
      "replace", [.required("old"), .required("new"), .optional("count")],
      "replace(old, new, count=-1)", "With each `old` replaced by `new`, `count` at most.",
      "\"a-b-c\".replace(\"-\", \"+\")"
    ) { text, arguments in
      let old = try string(arguments[0], "old")
      let new = try string(arguments[1], "new")
      let count = isMissing(arguments[2]) ? -1 : try arguments[2].whole("count")
      if old.isEmpty {
        // Between all characters, as in Python.
        let characters = try Items(.string(text))?.all ?? []
        let texts = characters.map { if case .string(let box) = $0 { box.text } else { "" } }
        let places = count < 0 ? texts.count + 1 : min(count, texts.count + 1)
        let head = texts.prefix(max(places - 1, 0)).map { new + $0 }
        let rest = texts.dropFirst(max(places - 1, 0))
        let middle = places > 0 ? [new] : []
        return .string(try LongText.joined(head + middle + rest))
      }
      return .string(
        try LongText.joined(
          parts(text, between: old, atMost: count < 0 ? .max : count), separator: new))
    },
    method(
      "startswith", [.required("prefix")], "startswith(prefix)", "Whether it begins with a string.",
      "\"iris.csv\".startswith(\"iris\")"
    ) { text, arguments in
      let prefix = try string(arguments[0], "prefix").utf8
      return .bool(try isEqual(text.utf8.prefix(prefix.count), prefix))
    },
    method(
      "endswith", [.required("suffix")], "endswith(suffix)", "Whether it ends with a string.",
      "\"iris.csv\".endswith(\".csv\")"
    ) { text, arguments in
      let suffix = try string(arguments[0], "suffix").utf8
      return .bool(try isEqual(text.utf8.suffix(suffix.count), suffix))
    },
  ]

  /// The method of this name, if any. Its first argument is the string.
  public static func method(_ name: String) -> BuiltinFunction? { all.first { $0.name == name } }

  private static func method(
    _ name: String, _ parameters: [BuiltinFunction.Parameter], _ call: String, _ summary: String,
    _ example: String, _ body: @escaping @Sendable (String, [Value]) throws -> Value
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, [.required("string")] + parameters, usage: "string.\(call)", summary: summary,
      examples: [example]
    ) { arguments, _ in
      try body(try string(arguments[0], "string"), Array(arguments.dropFirst()))
    }
  }

  private static func isMissing(_ value: Value) -> Bool {
    if case .none = value { true } else { value.isMissing }
  }

  private static func string(_ value: Value, _ name: String) throws -> String {
    guard case .string(let box) = value else {
      throw Failure("'\(name)' must be a string, not \(article(value.typeAndShape))")
    }
    return box.text
  }

  /// A look for an interruption at every few thousandth step.
  private struct Looks {
    private var left = 1 << 12
    mutating func step() throws {
      left -= 1
      guard left == 0 else { return }
      left = 1 << 12
      try Interruption.check()
    }
  }

  /// The runs of characters that are no white space.
  private static func words(_ text: String) throws -> [String] {
    var words: [String] = []
    var start: String.Index?
    var looks = Looks()
    for place in text.indices {
      try looks.step()
      if text[place].isWhitespace {
        if let first = start { words.append(String(text[first..<place])) }
        start = nil
      } else if start == nil {
        start = place
      }
    }
    if let start { words.append(String(text[start...])) }
    return words
  }

  /// The parts between separators, which are found from the left; at most so many are.
  private static func parts(
    _ text: String, between separator: String, atMost most: Int = .max
  ) throws -> [String] {
    let (bytes, wanted) = (Array(text.utf8), Array(separator.utf8))
    var parts: [String] = []
    var (start, place) = (0, 0)
    var looks = Looks()
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    while place + wanted.count <= bytes.count, parts.count < most {
      try looks.step()
      var matched = 0
      while matched < wanted.count, bytes[place + matched] == wanted[matched] {
        matched += 1
        if matched % 4096 == 0 { try Interruption.check() }
      }
      if matched == wanted.count {
        parts.append(part(start..<place))
        place += wanted.count
        start = place
      } else {
        place += 1
      }
    }
    parts.append(part(start..<bytes.count))
    return parts
  }

  /// f of each piece of a text of any length.
  private static func pieces(_ text: String, _ f: (String) -> String) throws -> String {
    var builder = TextBuilder()
    for piece in TextPieces(text, size: 1 << 16) {
      try Interruption.check()
      builder.append(f(String(piece)))
    }
    return try builder.joined()
  }

  private static func isEqual(
    _ a: some Collection<UInt8>, _ b: some Collection<UInt8>
  ) throws -> Bool {
    guard a.count == b.count else { return false }
    var looks = Looks()
    var (i, j) = (a.startIndex, b.startIndex)
    while i < a.endIndex {
      try looks.step()
      if a[i] != b[j] { return false }
      i = a.index(after: i)
      j = b.index(after: j)
    }
    return true
  }
}
