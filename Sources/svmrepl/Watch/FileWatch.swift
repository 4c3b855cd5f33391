import Glibc

/// Tells when a file is saved, by whatever editor: one that writes into it, or one that puts a new
/// file in its place.
final class FileWatch {
  /// To poll: readable where something has happened. −1 where the system can't tell, and the file
  /// is looked at now and then only.
  let descriptor: Int32
  /// The names of the file by the watch of their folder.
  private var names: [Int32: Set<String>] = [:]

  private static let saves = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM)

  /// Watches a file and, where it is a link, what it leads to.
  init(_ path: String) {
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return }
    var paths = [path]
    if let target = realpath(path, nil) {
      paths.append(String(cString: target))
      free(target)
    }
    for path in paths {
      let slash = path.lastIndex(of: "/")
      let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
      let watch = inotify_add_watch(descriptor, folder, Self.saves)
      if watch >= 0 {
        names[watch, default: []].insert(
          String(path[(slash.map(path.index(after:)) ?? path.startIndex)...]))
      }
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether the file was saved or removed since the last time.
  func taken() -> Bool {
    guard descriptor >= 0 else { return false }
    var isSaved = false
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
    defer { bytes.deallocate() }
    while true {
      let count = read(descriptor, bytes.baseAddress, bytes.count)
      guard count > 0 else { return isSaved }
      var place = 0
      while place < count {
        let event = bytes.load(fromByteOffset: place, as: inotify_event.self)
        let start = place + MemoryLayout<inotify_event>.size
        place = start + Int(event.len)
        // Where too much has happened, some of it is not told.
        let isUnknown = event.mask & UInt32(IN_Q_OVERFLOW) != 0
        let name = String(decoding: bytes[start..<place].prefix { $0 != 0 }, as: UTF8.self)
        if isUnknown || names[event.wd]?.contains(name) == true { isSaved = true }
      }
    }
  }
}
