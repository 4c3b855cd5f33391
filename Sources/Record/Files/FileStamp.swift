import Glibc

/// What tells, without reading it, that a file on disk is as it was.
public struct FileStamp: Hashable, Sendable {
  let size: Int
  let seconds: Int
  let nanoseconds: Int
  let inode: UInt64
  let device: UInt64

  /// The stamp of the file at a path; nil where there is none.
  public init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Whether the file was last written longer ago than this.
  func isOlder(than limit: Double) -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Double(now.tv_sec - seconds) + Double(now.tv_nsec - nanoseconds) * 1e-9 > limit
  }

  init(_ status: stat) {
    size = Int(status.st_size)
    seconds = Int(status.st_mtim.tv_sec)
    nanoseconds = Int(status.st_mtim.tv_nsec)
    inode = UInt64(status.st_ino)
    device = UInt64(status.st_dev)
  }
}
