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
    if let stamp = FileStamp(of: path), stamp.size > small,
      let known = try known(stamp) ?? ahead.awaited(stamp)
    {
      return known
    }
    return try computed(path)
  }

  /// The checksum of a version of a file; nil where it was not computed.
  public static func known(_ stamp: FileStamp) -> Fingerprint? {
    memo.withLock { $0[stamp] }
  }

  /// Notes the checksum of a version that was settled when it was computed.
  static func note(_ checksum: Fingerprint, of stamp: FileStamp) {
    memo.withLock { $0[stamp] = checksum }
  }

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
  @discardableResult
  static func computed(_ path: String) throws -> Fingerprint {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw Unreadable(reason: String(cString: strerror(errno))) }
    defer { close(file) }
    let before = FileStamp(of: file)
    let isSettled = before?.isSettled ?? false
    let checksum = try computed(file)
    // A file that changes meanwhile has the checksum of no version.
    if isSettled, let before, before.size > small, FileStamp(of: file) == before {
      note(checksum, of: before)
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
