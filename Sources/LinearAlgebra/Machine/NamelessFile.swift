import Glibc

/// Files without a name: nothing is left of them when the process ends, however it ends.
public enum NamelessFile {
  /// The folder that they are in: `TMPDIR`, else `/var/tmp`, which is on a disk where `/tmp` may be
  /// in memory.
  public static var folder: String {
    if let own = getenv("TMPDIR"), own.pointee != 0 { return String(cString: own) }
    return access("/var/tmp", W_OK) == 0 ? "/var/tmp" : "/tmp"
  }

  /// The bytes that are free there; nil where the system does not tell.
  public static var freeBytes: Double? {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return nil }
    return Double(status.f_bavail) * Double(status.f_frsize)
  }

  /// The descriptor of a new file; nil where none can be made, and `errno` says why.
  public static func open() -> Int32? {
    var template = Array("\(folder)/svmrepl-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return nil }
    unlink(template)
    // Programs that are started meanwhile must not keep it.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }
}
