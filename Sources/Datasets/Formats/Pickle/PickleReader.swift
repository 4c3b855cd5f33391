import LinearAlgebra
import Text

/// Reads pickles of Python 2 and 3, protocols 0 to 5: numbers, texts, lists, tuples, dictionaries,
/// and NumPy's arrays.
///
/// A pickle is a program for a small machine, which may call anything that Python has. This machine
/// calls nothing: the names of what arrays are made with are known, and every other name is
/// refused. Its time and memory are proportional to the file's size.
///
/// The opcodes are those of Python's `pickletools`.
struct PickleReader {
  /// Whether a file begins as a pickle of a dictionary does.
  static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    let head = Array(bytes.prefix(4))
    guard head.count == 4 else { return false }
    if head[0] == 0x80 {
      return head[1] == 4 || head[1] == 5
        ? head[2] == 0x95
        : (2...3).contains(head[1])
          && (head[2] == UInt8(ascii: "}") || head[2] == UInt8(ascii: "("))
    }
    return head.starts(with: Array("(dp".utf8)) || head.starts(with: Array("}q".utf8))
  }

  /// The values of a pickle.
  ///
  /// - Throws: `DataError` where it is damaged or names what is not read; `MemoryRefused`,
  ///   `Interrupted`.
  static func read(_ file: FileBytes, path: String) throws -> Pickle {
    var reader = PickleReader(file, path)
    try reader.run()
    return reader.pickle
  }

  /// The largest number of opcodes. Each makes one value at most.
  private static let mostSteps = 1 << 24

  private var pickle: Pickle
  private let file: FileBytes
  private let path: String
  private var i = 0
  private var stack: [Pickle.Value] = []
  private var marks: [Int] = []
  private var memo: [Int: Pickle.Value] = [:]

  private init(_ file: FileBytes, _ path: String) {
    (self.file, self.path) = (file, path)
    pickle = Pickle(file: file, path: path)
  }

  private mutating func run() throws {
    for step in 0..<Self.mostSteps {
      if step % 16384 == 0 { try Interruption.check() }
      let code = file.pointer[try take(1).lowerBound]
      if code == UInt8(ascii: ".") {
        pickle.root = try pop()
        return
      }
      try execute(code)
    }
    throw DataError("the pickle holds more than \(Self.mostSteps) values", path: path)
  }

  // MARK: The file

  /// The next bytes.
  private mutating func take(_ count: Int) throws -> Range<Int> {
    guard count >= 0, count <= file.count - i else {
      throw DataError(
        "the pickle ends in the middle, at byte \(file.count)", path: path,
        help: "the file was cut off; copy or save it again")
    }
    defer { i += count }
    return i..<i + count
  }

  /// The next bytes as a number, the least significant first.
  private mutating func number(_ size: Int) throws -> Int {
    let range = try take(size)
    let bits = range.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(file.pointer[$1]) }
    guard let number = Int(exactly: bits) else { throw broken("a size beyond all files") }
    return number
  }

  /// Bytes after their number, which itself has `size` bytes.
  private mutating func counted(_ size: Int) throws -> Range<Int> {
    let count = try number(size)
    return try take(count)
  }

  /// The bytes up to the end of the line.
  private mutating func line() throws -> Range<Int> {
    var end = i
    while end < file.count, file.pointer[end] != 10 {
      end += 1
      if end & 0xF_FFFF == 0 { try Interruption.check() }
    }
    let range = try take(end - i)
    _ = try take(1)
    return range
  }

  private mutating func lineText() throws -> String { text(try line()) }

  private func text(_ range: Range<Int>) -> String {
    file.withBytes { String(decoding: $0[range], as: UTF8.self) }
  }

  private func broken(_ what: String) -> DataError {
    DataError(
      "the pickle is damaged: \(what), at byte \(i)", path: path,
      help: "copy or save it again")
  }

  private func refusal(_ what: String) -> DataError {
    DataError(
      "the pickle \(what), at byte \(i): it is a program, not data", path: path,
      help: "numbers, texts, lists, dictionaries and NumPy's arrays are read, and nothing is run")
  }

  // MARK: The machine

  private mutating func pop() throws -> Pickle.Value {
    guard stack.count > (marks.last ?? 0), let value = stack.popLast() else {
      throw broken("a value is missing")
    }
    return value
  }

  /// The values above the last mark.
  private mutating func popToMark() throws -> [Pickle.Value] {
    guard let mark = marks.popLast() else { throw broken("a mark is missing") }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  private mutating func push(sequence values: [Pickle.Value]) {
    stack.append(.sequence(pickle.sequences.count))
    pickle.sequences.append(values)
  }

  private mutating func pushSequence(of count: Int) throws {
    var values: [Pickle.Value] = []
    for _ in 0..<count { values.append(try pop()) }
    push(sequence: values.reversed())
  }

  private mutating func push(dictionary values: [Pickle.Value]) throws {
    stack.append(.dictionary(pickle.dictionaries.count))
    pickle.dictionaries.append([])
    try set(values)
  }

  /// Adds keys and values to the dictionary on the stack.
  private mutating func set(_ values: [Pickle.Value]) throws {
    guard case .dictionary(let place)? = stack.last, values.count % 2 == 0 else {
      throw broken("an entry without its dictionary")
    }
    for k in stride(from: 0, to: values.count, by: 2) {
      pickle.dictionaries[place].append((values[k], values[k + 1]))
    }
  }

  /// Adds values to the list on the stack.
  private mutating func append(_ values: [Pickle.Value]) throws {
    guard case .sequence(let place)? = stack.last else { throw broken("no list to append to") }
    pickle.sequences[place] += values
  }

  private mutating func remember(_ place: Int?) throws {
    guard let place, stack.count > (marks.last ?? 0), let value = stack.last else {
      throw broken("nothing to remember")
    }
    memo[place] = value
  }

  private mutating func recall(_ place: Int?) throws {
    guard let place, let value = memo[place] else { throw broken("a value that is not known") }
    stack.append(value)
  }

  private mutating func execute(_ code: UInt8) throws {
    switch Character(UnicodeScalar(code)) {
    case "\u{80}":
      let version = try number(1)
      guard version <= 5 else { throw broken("protocol \(version) is not known") }
    case "\u{95}": _ = try take(8)
    case "(": marks.append(stack.count)
    case "0": if stack.count == marks.last { marks.removeLast() } else { _ = try pop() }
    case "1": _ = try popToMark()
    case "2":
      let value = try pop()
      stack += [value, value]
    case "N": stack.append(.none)
    case "\u{88}": stack.append(.flag(true))
    case "\u{89}": stack.append(.flag(false))
    case "I": try pushInteger(try lineText())
    case "L":
      let digits = try lineText()
      try pushInteger(digits.hasSuffix("L") ? String(digits.dropLast()) : digits, isLong: true)
    case "J": stack.append(.integer(Int(Int32(truncatingIfNeeded: try number(4)))))
    case "K": stack.append(.integer(try number(1)))
    case "M": stack.append(.integer(try number(2)))
    case "\u{8A}": try pushLong(try counted(1))
    case "\u{8B}": try pushLong(try counted(4))
    case "F":
      guard let value = Double(try lineText()) else { throw broken("no number") }
      stack.append(.number(value))
    case "G":
      let range = try take(8)
      let bits = range.reduce(UInt64(0)) { $0 << 8 | UInt64(file.pointer[$1]) }
      stack.append(.number(Double(bitPattern: bits)))
    case "S": stack.append(.bytes(try quoted(try line())))
    case "T": stack.append(.bytes(.range(try counted(4))))
    case "U": stack.append(.bytes(.range(try counted(1))))
    case "B": stack.append(.bytes(.range(try counted(4))))
    case "C": stack.append(.bytes(.range(try counted(1))))
    case "\u{8E}", "\u{96}": stack.append(.bytes(.range(try counted(8))))
    case "V": stack.append(.text(try PickleText.unescaped(try line(), of: file)))
    case "X": stack.append(.text(.range(try counted(4))))
    case "\u{8C}": stack.append(.text(.range(try counted(1))))
    case "\u{8D}": stack.append(.text(.range(try counted(8))))
    case "]": push(sequence: [])
    case "l", "t": push(sequence: try popToMark())
    case ")": push(sequence: [])
    case "\u{85}": try pushSequence(of: 1)
    case "\u{86}": try pushSequence(of: 2)
    case "\u{87}": try pushSequence(of: 3)
    case "a": try append([try pop()])
    case "e": try append(try popToMark())
    case "}": try push(dictionary: [])
    case "d": try push(dictionary: try popToMark())
    case "s":
      let value = try pop()
      let key = try pop()
      try set([key, value])
    case "u": try set(try popToMark())
    case "p": try remember(Int(try lineText()))
    case "q": try remember(try number(1))
    case "r": try remember(try number(4))
    case "\u{94}": try remember(memo.count)
    case "g": try recall(Int(try lineText()))
    case "h": try recall(try number(1))
    case "j": try recall(try number(4))
    case "c":
      let module = try lineText()
      try push(module: module, name: try lineText())
    case "\u{93}":
      let (name, module) = (pickle.text(try pop()), pickle.text(try pop()))
      guard let name, let module else { throw broken("no name to call") }
      try push(module: module, name: name)
    case "R": try reduce()
    case "b": try build()
    case "i":
      let module = try lineText()
      throw refusal("calls \(Escaping.visible("\(module).\(try lineText())"))")
    case "o", "\u{81}", "\u{92}": throw refusal("makes an object")
    case "\u{82}", "\u{83}", "\u{84}": throw refusal("calls an extension")
    case "P", "Q": throw refusal("names an object outside of the file")
    case "\u{97}", "\u{98}": throw refusal("needs buffers outside of the file")
    default: throw broken("the opcode \(code) is not known")
    }
  }

  private mutating func pushInteger(_ digits: String, isLong: Bool = false) throws {
    if !isLong, digits == "00" || digits == "01" {
      stack.append(.flag(digits == "01"))
    } else if let number = Int(digits) {
      stack.append(.integer(number))
    } else {
      throw broken("no number of 64 bits")
    }
  }

  /// A whole number in two's complement, the least significant byte first.
  private mutating func pushLong(_ range: Range<Int>) throws {
    guard range.count <= 8 else { throw broken("a number of more than 64 bits") }
    let isNegative = !range.isEmpty && file.pointer[range.upperBound - 1] & 0x80 != 0
    let bits = range.reversed().reduce(isNegative ? Int64(-1) : 0) {
      $0 << 8 | Int64(file.pointer[$1])
    }
    stack.append(.integer(Int(bits)))
  }

  private func quoted(_ range: Range<Int>) throws -> Pickle.Bytes {
    guard range.count >= 2, let quote = file.withBytes({ $0[range].first }),
      quote == 0x27 || quote == 0x22, file.pointer[range.upperBound - 1] == quote
    else { throw broken("a text without quotes") }
    let inner = range.lowerBound + 1..<range.upperBound - 1
    guard let bytes = try PickleText.unquoted(inner, of: file) else {
      throw broken("an escape that is not known")
    }
    return bytes
  }

  private mutating func push(module: String, name: String) throws {
    guard let known = Pickle.Known(module: module, name: name) else {
      throw refusal("calls \(Escaping.visible(String("\(module).\(name)".prefix(80))))")
    }
    stack.append(.known(known))
  }

  // MARK: What arrays are made with

  private mutating func reduce() throws {
    guard case .sequence(let place) = try pop(), case .known(let known) = try pop() else {
      throw refusal("calls what is no function")
    }
    let arguments = pickle.sequences[place]
    switch (known, arguments.count) {
    case (.reconstruct, 3): push(Pickle.Array())
    case (.typeClass, 1...3):
      guard let code = pickle.text(arguments[0]) else { throw broken("a type without a name") }
      stack.append(.type(pickle.types.count))
      pickle.types.append(Pickle.ElementType(code: code))
    case (.scalar, 2):
      guard case .type(let type) = arguments[0], case .bytes(let data) = arguments[1] else {
        throw refusal("holds an object that is no number")
      }
      push(Pickle.Array(type: pickle.types[type], data: data))
    case (.fromBuffer, 4):
      guard case .bytes(let data) = arguments[0], case .type(let type) = arguments[1],
        let shape = try pickle.integers(arguments[2]), let order = pickle.text(arguments[3])
      else { throw broken("an array without its parts") }
      push(
        Pickle.Array(
          type: pickle.types[type], shape: shape, isFortran: order == "F", data: data))
    case (.encode, 2):
      guard case .text(let text) = arguments[0],
        ["latin1", "latin-1"].contains(pickle.text(arguments[1]))
      else { throw broken("a text in an encoding that is not known") }
      guard let bytes = try PickleText.latin1(text, of: file) else {
        throw broken("a text that is no text")
      }
      stack.append(.bytes(bytes))
    case (.bytesClass, 0): stack.append(.bytes(.range(0..<0)))
    case (.bytesClass, 1):
      guard case .bytes(let bytes) = arguments[0] else { throw broken("bytes without content") }
      stack.append(.bytes(bytes))
    default: throw broken("a call with other arguments")
    }
  }

  private mutating func push(_ array: Pickle.Array) {
    stack.append(.array(pickle.arrays.count))
    pickle.arrays.append(array)
  }

  private mutating func build() throws {
    guard case .sequence(let place) = try pop() else {
      throw refusal("sets the state of an object")
    }
    let state = pickle.sequences[place]
    switch stack.last {
    case .type(let type)?:
      guard state.count >= 2, let order = pickle.text(state[1]) else {
        throw broken("a type without its order of bytes")
      }
      if state.count > 3, case .sequence = state[3] { throw refusal("holds an array of records") }
      pickle.types[type].isBigEndian = order == ">"
    case .array(let array)?:
      let parts = state.suffix(4)
      guard parts.count == 4, let shape = try pickle.integers(parts[parts.startIndex]),
        case .type(let type) = parts[parts.startIndex + 1]
      else { throw broken("an array without its parts") }
      pickle.arrays[array].shape = shape
      pickle.arrays[array].type = pickle.types[type]
      switch parts[parts.startIndex + 2] {
      case .flag(let flag): pickle.arrays[array].isFortran = flag
      case .integer(let flag): pickle.arrays[array].isFortran = flag != 0
      default: throw broken("an array without its order")
      }
      switch parts[parts.startIndex + 3] {
      case .bytes(let data): pickle.arrays[array].data = data
      case .text(let text):
        // Python 3 writes what it read of Python 2 with encoding="latin1" so.
        pickle.arrays[array].data = try PickleText.latin1(text, of: file)
      default: throw refusal("holds an array of objects")
      }
    default: throw refusal("sets the state of an object")
    }
  }
}
