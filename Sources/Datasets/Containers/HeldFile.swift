import Synchronization

/// A file whose bytes are in memory: an entry of an archive, or what came from a pipe. It can be
/// released as soon as it has been read, so that it and what is made of it need not both fit.
final class HeldFile: Sendable {
  private let content: Mutex<FileBytes?>

  /// A file with these bytes.
  init(_ bytes: FileBytes) { content = Mutex(bytes) }

  /// The bytes; nil after `release`.
  var bytes: FileBytes? { content.withLock { $0 } }

  /// Gives the memory back.
  func release() { content.withLock { $0 = nil } }
}

extension DataSource {
  /// A file with these bytes.
  static func held(_ bytes: FileBytes, path: String) -> DataSource {
    DataSource(path: path, place: .held(HeldFile(bytes)))
  }

  /// Whether the stored bytes are compressed.
  ///
  /// - Throws: as `ByteStream.init`.
  var isCompressed: Bool {
    get throws { try ByteStream(self).plainSize == nil }
  }

  /// The same file without its compression: one that has none, or decompressed in memory.
  ///
  /// - Throws: as `readAll`.
  func plain() throws -> DataSource {
    try isCompressed ? .held(try readAll(), path: path) : self
  }

  /// Gives the memory of a held file back; nothing for others.
  func release() {
    if case .held(let file) = place { file.release() }
  }
}
