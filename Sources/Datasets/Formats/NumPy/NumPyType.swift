/// The type of an entry in NumPy's files.
public enum NumPyType: Sendable, Equatable {
  /// True or false; read as 1 and 0.
  case bool
  /// Signed integers of 1, 2, 4 or 8 bytes.
  case int(Int)
  /// Unsigned integers of 1, 2, 4 or 8 bytes.
  case uint(Int)
  /// Binary floating point of 2, 4 or 8 bytes.
  case float(Int)
  /// Text of a fixed number of characters, padded with zeros; 4 bytes each.
  case text(Int)
  /// Text of a fixed number of bytes, padded with zeros. It is read, and written as `text`.
  case bytes(Int)

  /// Bytes of an entry.
  var size: Int {
    switch self {
    case .bool: 1
    case .int(let size), .uint(let size), .float(let size): size
    case .text(let count): 4 * count
    case .bytes(let count): count
    }
  }

  /// The name in the header of a file, in little-endian order.
  var description: String {
    switch self {
    case .bool: "|b1"
    case .int(let size): size == 1 ? "|i1" : "<i\(size)"
    case .uint(let size): size == 1 ? "|u1" : "<u\(size)"
    case .float(let size): "<f\(size)"
    case .text(let count): "<U\(count)"
    case .bytes(let count): "|S\(count)"
    }
  }
}
