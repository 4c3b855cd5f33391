import CLibArchive
import LinearAlgebra
import Text

/// The files of a tar or zip archive, one after the other: each byte is read once. Nothing is
/// unpacked to disk.
///
/// What an archive may claim and no data need is refused: paths that leave it, links, devices,
/// encrypted entries, and more than `ExpansionLimit` allows.
final class ArchiveStream {
  /// The kinds of archives.
  enum Kind: Sendable {
    case tar
    case zip
  }

  /// A regular file of an archive.
  struct Entry {
    /// The folders that it is in, then its name.
    let parts: [String]
    let bytes: FileBytes
  }

  private let source: DataSource
  private let archive: OpaquePointer
  private let feed: Feed
  private let limit: ExpansionLimit
  private var produced = 0

  /// The decompressed bytes that libarchive asks for.
  private final class Feed {
    let stream: ByteStream?
    let buffer: FileBytes
    var error: (any Error)?
    /// The bytes of a zip archive in memory, which stay there while they are read.
    var memory: FileBytes?

    init(_ stream: ByteStream?) throws {
      self.stream = stream
      buffer = try FileBytes(capacity: stream == nil ? 0 : 1 << 18)
    }

    func next() -> Int {
      guard let stream else { return 0 }
      do {
        return try stream.read(
          into: UnsafeMutableRawBufferPointer(start: buffer.pointer, count: buffer.capacity))
      } catch {
        self.error = error
        return -1
      }
    }
  }

  /// Opens an archive.
  ///
  /// - Throws: `DataError` where it can't be read or is a folder; `MemoryRefused`.
  init(_ source: DataSource, _ kind: Kind) throws {
    self.source = source
    guard let archive = archive_read_new() else { throw MemoryRefused(needed: 0, available: 0) }
    self.archive = archive
    limit = ExpansionLimit(stored: source.fileSize)
    feed = try Feed(kind == .tar ? ByteStream(source) : nil)
    let opened: Int32
    switch (kind, source.place) {
    case (.tar, _):
      archive_read_support_format_tar(archive)
      archive_read_support_format_empty(archive)
      opened = archive_read_open(
        archive, Unmanaged.passUnretained(feed).toOpaque(), nil,
        { _, client, buffer in
          guard let client else { return -1 }
          let feed = Unmanaged<Feed>.fromOpaque(client).takeUnretainedValue()
          let count = feed.next()
          buffer?.pointee = UnsafeRawPointer(feed.buffer.pointer)
          return count
        }, nil)
    case (.zip, .memory(let memory)):
      archive_read_support_format_zip_seekable(archive)
      opened = archive_read_open_memory(archive, memory.bytes.baseAddress, memory.bytes.count)
    case (.zip, .held(let file)):
      archive_read_support_format_zip_seekable(archive)
      feed.memory = file.bytes
      opened = archive_read_open_memory(archive, file.bytes?.pointer, file.bytes?.count ?? 0)
    case (.zip, .file):
      archive_read_support_format_zip_seekable(archive)
      opened = archive_read_open_filename(archive, source.path, 1 << 18)
    case (.zip, .folder), (.zip, .memoryFolder):
      throw DataError("is a folder, not a file", path: source.path)
    }
    guard opened == ARCHIVE_OK else { throw failure(entry: nil) }
  }

  deinit { withExtendedLifetime(feed) { _ = archive_read_free(archive) } }

  /// The next file whose path `isWanted` accepts; nil at the end.
  ///
  /// - Throws: `DataError` where the archive is damaged or holds what is refused, `MemoryRefused`,
  ///   `Interrupted`.
  func next(_ isWanted: ([String]) -> Bool) throws -> Entry? {
    while let (name, header) = try nextHeader() {
      let parts = try parts(of: name)
      switch archive_entry_filetype(header) {
      case 0o040000: continue
      case 0, 0o100000: break
      case 0o120000: throw refusal(name, "is a link")
      default: throw refusal(name, "is a device or pipe")
      }
      if archive_entry_hardlink(header) != nil { throw refusal(name, "is a link") }
      guard isWanted(parts) else { continue }
      return Entry(parts: parts, bytes: try content(of: name, archive_entry_size(header)))
    }
    // Bytes after the archive's end are read for the check sum of the compression.
    while case let count = feed.next(), count != 0 {
      if count < 0 { throw failure(entry: nil) }
    }
    return nil
  }

  /// The paths of all entries, which are not read.
  ///
  /// - Throws: as `next`.
  func names() throws -> [String] {
    var names: [String] = []
    while let (name, _) = try nextHeader() { names.append(name) }
    return names
  }

  private func nextHeader() throws -> (String, OpaquePointer)? {
    try Interruption.check()
    var header: OpaquePointer?
    let status = archive_read_next_header(archive, &header)
    if status == ARCHIVE_EOF { return nil }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let header else {
      throw failure(entry: nil)
    }
    // Names in UTF-8 are no names in every locale.
    let name = archive_entry_pathname_utf8(header) ?? archive_entry_pathname(header)
    let text = name.map { String(cString: $0) } ?? ""
    if archive_entry_is_encrypted(header) != 0 {
      throw refusal(text, "is encrypted")
    }
    return (text, header)
  }

  private func parts(of name: String) throws -> [String] {
    let parts = name.split { $0 == "/" || $0 == "\\" }.map(String.init).filter { $0 != "." }
    if name.hasPrefix("/") || name.hasPrefix("\\") || parts.contains("..") {
      throw refusal(name, "would lie outside of the archive")
    }
    guard parts.count <= 64 else { throw refusal(name, "lies in more than 64 folders") }
    return parts
  }

  private func content(of name: String, _ announced: Int64) throws -> FileBytes {
    // An announced size may be absurd: what the stored bytes don't suggest is not allocated.
    let likely = max(1 << 16, source.fileSize.multipliedReportingOverflow(by: 8).partialValue)
    let bytes = try FileBytes(capacity: max(0, min(Int(clamping: announced), likely)))
    try bytes.fill { target in
      try Interruption.check()
      let count = archive_read_data(archive, target.baseAddress, min(target.count, 1 << 17))
      guard count >= 0 else { throw failure(entry: name) }
      produced += count
      try limit.check(produced, path: "\(source.path)/\(Escaping.visible(name))")
      return count
    }
    return bytes
  }

  private func refusal(_ name: String, _ what: String) -> DataError {
    DataError(
      "the entry \(Escaping.excerpt(name)) \(what)", path: source.path,
      help: "unpack the archive yourself, and load what you need of it")
  }

  private func failure(entry: String?) -> any Error {
    let place = entry.map { " in the entry \(Escaping.excerpt($0))" } ?? ""
    if let error = feed.error as? DataError {
      return DataError(error.message + place, path: error.path, help: error.help)
    }
    if let error = feed.error { return error }
    let words = ArchiveReason.words(archive) ?? "unknown reason"
    return DataError(
      "the archive is damaged or cut off\(place): \(words)", path: source.path,
      help: "copy or download it again")
  }
}
