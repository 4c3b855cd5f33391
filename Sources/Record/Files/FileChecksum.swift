import Glibc
import LinearAlgebra

/// SHA-256 of files.
public enum FileChecksum {
  /// The checksum of the bytes of a file.
  ///
  /// - Throws: `FileChecksum.Unreadable` where they can't be read; `Interrupted`.
  public static func of(_ path: String) throws -> Fingerprint {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw Unreadable(reason: String(cString: strerror(errno))) }
    defer { close(file) }
    var maker = FingerprintMaker()
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { piece.deallocate() }
    while true {
      try Interruption.check()
      let count = read(file, piece.baseAddress, piece.count)
      if count == 0 { return maker.finish() }
      if count < 0 {
        if errno == EINTR { continue }
        throw Unreadable(reason: String(cString: strerror(errno)))
      }
      maker.add(raw: UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }

  /// The error of a file that can't be read.
  public struct Unreadable: Error {
    /// What the system says.
    public let reason: String
  }
}
