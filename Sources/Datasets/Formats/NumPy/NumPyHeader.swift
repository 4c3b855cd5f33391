import Text

/// The header of an .npy file, versions 1 to 3: type, order and shape of the array.
struct NumPyHeader {
  /// The first bytes of every such file.
  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  private(set) var type = NumPyType.float(8)
  private(set) var isBigEndian = false
  private(set) var isFortran = false
  private(set) var shape: [Int] = []
  /// The offset of the entries.
  private(set) var offset = 0

  /// Bytes of the longest header, with what stands before it.
  static let mostBytes = 1 << 20 + 12

  /// Reads the header of a file of `total` bytes, of which `bytes` are the first `mostBytes`.
  ///
  /// - Throws: `DataError` where it is damaged or not supported, or the file lacks entries.
  init(_ bytes: UnsafeRawBufferPointer, of total: Int, path: String) throws(DataError) {
    guard bytes.starts(with: NumPyHeader.magic) else {
      throw DataError("does not begin as a NumPy array does", path: path)
    }
    guard bytes.count >= 10 else { throw NumPyHeader.cutOff(path) }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw DataError("version \(version) of NumPy's format is not known", path: path)
    }
    var length = Int(bytes[8]) | Int(bytes[9]) << 8
    var start = 10
    if version >= 2 {
      guard bytes.count >= 12 else { throw NumPyHeader.cutOff(path) }
      length |= Int(bytes[10]) << 16 | Int(bytes[11]) << 24
      start = 12
    }
    guard length <= total - start else { throw NumPyHeader.cutOff(path) }
    guard length <= bytes.count - start else {
      throw DataError("the header is longer than 1 MB", path: path)
    }
    offset = start + length
    var parser = HeaderParser(Array(bytes[start..<offset]))
    guard let fields = parser.dictionary() else {
      throw DataError("the header of the NumPy array can't be read", path: path)
    }
    guard let description = fields["descr"], case .flag(let fortran)? = fields["fortran_order"],
      case .numbers(let sizes)? = fields["shape"]
    else {
      throw DataError(
        "the header of the NumPy array lacks descr, fortran_order or shape", path: path)
    }
    isFortran = fortran
    shape = sizes
    guard case .text(let code) = description else {
      throw DataError(
        "arrays of records are not read", path: path,
        help: "save one array of numbers for each field")
    }
    try setType(code, path)
    let entries = NumPyArray.entries(of: shape)
    guard let entries, !entries.multipliedReportingOverflow(by: max(type.size, 1)).overflow else {
      throw DataError(
        "the shape \(NameList.text(shape.map(String.init))) is too large", path: path)
    }
    let present = total - offset
    guard entries * type.size <= present else {
      throw DataError(
        "the array ends in the middle: \(entries * type.size) bytes are announced, and \(present)"
          + " are there", path: path, help: "the file was cut off; copy or save it again")
    }
  }

  /// The header of an array whose entries fill a range of some bytes.
  ///
  /// - Throws: `DataError` where the type is not supported, or the entries don't fill the range.
  init(
    type: String, isFortran: Bool, shape: [Int], bytes: Range<Int>, path: String
  ) throws(DataError) {
    self.isFortran = isFortran
    self.shape = shape
    offset = bytes.lowerBound
    try setType(type, path)
    guard shape.count <= 64 else { throw DataError("an array has more than 64 axes", path: path) }
    let entries = NumPyArray.entries(of: shape)
    guard let entries,
      case let size = entries.multipliedReportingOverflow(by: max(self.type.size, 1)),
      !size.overflow, entries * self.type.size == bytes.count
    else {
      throw DataError(
        "\(bytes.count) bytes don't fill an array of the shape"
          + " \(NameList.text(shape.map(String.init)))", path: path)
    }
  }

  /// The same array with its entries elsewhere.
  func moved(to offset: Int) -> NumPyHeader {
    var header = self
    header.offset = offset
    return header
  }

  /// The header of a vector of the same entries as they follow each other.
  var inFileOrder: NumPyHeader {
    var header = self
    header.shape = [NumPyArray.entries(of: shape) ?? 0]
    header.isFortran = false
    return header
  }

  private mutating func setType(_ code: String, _ path: String) throws(DataError) {
    let characters = Array(code.unicodeScalars)
    var rest = characters[...]
    if let order = rest.first, "<>|=".unicodeScalars.contains(order) {
      isBigEndian = order == ">"
      rest = rest.dropFirst()
    }
    let digits = String(String.UnicodeScalarView(rest.dropFirst()))
    let size = Int(digits) ?? 0
    let kind: NumPyType? =
      switch (rest.first, size) {
      case ("b", 1), ("?", 0): .bool
      case ("i", 1), ("i", 2), ("i", 4), ("i", 8): .int(size)
      case ("u", 1), ("u", 2), ("u", 4), ("u", 8): .uint(size)
      case ("f", 2), ("f", 4), ("f", 8): .float(size)
      case ("U", 1...0x100_0000): .text(size)
      case ("S", 1...0x400_0000): .bytes(size)
      default: nil
      }
    if let kind {
      type = kind
      return
    }
    if rest.first == "O" {
      throw DataError(
        "arrays of Python objects are not read: they are programs, not data", path: path,
        help: "save them as numbers, with a.astype(float), or as text, with a.astype(str)")
    }
    throw DataError(
      "arrays of the type \(Escaping.excerpt(code)) are not read", path: path,
      help: "types that are: b1, i1 to i8, u1 to u8, f2, f4, f8 and U")
  }

  private static func cutOff(_ path: String) -> DataError {
    DataError(
      "the header of the NumPy array ends in the middle", path: path,
      help: "the file was cut off; copy or save it again")
  }
}

