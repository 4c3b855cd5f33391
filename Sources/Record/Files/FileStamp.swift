import Glibc

/// What tells, without reading it, that a file on disk is as it was. The time of its last change
/// is among it, which no program can set: a file that has got back its old size and time of writing
/// is another version.
public struct FileStamp: Hashable, Sendable {
  /// A time of the disk's clock.
  private struct Time: Hashable, Sendable {
    let seconds: Int
    let nanoseconds: Int

    init(_ time: timespec) {
      seconds = Int(time.tv_sec)
      nanoseconds = Int(time.tv_nsec)
    }

    /// Whether the tick of the disk's clock is over. Some disks count seconds, or two at once.
    func isOver(at now: Time) -> Bool {
      let age = Double(now.seconds - seconds) + Double(now.nanoseconds - nanoseconds) * 1e-9
      return age > (nanoseconds == 0 ? 2 : 0.1)
    }
  }

  /// The bytes of the file.
  public let size: Int
  private let device: UInt64
  private let inode: UInt64
  private let written: Time
  private let changed: Time

  /// The stamp of the file at a path; nil where there is none.
  public init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The stamp of an open file; nil where the system does not tell.
  init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    size = Int(status.st_size)
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    written = Time(status.st_mtim)
    changed = Time(status.st_ctim)
  }

  /// Whether a file that is written from now on gets another stamp. One that is written twice
  /// within a tick of the disk's clock has one stamp for both.
  var isSettled: Bool {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let now = Time(time)
    return written.isOver(at: now) && changed.isOver(at: now)
  }

  /// Whether the disk notes by itself when a file was changed. FAT does not, and gives the time of
  /// writing in its place, in whole hundredths of a second.
  var tellsChanges: Bool { changed.nanoseconds % 10_000_000 != 0 }

  /// The fingerprint of the stamp.
  public var fingerprint: Fingerprint {
    var maker = FingerprintMaker()
    maker.add("stamp of a file")
    let numbers = [
      size, written.seconds, written.nanoseconds, changed.seconds, changed.nanoseconds,
    ]
    for number in numbers { maker.add(UInt64(bitPattern: Int64(number))) }
    maker.add(device)
    maker.add(inode)
    return maker.finish()
  }
}
