import LinearAlgebra

/// The directory of a zip archive whose files are stored as they are, so that they can be read in
/// their place.
///
/// PKWARE, APPNOTE.TXT, sections 4.3.7 to 4.3.16, with the 64-bit fields of 4.5.3.
struct ZipDirectory {
  /// A file of the archive.
  struct Entry {
    let name: String
    let range: Range<Int>
    let checksum: UInt32
  }

  let entries: [Entry]

  /// Reads the directory; nil where a file is compressed, encrypted, or anything else is unusual:
  /// libarchive reads those, and says what is wrong with them.
  ///
  /// - Throws: `DataError` where the bytes can't be read, `MemoryRefused`, `Interrupted`.
  init?(_ bytes: ArrayBytes) throws {
    guard let place = try Self.place(bytes), place.count <= 1 << 26 else { return nil }
    var directory = Fields(try Self.read(bytes, place.range))
    var entries: [Entry] = []
    for _ in 0..<place.entries {
      guard directory.number(4) == 0x0201_4B50, directory.skip(4), let flags = directory.number(2),
        let method = directory.number(2), directory.skip(4), let checksum = directory.number(4),
        var stored = directory.number(4), var size = directory.number(4),
        let nameCount = directory.number(2), let extraCount = directory.number(2),
        let commentCount = directory.number(2), directory.skip(8),
        var offset = directory.number(4), let name = directory.bytes(nameCount),
        let extra = directory.bytes(extraCount), directory.skip(commentCount)
      else { return nil }
      var wide = Self.wideFields(extra)
      if size == 0xFFFF_FFFF {
        guard let value = wide.number(8) else { return nil }
        size = value
      }
      if stored == 0xFFFF_FFFF {
        guard let value = wide.number(8) else { return nil }
        stored = value
      }
      if offset == 0xFFFF_FFFF {
        guard let value = wide.number(8) else { return nil }
        offset = value
      }
      // Bit 0 says encrypted; bit 11, that the name is in UTF-8.
      guard method == 0, flags & 1 == 0, size == stored, offset >= 0, offset < bytes.count - 30
      else { return nil }
      var local = Fields(try Self.read(bytes, offset..<offset + 30))
      guard local.number(4) == 0x0403_4B50, local.skip(22), let localName = local.number(2),
        let localExtra = local.number(2)
      else { return nil }
      let start = offset + 30 + localName + localExtra
      guard size >= 0, start <= bytes.count, size <= bytes.count - start else { return nil }
      let text = String(decoding: name, as: UTF8.self)
      guard !text.hasSuffix("/") else { continue }
      entries.append(
        Entry(
          name: text, range: start..<start + size, checksum: UInt32(truncatingIfNeeded: checksum)))
    }
    self.entries = entries
  }

  /// Where the directory lies, and how many entries it has; nil where there is none at the end.
  private static func place(_ bytes: ArrayBytes) throws -> (
    range: Range<Int>, entries: Int, count: Int
  )? {
    // A comment of up to 64 kB may follow the last record.
    let tail = max(0, bytes.count - 22 - 65535)..<bytes.count
    let end = try read(bytes, tail)
    guard
      let last = stride(from: end.count - 22, through: 0, by: -1).first(where: {
        end[$0...].starts(with: [0x50, 0x4B, 5, 6])
      })
    else { return nil }
    var record = Fields(Array(end[last...]))
    guard record.skip(8), record.number(2) != nil, var entries = record.number(2),
      var size = record.number(4), var offset = record.number(4)
    else { return nil }
    if entries == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
      let locator = tail.lowerBound + last - 20
      guard locator >= 0 else { return nil }
      var pointer = Fields(try read(bytes, locator..<locator + 20))
      guard pointer.number(4) == 0x0706_4B50, pointer.skip(4), let place = pointer.number(8),
        place >= 0, place <= bytes.count - 56
      else { return nil }
      var wide = Fields(try read(bytes, place..<place + 56))
      guard wide.number(4) == 0x0606_4B50, wide.skip(28), let own = wide.number(8),
        let ownSize = wide.number(8), let ownOffset = wide.number(8)
      else { return nil }
      (entries, size, offset) = (own, ownSize, ownOffset)
    }
    guard entries >= 0, size >= 0, offset >= 0, offset <= bytes.count, size <= bytes.count - offset
    else { return nil }
    return (offset..<offset + size, entries, size)
  }

  private static func read(_ bytes: ArrayBytes, _ range: Range<Int>) throws -> [UInt8] {
    try bytes.withPiece(range) { Array($0) }
  }

  /// The field of 64-bit numbers among the extra ones.
  private static func wideFields(_ extra: [UInt8]) -> Fields {
    var fields = Fields(extra)
    while let kind = fields.number(2), let count = fields.number(2), let own = fields.bytes(count) {
      if kind == 1 { return Fields(own) }
    }
    return Fields([])
  }

  /// Fields one after the other, least significant byte first; nil where there are no more bytes.
  private struct Fields {
    private let all: [UInt8]
    private var i = 0

    init(_ bytes: [UInt8]) { all = bytes }

    mutating func bytes(_ count: Int) -> [UInt8]? {
      guard count <= all.count - i else { return nil }
      defer { i += count }
      return Array(all[i..<i + count])
    }

    mutating func number(_ size: Int) -> Int? {
      guard size <= all.count - i else { return nil }
      let bits = (0..<size).reduce(UInt64(0)) { $0 | UInt64(all[i + $1]) << UInt64(8 * $1) }
      i += size
      return Int(exactly: bits)
    }

    mutating func skip(_ count: Int) -> Bool {
      guard count <= all.count - i else { return false }
      i += count
      return true
    }
  }
}
