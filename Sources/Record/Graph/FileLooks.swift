/// Looks at files on disk, each made once.
struct FileLooks: Sendable {
  private var stamps: [String: FileStamp?] = [:]
  private var checksums: [String: Fingerprint?] = [:]

  /// The state of the file at a path now; nil where there is none.
  mutating func stamp(of path: String) -> FileStamp? {
    if let known = stamps[path] { return known }
    let stamp = FileStamp(of: path)
    stamps[path] = .some(stamp)
    return stamp
  }

  /// The checksum of the file at a path now; nil where it can't be read.
  mutating func checksum(of path: String) -> Fingerprint? {
    if let known = checksums[path] { return known }
    let checksum = try? FileChecksum.of(path)
    checksums[path] = .some(checksum)
    return checksum
  }
}
