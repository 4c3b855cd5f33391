import Glibc
import LinearAlgebra

/// A file that holds one thing, and from which nothing wrong is ever read: the bytes are preceded
/// by a mark with the version of the format, a key, and their number, and followed by the SHA-256
/// of all that.
public enum CheckedFile {
  /// How each file begins; the last byte is the version.
  private static let mark: [UInt8] = Array("svmrepl".utf8) + [1]
  private static let headSize = 8 + 32 + 8
  private static let digestSize = 32

  /// The size of a file with these bytes.
  public static func size(of writer: ByteWriter) -> Int {
    headSize + writer.count + digestSize
  }

  /// Writes the bytes of `writer` under a key.
  ///
  /// - Throws: what `write` throws.
  public static func write(
    _ writer: ByteWriter, key: Fingerprint, _ write: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    var maker = FingerprintMaker()
    func put(_ bytes: UnsafeRawBufferPointer) throws {
      // In pieces that are still in the cache when they are written.
      var start = 0
      while start < bytes.count {
        let end = min(start + 1 << 18, bytes.count)
        let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        maker.add(raw: piece)
        try write(piece)
        start = end
      }
    }
    let head = ByteWriter()
    mark.withUnsafeBytes { head.add(raw: $0) }
    head.add(key)
    head.add(writer.count)
    try head.forEachPart(put)
    try writer.forEachPart(put)
    try maker.finish().bytes.withUnsafeBytes(write)
  }

  /// Reads what was written under a key from the start of an open file. What `body` makes of the
  /// bytes is given only after they are checked.
  ///
  /// - Throws: `DamagedBytes` where they are not as they were written, or of another key or
  ///   version; `SystemFailure` where they can't be read; `Interrupted`; what `body` throws.
  public static func read<R>(
    _ descriptor: Int32, key: Fingerprint, _ body: (ByteReader) throws -> R
  ) throws -> R {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemFailure() }
    let count = Int(status.st_size) - headSize - digestSize
    guard status.st_mode & S_IFMT == S_IFREG, count >= 0 else {
      throw DamagedBytes("the file is not whole")
    }
    var maker = FingerprintMaker()
    var head = [UInt8](repeating: 0, count: headSize)
    try head.withUnsafeMutableBytes { try fill($0, from: descriptor) }
    head.withUnsafeBytes { maker.add(raw: $0) }
    guard head.starts(with: mark) else { throw DamagedBytes("the file is of another kind") }
    guard
      head[8..<40].elementsEqual(key.bytes),
      try ByteReader(Array(head[40...])).int() == count
    else { throw DamagedBytes("the file is not whole") }
    let reader = ByteReader(count: count) { target in
      try fill(target, from: descriptor)
      maker.add(raw: UnsafeRawBufferPointer(target))
    }
    let result = try body(reader)
    try reader.end()
    var digest = [UInt8](repeating: 0, count: digestSize)
    try digest.withUnsafeMutableBytes { try fill($0, from: descriptor) }
    guard digest == maker.finish().bytes else { throw DamagedBytes("the file is damaged") }
    return result
  }

  private static func fill(
    _ target: UnsafeMutableRawBufferPointer, from descriptor: Int32
  ) throws {
    var filled = 0
    while filled < target.count {
      let rest = target.baseAddress.map { $0 + filled }
      let count = Glibc.read(descriptor, rest, min(target.count - filled, 1 << 18))
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemFailure()
      }
      guard count > 0 else { throw DamagedBytes.cutOff }
      filled += count
    }
  }
}
