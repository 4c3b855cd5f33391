/// Where the cursor is: what the text before it, which is rarely whole, says about what may follow.
struct CompletionContext {
  enum Kind: Equatable {
    /// In a comment or in prose.
    case nothing
    /// At the start of a statement.
    case statement
    /// Inside of an expression.
    case expression
    /// After the `.` of a name with fields.
    case field([String])
    /// Between quotes: the text so far.
    case path(String)
    /// An operand or a key of a command: the verb, how many operands stand before, the keys so far.
    case operand(String, Int, Set<String>)
    /// After `key=` of a command.
    case value(String, String)
  }

  /// The entry up to the cursor.
  let bytes: [UInt8]
  /// Where the word before the cursor begins.
  private(set) var wordStart: Int
  /// What is expected.
  private(set) var kind: Kind

  /// The word before the cursor.
  var word: String { String(decoding: bytes[wordStart...], as: UTF8.self) }

  /// Looks at the text before the cursor; `isVerb` knows the words that begin a command.
  init(_ bytes: [UInt8], isVerb: (String) -> Bool) {
    self.bytes = bytes
    wordStart = bytes.count
    kind = .nothing
    let scan = Scan(bytes)
    if scan.isInComment { return }
    if let quote = scan.stringStart {
      let text = String(decoding: bytes[(quote + 1)...], as: UTF8.self)
      wordStart =
        (bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 }).map { max($0, quote + 1) }
        ?? quote + 1
      kind = .path(text)
      return
    }
    let statement = bytes[scan.statementStart...]
    var words = CompletionContext.words(statement)
    // A command may stand after `NAME =` and after `return`.
    if words.count >= 2, words[1].text == "=" { words.removeFirst(2) }
    if words.first?.text == "return", words.count > 1 { words.removeFirst() }
    let isBracketed = scan.bracketDepth > 0
    let isWord: (UInt8) -> Bool = { byte in
      CompletionContext.isNameByte(byte) || (byte == UInt8(ascii: "-") && !isBracketed)
    }
    while wordStart > scan.statementStart, isWord(bytes[wordStart - 1]) { wordStart -= 1 }
    // A sign is no part of the word.
    while wordStart < bytes.count, bytes[wordStart] == UInt8(ascii: "-") { wordStart += 1 }
    if let chain = CompletionContext.chain(before: wordStart, in: bytes) {
      kind = .field(chain)
      return
    }
    if wordStart > 0, bytes[wordStart - 1] == UInt8(ascii: ".") { return }
    guard let first = words.first, first.start < wordStart else {
      kind = .statement
      return
    }
    kind =
      isVerb(first.text)
      ? CompletionContext.kind(after: words, wordStart: wordStart, isBracketed: isBracketed)
      : .expression
  }

  /// A word of a statement, as blanks divide it.
  struct Word {
    var text: String
    var start: Int
  }

  private static func kind(after words: [Word], wordStart: Int, isBracketed: Bool) -> Kind {
    let verb = words[0].text
    // The word at the cursor is not one of those before it.
    let before = words.dropFirst().filter { $0.start < wordStart }
    if let last = before.last, let equals = last.text.firstIndex(of: "="),
      wordStart - last.start <= last.text.utf8.count, !last.text[..<equals].isEmpty
    {
      let key = String(last.text[..<equals])
      return isBracketed && last.text.contains("(") ? .expression : .value(verb, key)
    }
    if isBracketed { return .expression }
    let keys = before.compactMap { word in
      word.text.firstIndex(of: "=").map { String(word.text[..<$0]) }
    }
    return .operand(verb, before.count - keys.count, Set(keys))
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// The names before a `.` that stands right before `end`: `d.train.` is `d`, `train`.
  private static func chain(before end: Int, in bytes: [UInt8]) -> [String]? {
    var names: [String] = []
    var i = end
    while i > 0, bytes[i - 1] == UInt8(ascii: ".") {
      let stop = i - 1
      var start = stop
      while start > 0, isNameByte(bytes[start - 1]) { start -= 1 }
      guard start < stop, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[start]) else {
        return names.isEmpty ? nil : []
      }
      names.insert(String(decoding: bytes[start..<stop], as: UTF8.self), at: 0)
      i = start
    }
    return names.isEmpty ? nil : names
  }

  /// The words of a statement: blanks divide them outside of brackets and quotes, and `key = value`
  /// is one word.
  private static func words(_ statement: ArraySlice<UInt8>) -> [Word] {
    var words: [Word] = []
    var current: [UInt8] = []
    var start = statement.startIndex
    var depth = 0
    var isQuoted = false
    func flush(_ words: inout [Word], _ current: inout [UInt8]) {
      guard !current.isEmpty else { return }
      words.append(Word(text: String(decoding: current, as: UTF8.self), start: start))
      current = []
    }
    for i in statement.indices {
      let byte = statement[i]
      if isQuoted {
        current.append(byte)
        if byte == UInt8(ascii: "\"") { isQuoted = false }
        continue
      }
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\\"):
        if depth == 0 { flush(&words, &current) } else { current.append(byte) }
      default:
        if current.isEmpty { start = i }
        current.append(byte)
        switch byte {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): depth = max(0, depth - 1)
        default: break
        }
      }
    }
    flush(&words, &current)
    return words
  }

  /// What the text says up to its end: open brackets, an open string, where the statement began.
  private struct Scan {
    var statementStart = 0
    var bracketDepth = 0
    var stringStart: Int?
    var isInComment = false

    init(_ bytes: [UInt8]) {
      var i = 0
      while i < bytes.count {
        let byte = bytes[i]
        switch byte {
        case UInt8(ascii: "\""):
          let start = i
          i += 1
          while i < bytes.count, bytes[i] != UInt8(ascii: "\""), bytes[i] != UInt8(ascii: "\n") {
            i += bytes[i] == UInt8(ascii: "\\") ? 2 : 1
          }
          if i >= bytes.count { stringStart = start }
        case UInt8(ascii: "#"):
          while i < bytes.count, bytes[i] != UInt8(ascii: "\n") { i += 1 }
          isInComment = i >= bytes.count
          continue
        case UInt8(ascii: "("), UInt8(ascii: "["): bracketDepth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): bracketDepth = max(0, bracketDepth - 1)
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: "\n"):
          let goesOn = byte == UInt8(ascii: "\n") && i > 0 && bytes[i - 1] == UInt8(ascii: "\\")
          if bracketDepth == 0 && !goesOn { statementStart = i + 1 }
        default: break
        }
        i += 1
      }
    }
  }
}
