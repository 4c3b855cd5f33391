/// Checksums of large files, kept by stamp beside the results that were made of them: a file is
/// hashed once for each version, and not once a run.
extension Store {
  /// The checksum of the bytes of a file.
  ///
  /// - Throws: `FileChecksum.Unreadable` where they can't be read; `Interrupted`.
  public func checksum(ofFile path: String) throws -> Fingerprint {
    guard let stamp = FileStamp(of: path), Self.isLarge(stamp),
      FileChecksum.known(stamp) == nil
    else { return try FileChecksum.of(path) }
    if let kept = try read(Self.checksumKey(stamp), { try $0.fingerprint() }) {
      FileChecksum.note(kept, of: stamp)
      return kept
    }
    let checksum = try FileChecksum.of(path)
    try keepChecksum(of: stamp)
    return checksum
  }

  /// Keeps the checksum of a version of a file, where it is known and worth it.
  ///
  /// - Throws: `Interrupted`.
  public func keepChecksum(of stamp: FileStamp) throws {
    let key = Self.checksumKey(stamp)
    guard Self.isLarge(stamp), stamp.tellsChanges, !contains(key),
      let checksum = FileChecksum.known(stamp)
    else { return }
    let writer = ByteWriter()
    writer.add(checksum)
    try write(key, writer)
  }

  /// Whether a file takes longer to hash than an entry takes to write.
  private static func isLarge(_ stamp: FileStamp) -> Bool { stamp.size >= 1 << 22 }

  static func checksumKey(_ stamp: FileStamp) -> Fingerprint {
    var maker = FingerprintMaker()
    maker.add("checksum of a file")
    maker.add(stamp.fingerprint)
    return maker.finish()
  }
}
