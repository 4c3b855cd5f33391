import Glibc
import LinearAlgebra

/// Writes a nameless file, up to half of what is free on the disk.
struct NamelessWriter: ~Copyable {
  private let descriptor: Int32
  private let room: Int
  private var count = 0

  /// A file without bytes; nil where none can be made.
  init?() {
    guard let room = NamelessFile.freeBytes.map({ Int(min($0 / 2, 0x1p62)) }),
      let descriptor = NamelessFile.open()
    else { return nil }
    (self.descriptor, self.room) = (descriptor, room)
  }

  deinit { close(descriptor) }

  /// Appends bytes; false where there is no room, and then the file ends before them.
  ///
  /// - Throws: `Interrupted`.
  mutating func append(_ bytes: FileBytes) throws -> Bool {
    guard bytes.count <= room - count else { return false }
    var done = 0
    while done < bytes.count {
      try Interruption.check()
      // As much as takes about a millisecond, so that a wish to stop is heard.
      let piece = min(bytes.count - done, 1 << 22)
      let written = pwrite(descriptor, bytes.pointer + done, piece, count + done)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      done += written
    }
    count += bytes.count
    return true
  }

  /// What was appended.
  consuming func stored(path: String) -> StoredFile {
    let file = StoredFile(nameless: descriptor, size: count, path: path)
    discard self
    return file
  }
}
