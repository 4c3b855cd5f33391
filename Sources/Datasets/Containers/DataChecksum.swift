import Record

/// Checksums of data as they lie on disk.
public enum DataChecksum {
  /// SHA-256 of the bytes of a file, or of a bundled dataset that is one.
  ///
  /// - Throws: `DataError` where it can't be read; `Interrupted`.
  public static func of(_ path: String) throws -> Fingerprint {
    guard let source = try DataSource.onDisk(path) ?? Bundled.source(path) else {
      throw DataError("there is no such file", path: path)
    }
    if case .memory(let memory) = source.place {
      var maker = FingerprintMaker()
      maker.add(raw: memory.bytes)
      return maker.finish()
    }
    guard !source.isFolder else {
      throw DataError("is a folder, and only files have a checksum", path: path)
    }
    do {
      return try FileChecksum.of(path)
    } catch let error as FileChecksum.Unreadable {
      throw DataError("can't be read: \(error.reason)", path: path)
    }
  }

  /// Checks that a file has this checksum.
  ///
  /// - Throws: `DataError` where it has another one, or can't be read; `Interrupted`.
  public static func require(_ hex: String, of path: String) throws {
    let found = try of(path)
    guard Fingerprint(hex: hex) == found else {
      throw DataError("is another file than expected: its sha256 is \(found.hex)", path: path)
    }
  }
}