/// Reads the dictionary of a header, a small part of Python's syntax.
private struct HeaderParser {
  enum Field {
    case text(String)
    case flag(Bool)
    case numbers([Int])
    case other
  }

  private let bytes: [UInt8]
  private var i = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func dictionary() -> [String: Field]? {
    var fields: [String: Field] = [:]
    guard take("{") else { return nil }
    while !take("}") {
      guard let name = text(), take(":"), let field = field() else { return nil }
      fields[name] = field
      if !take(",") {
        guard take("}") else { return nil }
        break
      }
    }
    return fields
  }

  private mutating func skipSpaces() {
    while i < bytes.count, [9, 10, 13, 32].contains(bytes[i]) { i += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard i < bytes.count, UInt32(bytes[i]) == character.value else { return false }
    i += 1
    return true
  }

  private mutating func text() -> String? {
    skipSpaces()
    guard i < bytes.count, bytes[i] == 0x27 || bytes[i] == 0x22 else { return nil }
    guard let end = bytes[(i + 1)...].firstIndex(of: bytes[i]) else { return nil }
    defer { i = end + 1 }
    return String(decoding: bytes[(i + 1)..<end], as: UTF8.self)
  }

  private mutating func word() -> String {
    skipSpaces()
    let start = i
    while i < bytes.count, bytes[i] | 32 >= 97 && bytes[i] | 32 <= 122 { i += 1 }
    return String(decoding: bytes[start..<i], as: UTF8.self)
  }

  private mutating func field() -> Field? {
    skipSpaces()
    guard i < bytes.count else { return nil }
    if let text = text() { return .text(text) }
    if take("(") { return numbers() }
    if take("[") { return skipList() ? .other : nil }
    switch word() {
    case "True": return .flag(true)
    case "False": return .flag(false)
    default: return nil
    }
  }

  private mutating func numbers() -> Field? {
    var result: [Int] = []
    while !take(")") {
      skipSpaces()
      let start = i
      while i < bytes.count, bytes[i] >= 48 && bytes[i] <= 57 { i += 1 }
      guard i > start, i - start <= 18,
        let number = Int(String(decoding: bytes[start..<i], as: UTF8.self)), result.count < 64
      else { return nil }
      // The suffix of long integers in Python 2.
      _ = take("L")
      result.append(number)
      if !take(",") {
        guard take(")") else { return nil }
        break
      }
    }
    return .numbers(result)
  }

  /// Skips a list, with the lists and texts in it.
  private mutating func skipList() -> Bool {
    var depth = 1
    while depth > 0 {
      skipSpaces()
      guard i < bytes.count else { return false }
      if bytes[i] == 0x27 || bytes[i] == 0x22 {
        guard text() != nil else { return false }
        continue
      }
      if bytes[i] == 0x5B { depth += 1 }
      if bytes[i] == 0x5D { depth -= 1 }
      i += 1
    }
    return true
  }
}
