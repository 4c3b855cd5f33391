import LinearAlgebra

/// The values of a pickle. Lists, dictionaries and arrays are in tables, since values may share
/// them.
struct Pickle {
  /// A value.
  enum Value {
    case none
    case flag(Bool)
    case integer(Int)
    case number(Double)
    case bytes(Bytes)
    case text(Bytes)
    /// A list or tuple, by its place in `sequences`.
    case sequence(Int)
    /// A dictionary, by its place in `dictionaries`.
    case dictionary(Int)
    /// A type of NumPy, by its place in `types`.
    case type(Int)
    /// An array or number of NumPy, by its place in `arrays`.
    case array(Int)
    /// What may be called.
    case known(Known)
  }

  /// Bytes of the file, or decoded ones.
  enum Bytes {
    case range(Range<Int>)
    case decoded(FileBytes)

    var count: Int {
      switch self {
      case .range(let range): range.count
      case .decoded(let bytes): bytes.count
      }
    }
  }

  /// The few functions and classes that a pickle of arrays names. None is ever called: their
  /// results are made here.
  enum Known {
    case reconstruct
    case arrayClass
    case typeClass
    case scalar
    case fromBuffer
    case encode
    case bytesClass

    /// What a module's name denotes; nil for all that is not read.
    init?(module: String, name: String) {
      switch (module, name) {
      case ("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct"):
        self = .reconstruct
      case ("numpy", "ndarray"): self = .arrayClass
      case ("numpy", "dtype"): self = .typeClass
      case ("numpy.core.multiarray", "scalar"), ("numpy._core.multiarray", "scalar"):
        self = .scalar
      case ("numpy.core.numeric", "_frombuffer"), ("numpy._core.numeric", "_frombuffer"):
        self = .fromBuffer
      case ("_codecs", "encode"): self = .encode
      case ("__builtin__", "bytes"), ("builtins", "bytes"), ("__builtin__", "bytearray"),
        ("builtins", "bytearray"):
        self = .bytesClass
      default: return nil
      }
    }
  }

  /// A type of NumPy: "u1" and the order of bytes.
  struct ElementType {
    let code: String
    var isBigEndian = false
  }

  /// An array of NumPy.
  struct Array {
    var type: ElementType?
    var shape: [Int] = []
    var isFortran = false
    var data: Bytes?
  }

  var sequences: [[Value]] = []
  var dictionaries: [[(key: Value, value: Value)]] = []
  var types: [ElementType] = []
  var arrays: [Array] = []
  var root = Value.none
  let file: FileBytes
  let path: String

  /// The value of a text or byte string in the dictionary that the pickle is; nil where there is
  /// none, or no dictionary.
  subscript(_ key: String) -> Value? {
    guard case .dictionary(let place) = root else { return nil }
    let key = Swift.Array(key.utf8)
    return dictionaries[place].last { pair in
      withBytes(of: pair.key) { $0.elementsEqual(key) } ?? false
    }?.value
  }

  /// Calls `body` with the bytes of a byte string or a text; nil for other values.
  func withBytes<R>(of value: Value, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows
    -> R?
  {
    switch value {
    case .bytes(let bytes), .text(let bytes):
      switch bytes {
      case .range(let range):
        return try file.withBytes { try body(UnsafeBufferPointer(rebasing: $0[range])) }
      case .decoded(let decoded): return try decoded.withBytes(body)
      }
    default: return nil
    }
  }

  /// The text of a byte string or a text; nil for other values.
  func text(_ value: Value) -> String? {
    withBytes(of: value) { String(decoding: $0, as: UTF8.self) }
  }

  /// The texts of a list; nil where it holds others.
  func texts(_ value: Value) -> [String]? {
    guard case .sequence(let place) = value else { return nil }
    let texts = sequences[place].compactMap { text($0) }
    return texts.count == sequences[place].count ? texts : nil
  }

  /// The whole numbers of a list or an array; nil where it holds others.
  ///
  /// - Throws: `DataError` where an array is damaged, `MemoryRefused`, `Interrupted`.
  func integers(_ value: Value) throws -> [Int]? {
    switch value {
    case .sequence(let place):
      var numbers: [Int] = []
      numbers.reserveCapacity(sequences[place].count)
      for (i, value) in sequences[place].enumerated() {
        if i % 65536 == 0 { try Interruption.check() }
        switch value {
        case .integer(let number): numbers.append(number)
        case .array(let place):
          guard arrays[place].shape.isEmpty, let one = try integers(value), one.count == 1
          else { return nil }
          numbers.append(one[0])
        default: return nil
        }
      }
      return numbers
    case .array:
      guard let data = try array(value), !data.isText else { return nil }
      let values = try data.array().values
      let numbers = values.compactMap { Int(exactly: $0) }
      return numbers.count == values.count ? numbers : nil
    default: return nil
    }
  }

  /// An array of NumPy; nil for other values.
  ///
  /// - Throws: `DataError` where its type is not read, or its bytes don't fill its shape.
  func array(_ value: Value) throws(DataError) -> NumPyData? {
    guard case .array(let place) = value else { return nil }
    let array = arrays[place]
    guard let type = array.type, let data = array.data else {
      throw DataError("the pickle is damaged: an array without data", path: path)
    }
    var bytes = file
    var offset = 0
    switch data {
    case .range(let range): offset = range.lowerBound
    case .decoded(let decoded): bytes = decoded
    }
    let header = try NumPyHeader(
      type: (type.isBigEndian ? ">" : "<") + type.code, isFortran: array.isFortran,
      shape: array.shape, bytes: offset..<offset + data.count, path: path)
    return NumPyData(header, bytes, path: path)
  }
}
