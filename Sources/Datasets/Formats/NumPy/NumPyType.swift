/// What NumPy keeps an entry as.
public enum NumPyType: Sendable, Equatable {
  /// True or false; read as 1 and 0.
  case bool
  /// Signed integers of 1, 2, 4 or 8 bytes.
  case int(Int)
  /// Unsigned integers of 1, 2, 4 or 8 bytes.
  case uint(Int)
  /// Binary floating point of 2, 4 or 8 bytes.
  case float(Int)
  /// Text of a fixed number of characters, filled up with zeros.
  case text(Int)

  /// Bytes of an entry.
  var size: Int {
    switch self {
    case .bool: 1
    case .int(let size), .uint(let size), .float(let size): size
    case .text(let count): 4 * count
    }
  }

  /// How the header of a file names it, least byte first.
  var description: String {
    switch self {
    case .bool: "|b1"
    case .int(let size): size == 1 ? "|i1" : "<i\(size)"
    case .uint(let size): size == 1 ? "|u1" : "<u\(size)"
    case .float(let size): "<f\(size)"
    case .text(let count): "<U\(count)"
    }
  }
}
