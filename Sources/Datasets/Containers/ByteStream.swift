import CLibArchive
import Glibc
import LinearAlgebra

/// The bytes of a file in order, decompressed where the file is compressed.
final class ByteStream {
  private let source: DataSource
  private var descriptor: Int32 = -1
  private var memory = UnsafeRawBufferPointer(start: nil, count: 0)
  /// What `memory` is in, where it is a held file.
  private var held: FileBytes?
  private var archive: OpaquePointer?
  private var hasEnded = false
  /// The number of bytes decompressed.
  private var produced = 0
  private var checksum: GzipChecksum?
  /// The number of stored bytes, compressed or not.
  private let size: Int
  /// Whether what is read counts as progress: not where it is read again later.
  private let isCounted: Bool
  /// The compressed bytes that are counted.
  private var counted = 0

  /// Opens a file.
  ///
  /// - Parameter isCounted: whether what is read counts as progress of a load.
  /// - Throws: `DataError` where it can't be read or is a folder; `MemoryRefused`.
  init(_ source: DataSource, isCounted: Bool = true) throws {
    self.source = source
    self.isCounted = isCounted
    size = source.fileSize
    switch source.place {
    case .folder, .memoryFolder:
      throw DataError("is a folder, not a file", path: source.path)
    case .memory(let place):
      memory = place.bytes
      if Compression.isCompressed(memory.prefix(6), name: source.name) { try openArchive() }
    case .held(let file):
      guard let bytes = file.bytes else {
        throw DataError("has been read already", path: source.path)
      }
      held = bytes
      memory = UnsafeRawBufferPointer(start: bytes.pointer, count: bytes.count)
      if Compression.isCompressed(memory.prefix(6), name: source.name) { try openArchive() }
    case .file:
      descriptor = open(source.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
      guard descriptor >= 0 else { throw SystemError.failure("can't be read", path: source.path) }
      var head = [UInt8](repeating: 0, count: 6)
      let count = pread(descriptor, &head, head.count, 0)
      if Compression.isCompressed(head.prefix(max(0, count)), name: source.name) {
        try openArchive()
      }
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if let archive { archive_read_free(archive) }
  }

  /// Reads the next bytes, as many as fit or are left.
  ///
  /// - Returns: their number; 0 at the end.
  /// - Throws: `DataError` where they can't be read or are damaged, `Interrupted`.
  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    try Interruption.check()
    guard let base = target.baseAddress, target.count > 0, !hasEnded else { return 0 }
    var total = 0
    while total < target.count {
      if total > 0 { try Interruption.check() }
      let count = try readSome(base + total, target.count - total)
      if count == 0 {
        hasEnded = true
        if let checksum, try !checksum.agrees(length: size, read: readStored) {
          throw DataError(
            "the compressed data is damaged: its check sum does not match", path: source.path,
            help: "copy or download it again")
        }
        break
      }
      checksum?.add(UnsafeRawBufferPointer(start: base + total, count: count))
      total += count
      if archive != nil {
        produced += count
        try ExpansionLimit(stored: size).check(produced, path: source.path)
      }
    }
    return total
  }

  /// All remaining bytes.
  func readAll() throws -> FileBytes {
    let bytes = try FileBytes(capacity: archive == nil ? size : 4 * size)
    try readPieces(into: bytes)
    try bytes.fill { try read(into: $0) }
    return bytes
  }

  /// Reads a large file, as long as it was when opened, on all cores: most of the time goes into
  /// copying, and into fresh memory. Later bytes are left to `read`.
  private func readPieces(into bytes: FileBytes) throws {
    guard archive == nil, descriptor >= 0 else { return }
    let (descriptor, path, isCounted) = (descriptor, source.path, isCounted)
    let start = lseek(descriptor, 0, SEEK_CUR)
    let piece = 1 << 21
    guard start >= 0, size - start > piece else { return }
    let length = size - start
    let counts = try Parallel.map((length + piece - 1) / piece) { p in
      let wanted = min(piece, length - p * piece)
      var done = 0
      while done < wanted {
        try Interruption.check()
        let offset = p * piece + done
        let count = pread(descriptor, bytes.pointer + offset, wanted - done, start + offset)
        if count == 0 { break }
        if count < 0 {
          if errno == EINTR { continue }
          throw SystemError.failure("can't be read", path: path)
        }
        done += count
        if isCounted { ReadProgress.add(count) }
      }
      return done
    }
    // A file that has become shorter ends in its first piece that is not full.
    let full = counts.prefix { $0 == piece }.count
    let total = full * piece + (full < counts.count ? counts[full] : 0)
    bytes.hold(total)
    guard lseek(descriptor, start + total, SEEK_SET) >= 0 else {
      throw SystemError.failure("can't be read", path: path)
    }
  }

  private func readSome(_ target: UnsafeMutableRawPointer, _ count: Int) throws -> Int {
    if let archive {
      // As much as the slowest compression gives in some milliseconds.
      let result = archive_read_data(archive, target, min(count, 1 << 17))
      guard result >= 0 else { throw failure(archive) }
      if descriptor >= 0 {
        let stored = Int(archive_filter_bytes(archive, -1))
        if isCounted { ReadProgress.add(stored - counted) }
        counted = stored
      }
      return result
    }
    if descriptor < 0 {
      let taken = min(count, memory.count)
      if taken > 0, let base = memory.baseAddress { memcpy(target, base, taken) }
      memory = UnsafeRawBufferPointer(rebasing: memory[taken...])
      return taken
    }
    while true {
      let result = Glibc.read(descriptor, target, count)
      if result >= 0 {
        if isCounted { ReadProgress.add(result) }
        return result
      }
      if errno != EINTR { throw SystemError.failure("can't be read", path: source.path) }
      try Interruption.check()
    }
  }

  private func openArchive() throws {
    guard let archive = archive_read_new() else {
      throw MemoryRefused(needed: 0, available: 0)
    }
    self.archive = archive
    // Formats that are recognized by their first bytes, and none that start other programs.
    archive_read_support_filter_gzip(archive)
    archive_read_support_filter_bzip2(archive)
    archive_read_support_filter_xz(archive)
    archive_read_support_filter_zstd(archive)
    archive_read_support_filter_compress(archive)
    if source.name.hasSuffix(".lz4") { archive_read_support_filter_lz4(archive) }
    if source.name.hasSuffix(".lzma") { archive_read_support_filter_lzma(archive) }
    archive_read_support_format_raw(archive)
    archive_read_support_format_empty(archive)
    let opened =
      descriptor >= 0
      ? archive_read_open_fd(archive, descriptor, 1 << 16)
      : archive_read_open_memory(archive, memory.baseAddress, memory.count)
    guard opened == ARCHIVE_OK else { throw failure(archive) }
    var entry: OpaquePointer?
    switch archive_read_next_header(archive, &entry) {
    case ARCHIVE_OK, ARCHIVE_WARN: break
    case ARCHIVE_EOF: hasEnded = true
    default: throw failure(archive)
    }
    if archive_filter_count(archive) == 2, archive_filter_code(archive, 0) == ARCHIVE_FILTER_GZIP {
      checksum = GzipChecksum()
    }
  }

  /// Stored bytes from an offset on; does not move the stream.
  private func readStored(_ target: UnsafeMutableRawBufferPointer, _ offset: Int) -> Int {
    guard let base = target.baseAddress else { return 0 }
    if descriptor >= 0 { return pread(descriptor, base, target.count, offset) }
    let piece = memory.dropFirst(offset).prefix(target.count)
    target.copyBytes(from: piece)
    return piece.count
  }

  /// The bytes of a held file that is not compressed; nil for others.
  var heldBytes: FileBytes? { archive == nil ? held : nil }

  /// The number of bytes after decompression; nil where only reading tells.
  var plainSize: Int? { archive == nil ? size : nil }

  private func failure(_ archive: OpaquePointer) -> any Error {
    // For a gzip file that ends before its check sum, libarchive reports a failure without a
    // reason.
    let words = ArchiveReason.words(archive)
    let lower = words?.lowercased() ?? "truncated"
    if ["truncated", "unexpected eof", "premature", "no progress"].contains(where: lower.contains) {
      return DataError(
        "the compressed data ends in the middle", path: source.path,
        help: "the file was cut off; copy or download it again")
    }
    return DataError(
      "the compressed data is damaged: \(words ?? "")", path: source.path,
      help: "copy or download it again")
  }
}

extension DataSource {
  /// The number of stored bytes, compressed or not; 0 for a folder.
  var fileSize: Int {
    switch place {
    case .file(let size): size
    case .memory(let memory): memory.bytes.count
    case .held(let file): file.bytes?.count ?? 0
    case .folder, .memoryFolder: 0
    }
  }

  /// All bytes, decompressed. Those of a held file that is not compressed are shared.
  func readAll() throws -> FileBytes {
    let stream = try ByteStream(self)
    return try stream.heldBytes ?? stream.readAll()
  }
}
