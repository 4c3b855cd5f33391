import Record
import Text

/// The kinds of values by the byte that stands for them.
enum StoredKind: UInt8 {
  case undefined, none, `false`, `true`, number, string, array, list, tuple, dictionary
  case userFunction, builtinFunction, object
}

extension ByteWriter {
  /// Adds a value.
  ///
  /// - Throws: An error where it can't be stored, as a plot; `Interrupted`.
  public func add(_ value: Value) throws {
    switch value {
    case .undefined: add(StoredKind.undefined)
    case .none: add(StoredKind.none)
    case .bool(let flag): add(flag ? StoredKind.true : .false)
    case .number(let number):
      add(StoredKind.number)
      add(number)
    case .string(let box):
      add(StoredKind.string)
      share(box) { add(box.text) }
    case .array(let array):
      add(StoredKind.array)
      add(array)
    case .list(let box):
      add(StoredKind.list)
      try add(box)
    case .tuple(let box):
      add(StoredKind.tuple)
      try add(box)
    case .dictionary(let box):
      add(StoredKind.dictionary)
      try share(box) {
        try add(each: box.keys.indices) {
          try add(box.keys[$0].value)
          try add(box.values[$0])
        }
      }
    case .function(let function as UserFunction):
      add(StoredKind.userFunction)
      try share(function) { try add(function) }
    case .function(let function):
      add(StoredKind.builtinFunction)
      add(function.name)
    case .object(let box):
      guard let object = box.object as? any StorableObject else {
        throw Unstorable(typeName: box.object.typeName)
      }
      add(StoredKind.object)
      try share(box) {
        add(type(of: object).storedKind)
        try object.store(into: self)
      }
    }
  }

  private func add(_ kind: StoredKind) { add(kind.rawValue) }

  private func add(_ array: NumericArray) {
    add(array.rank)
    add(array.rows)
    add(array.columns)
    add(array.isMask)
    add(array.offset)
    add(array.buffer)
  }

  private func add(_ box: ListBox) throws {
    try share(box) { try add(each: box.items) { try add($0) } }
  }
}

/// Reads values that were stored, for a session: functions look up their names there. Nothing is
/// run.
public struct ValueReader {
  /// The bytes.
  public let bytes: ByteReader
  /// The session that the values are for.
  public let session: Session

  /// A reader of bytes for a session.
  public init(_ bytes: ByteReader, in session: Session) {
    self.bytes = bytes
    self.session = session
  }

  /// A value.
  ///
  /// - Throws: `DamagedBytes` where the bytes are of none; `MemoryRefused`, `Interrupted`.
  public func value() throws -> Value {
    switch StoredKind(rawValue: try bytes.byte()) {
    case .undefined?: return .undefined
    case .some(.none): return .none
    case .false: return .bool(false)
    case .true: return .bool(true)
    case .number: return .number(try bytes.double())
    case .string: return .string(try bytes.shared { StringBox(try bytes.text()) })
    case .array: return .array(try array())
    case .list: return .list(try list())
    case .tuple: return .tuple(try list())
    case .dictionary:
      return .dictionary(
        try bytes.shared {
          try DictionaryBox(
            try bytes.each { (key: try key(), value: try value()) })
        })
    case .userFunction: return .function(try bytes.shared { try userFunction() })
    case .builtinFunction:
      let name = try bytes.text()
      guard let function = session.catalog.function(named: name) else {
        throw DamagedBytes("this version has no function '\(Escaping.visible(name))'")
      }
      return .function(function)
    case .object: return .object(try bytes.shared { ObjectBox(try object()) })
    case nil: throw DamagedBytes("a kind of value is unknown")
    }
  }

  private func array() throws -> NumericArray {
    let rank = try bytes.int(in: 1...2)
    let shape = try bytes.shape()
    let isMask = try bytes.flag()
    let offset = try bytes.int(in: 0...1 << 52)
    let buffer = try bytes.buffer()
    guard rank == 2 || shape.rows == 1, offset <= buffer.count,
      shape.count <= buffer.count - offset
    else { throw DamagedBytes("an array has another shape than its numbers") }
    return NumericArray(
      rank: rank, rows: shape.rows, columns: shape.columns, buffer: buffer, offset: offset,
      isMask: isMask)
  }

  private func list() throws -> ListBox {
    try bytes.shared { try ListBox(checkingDepthOf: try bytes.each { try value() }) }
  }

  private func key() throws -> DictionaryKey {
    do {
      return try DictionaryKey(bytes.nested { try value() })
    } catch is Failure {
      throw DamagedBytes("a key of a dictionary can't be one")
    }
  }

  private func object() throws -> any ObjectValue {
    let kind = try bytes.text()
    guard let type = session.catalog.object(storedAs: kind) else {
      throw DamagedBytes("this version does not know the kind '\(Escaping.visible(kind))'")
    }
    return try type.init(from: self)
  }
}
