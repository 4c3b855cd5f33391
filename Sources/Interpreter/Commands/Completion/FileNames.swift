import Glibc

/// The files that a path which is being typed may lead to.
enum FileNames {
  /// The names in the path's folder, a `/` after those of folders.
  static func candidates(_ path: String) -> [Completion.Candidate] {
    let slash = path.lastIndex(of: "/")
    let folder = expanded(slash.map { String(path[...$0]) } ?? "./")
    let part = slash.map { path[path.index(after: $0)...] } ?? path[...]
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [Completion.Candidate] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name != ".", name != "..", !name.hasPrefix(".") || part.hasPrefix(".") else { continue }
      let isFolder = isFolder(folder + name, type: Int(entry.pointee.d_type))
      found.append(
        Completion.Candidate(
          text: isFolder ? name + "/" : name, suffix: isFolder ? "" : "\""))
    }
    return found.sorted { $0.text < $1.text }
  }

  /// Whether a directory entry is a folder, or a link to one.
  private static func isFolder(_ path: String, type: Int) -> Bool {
    guard type == Int(DT_LNK) || type == Int(DT_UNKNOWN) else { return type == Int(DT_DIR) }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The path, a `~/` at its start replaced by the home folder.
  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst(1)
  }
}
