import Glibc
import LinearAlgebra
import Synchronization

/// SHA-256 of files. That of a file that is not small is computed once for each version, which its
/// stamp tells.
public enum FileChecksum {
  private static let memo = Mutex<[FileStamp: Fingerprint]>([:])

  /// Files up to this size are read faster than anything is known of them.
  static let small = 1 << 16

  /// The checksum of the bytes of a file.
  ///
  /// - Throws: `FileChecksum.Unreadable` where they can't be read; `Interrupted`.
  public static func of(_ path: String) throws -> Fingerprint {
    guard let stamp = FileStamp(of: path), stamp.size > small else { return try computed(path) }
    return try known(stamp) ?? ahead.awaited(stamp) ?? found(path, stamp)
  }

  /// The checksum that is kept of a version of a file, else that of its bytes, which is kept then.
  ///
  /// - Throws: `FileChecksum.Unreadable` where they can't be read; `Interrupted`.
  @discardableResult
  static func found(
    _ path: String, _ stamp: FileStamp, _ kept: KeptChecksums? = kept.withLock({ $0 })
  ) throws -> Fingerprint {
    if let checksum = try kept?.checksum(of: stamp) {
      memo.withLock { $0[stamp] = checksum }
      return checksum
    }
    let checksum = try computed(path)
    if known(stamp) == checksum { try kept?.keep(checksum, of: stamp) }
    return checksum
  }

  /// The checksum of a version of a file; nil where it was not computed.
  public static func known(_ stamp: FileStamp) -> Fingerprint? {
    memo.withLock { $0[stamp] }
  }

  private static let kept = Mutex<KeptChecksums?>(nil)

  /// From now on, checksums are taken from those that are kept, and new ones are kept, too.
  public static func keep(in kept: KeptChecksums) { self.kept.withLock { $0 = kept } }

  // MARK: Ahead

  private static let ahead = HashingAhead()
  private static let isAhead = Atomic<Bool>(false)
  /// Larger files may not be read again at all.
  private static let aheadSizes = small + 1...1 << 30

  /// From now on, files are hashed on another thread while they are read: their checksums will be
  /// asked for.
  public static func hashAhead() { isAhead.store(true, ordering: .relaxed) }

  /// Begins to hash a file that is going to be read, where that is worth it.
  static func willRead(_ file: FileReads.Read) {
    guard isAhead.load(ordering: .relaxed), file.isSettled, aheadSizes.contains(file.stamp.size),
      known(file.stamp) == nil
    else { return }
    ahead.add(file.path, file.stamp)
  }

  // MARK: Reading

  /// Computes a checksum, and notes it where the file has a stamp that tells.
  private static func computed(_ path: String) throws -> Fingerprint {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw Unreadable(reason: String(cString: strerror(errno))) }
    defer { close(file) }
    let before = FileStamp(of: file)
    let isSettled = before?.isSettled ?? false
    let checksum = try computed(file)
    // A file that changes meanwhile has the checksum of no version.
    if isSettled, let before, before.size > small, FileStamp(of: file) == before {
      memo.withLock { $0[before] = checksum }
    }
    return checksum
  }

  private static func computed(_ file: Int32) throws -> Fingerprint {
    var maker = FingerprintMaker()
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
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
