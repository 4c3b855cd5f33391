/// Checksums of large files, kept by stamp in the store that all runs of the program share: a file
/// is hashed once for each version, and not once a run.
public struct KeptChecksums: Sendable {
  private let store: Store

  /// The checksums in a store.
  public init(in store: Store) { self.store = store }

  /// The checksum of a version of a file; nil where it is not kept.
  ///
  /// - Throws: `Interrupted`.
  func checksum(of stamp: FileStamp) throws -> Fingerprint? {
    guard Self.isLarge(stamp) else { return nil }
    return try store.read(Self.key(stamp)) { try $0.fingerprint() }
  }

  /// Keeps the checksum of a version of a file, where it is worth it, and the stamp tells.
  ///
  /// - Throws: `Interrupted`.
  func keep(_ checksum: Fingerprint, of stamp: FileStamp) throws {
    guard Self.isLarge(stamp), stamp.tellsChanges else { return }
    let writer = ByteWriter()
    writer.add(checksum)
    try store.write(Self.key(stamp), writer)
  }

  /// Whether a file takes longer to hash than an entry takes to write.
  private static func isLarge(_ stamp: FileStamp) -> Bool { stamp.size >= 1 << 22 }

  static func key(_ stamp: FileStamp) -> Fingerprint {
    var maker = FingerprintMaker()
    maker.add("checksum of a file")
    maker.add(stamp.fingerprint)
    return maker.finish()
  }
}
