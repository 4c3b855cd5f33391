import CLibArchive
import LinearAlgebra

/// Zip archives: reads all files of one into memory, and writes one.
enum ZipArchive {
  /// A file in an archive.
  struct Entry {
    let name: String
    let bytes: FileBytes
  }

  /// The files of an archive, in their order.
  ///
  /// - Throws: `DataError` where it can't be read or is damaged, `MemoryRefused`, `Interrupted`.
  static func read(_ source: DataSource) throws -> [Entry] {
    guard let archive = archive_read_new() else { throw MemoryRefused(needed: 0, available: 0) }
    defer { archive_read_free(archive) }
    archive_read_support_format_zip_seekable(archive)
    var held: FileBytes?
    defer { withExtendedLifetime(held) {} }
    let opened: Int32
    switch source.place {
    case .memory(let memory):
      opened = archive_read_open_memory(archive, memory.bytes.baseAddress, memory.bytes.count)
    case .held(let file):
      held = file.bytes
      opened = archive_read_open_memory(archive, held?.pointer, held?.count ?? 0)
    case .file: opened = archive_read_open_filename(archive, source.path, 1 << 16)
    case .folder, .memoryFolder:
      throw DataError("is a folder, not a file", path: source.path)
    }
    guard opened == ARCHIVE_OK else { throw failure(archive, source.path) }
    var entries: [Entry] = []
    let limit = ExpansionLimit(stored: source.fileSize, factor: ExpansionLimit.mostOfArrays)
    var produced = 0
    while true {
      try Interruption.check()
      var header: OpaquePointer?
      let status = archive_read_next_header(archive, &header)
      if status == ARCHIVE_EOF { return entries }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
        throw failure(archive, source.path)
      }
      let name = archive_entry_pathname(header).map { String(cString: $0) } ?? ""
      if archive_entry_is_encrypted(header) != 0 {
        throw DataError("the archive is encrypted", path: source.path)
      }
      // The announced size may be absurd, and the actual bytes may be fewer or more: what the
      // stored bytes don't suggest is not allocated.
      let likely = max(1 << 16, source.fileSize.multipliedReportingOverflow(by: 8).partialValue)
      let announced = Int(clamping: archive_entry_size(header))
      let bytes = try FileBytes(capacity: max(0, min(announced, likely)))
      try bytes.fill { target in
        try Interruption.check()
        let count = archive_read_data(archive, target.baseAddress, target.count)
        guard count >= 0 else { throw failure(archive, source.path) }
        produced += count
        try limit.check(produced, path: source.path)
        return count
      }
      if !name.hasSuffix("/") { entries.append(Entry(name: name, bytes: bytes)) }
    }
  }

  private static func failure(_ archive: OpaquePointer, _ path: String) -> DataError {
    let words = ArchiveReason.words(archive) ?? "unknown reason"
    return DataError(
      "the archive is damaged or cut off: \(words)", path: path,
      help: "copy or save it again")
  }

  /// A file to be written to an archive.
  struct Output {
    typealias Append = (UnsafeRawBufferPointer) throws -> Void

    let name: String
    /// The number of bytes that `produce` appends.
    let size: Int
    let produce: (Append) throws -> Void
  }

  /// Writes an archive whose files are not compressed.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`; what `produce` throws.
  static func write(_ entries: [Output], to path: String) throws {
    try AtomicFile.write(to: path) { output in
      guard let archive = archive_write_new() else {
        throw MemoryRefused(needed: 0, available: 0)
      }
      let target = Target(output)
      var isWhole = false
      defer {
        // After a failure, the end of the archive is not written.
        if !isWhole { archive_write_fail(archive) }
        withExtendedLifetime(target) { _ = archive_write_free(archive) }
      }
      archive_write_set_format_zip(archive)
      archive_write_zip_set_compression_store(archive)
      // Blocks would be padded with zeros.
      archive_write_set_bytes_per_block(archive, 0)
      let opened = archive_write_open(
        archive, Unmanaged.passUnretained(target).toOpaque(), nil,
        { _, client, bytes, count in
          guard let client else { return -1 }
          let target = Unmanaged<Target>.fromOpaque(client).takeUnretainedValue()
          do {
            try target.output.append(UnsafeRawBufferPointer(start: bytes, count: count))
            return count
          } catch {
            target.error = error
            return -1
          }
        }, nil)
      try check(opened, archive, target, path)
      for entry in entries {
        guard let header = archive_entry_new() else {
          throw MemoryRefused(needed: 0, available: 0)
        }
        defer { archive_entry_free(header) }
        archive_entry_set_pathname(header, entry.name)
        archive_entry_set_filetype(header, 0o100000)
        archive_entry_set_perm(header, 0o644)
        archive_entry_set_size(header, Int64(entry.size))
        // A fixed time, 2 January 1980 in UTC, so that the same data give the same file. Zip can't
        // store times before 1980, in any time zone.
        archive_entry_set_mtime(header, 315_619_200, 0)
        try check(archive_write_header(archive, header), archive, target, path)
        try entry.produce { bytes in
          try Interruption.check()
          let written = archive_write_data(archive, bytes.baseAddress, bytes.count)
          try check(written == bytes.count ? ARCHIVE_OK : ARCHIVE_FATAL, archive, target, path)
        }
        try check(archive_write_finish_entry(archive), archive, target, path)
      }
      try check(archive_write_close(archive), archive, target, path)
      isWhole = true
    }
  }

  private final class Target {
    let output: AtomicFile.Output
    var error: (any Error)?
    init(_ output: AtomicFile.Output) { self.output = output }
  }

  private static func check(
    _ status: Int32, _ archive: OpaquePointer, _ target: Target, _ path: String
  ) throws {
    if status == ARCHIVE_OK || status == ARCHIVE_WARN { return }
    if let error = target.error { throw error }
    let words = ArchiveReason.words(archive) ?? "unknown reason"
    throw DataError("the archive can't be written: \(words)", path: path)
  }
}
