/// What the beginning of a PNG or JPEG file says of its picture.
struct PictureHeader: Sendable, Equatable {
  enum Kind: Sendable {
    case png
    case jpeg
  }

  let kind: Kind
  let height: Int
  let width: Int
  /// Whether it has three channels, and not one.
  let isColor: Bool

  /// Why a file's beginning is no header of a picture.
  enum Fault: Error, Equatable {
    /// It is none of a PNG or JPEG file.
    case foreign
    /// It ends too early; a longer beginning may tell more.
    case cutOff
    /// The picture is in inks, as for print.
    case inks
  }

  /// Names' endings of pictures.
  static let endings = ["png", "jpg", "jpeg"]

  /// Whether a file is named as a picture.
  static func isNamed(_ name: String) -> Bool {
    guard !name.hasPrefix("."), let dot = name.lastIndex(of: ".") else { return false }
    return endings.contains(name[name.index(after: dot)...].lowercased())
  }

  static func isPNG(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  static func isJPEG(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.starts(with: [0xFF, 0xD8, 0xFF])
  }

  /// Reads the header.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Fault) {
    func number(_ place: Int, _ size: Int) -> Int {
      bytes[place..<place + size].reduce(0) { $0 << 8 | Int($1) }
    }
    if Self.isPNG(bytes) {
      guard bytes.count >= 26 else { throw .cutOff }
      guard bytes[12..<16].elementsEqual(Array("IHDR".utf8)) else { throw .foreign }
      kind = .png
      (width, height) = (number(16, 4), number(20, 4))
      // Bit 1 says color. Palettes, too, have it.
      isColor = bytes[25] & 2 != 0
      return
    }
    guard Self.isJPEG(bytes) else { throw bytes.count < 8 ? .cutOff : .foreign }
    // Segments of a marker and a length, until that of the frame.
    var i = 2
    while true {
      while i < bytes.count, bytes[i] == 0xFF { i += 1 }
      guard i + 3 <= bytes.count else { throw .cutOff }
      let (marker, length) = (bytes[i], number(i + 1, 2))
      switch marker {
      case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
        guard i + 9 <= bytes.count else { throw .cutOff }
        kind = .jpeg
        (height, width) = (number(i + 4, 2), number(i + 6, 2))
        guard bytes[i + 8] <= 3 else { throw .inks }
        isColor = bytes[i + 8] == 3
        return
      // The data and the end come after the frame.
      case 0xD9, 0xDA: throw .foreign
      case 0x01, 0xD0...0xD8: i += 1
      default:
        guard length >= 2 else { throw .foreign }
        i += 1 + length
      }
      guard i < bytes.count else { throw .cutOff }
      guard bytes[i] == 0xFF else { throw .foreign }
    }
  }

  /// Whether `bytes` bytes can hold the picture. Deflate packs 1032 bytes into one at most, and
  /// JPEG spends a bit on a block of 64 pixels.
  func fits(bytes: Int) -> Bool {
    let pixels = Double(height) * Double(width)
    return pixels / 8 <= 1032 * Double(bytes) + 65536
  }
}
