import Text

/// The header of an IDX file: two zeros, the type of the entries, the number of axes, and the size
/// along each in four bytes. All numbers have their most significant byte first.
///
/// LeCun, Cortes and Burges, The MNIST database of handwritten digits (1998).
struct IDXHeader {
  /// The type of an entry, as NumPy names it.
  let type: String
  /// Bytes of an entry.
  let entryBytes: Int
  let shape: [Int]

  /// Bytes of the longest header.
  static let mostBytes = 4 + 4 * 8

  /// Bytes of the header.
  var count: Int { 4 + 4 * shape.count }
  /// Bytes of the entries; nil where no file holds as many.
  var dataBytes: Int? {
    guard let entries = NumPyArray.entries(of: shape) else { return nil }
    let (bytes, overflow) = entries.multipliedReportingOverflow(by: entryBytes)
    return overflow ? nil : bytes
  }

  /// The header at the beginning of a file; nil where there is none.
  init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes.prefix(Self.mostBytes))
    guard bytes.count >= 8, bytes[0] == 0, bytes[1] == 0, (1...8).contains(bytes[3]),
      bytes.count >= 4 + 4 * Int(bytes[3])
    else { return nil }
    switch bytes[2] {
    case 0x08: (type, entryBytes) = ("u1", 1)
    case 0x09: (type, entryBytes) = ("i1", 1)
    case 0x0B: (type, entryBytes) = (">i2", 2)
    case 0x0C: (type, entryBytes) = (">i4", 4)
    case 0x0D: (type, entryBytes) = (">f4", 4)
    case 0x0E: (type, entryBytes) = (">f8", 8)
    default: return nil
    }
    shape = (1...Int(bytes[3])).map { axis in
      (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 * axis + $1]) }
    }
  }
}
