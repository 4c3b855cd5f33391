import Glibc
import LinearAlgebra

/// Folders of the user that programs keep their files in.
public enum Folder {
  /// The folder for what can be made again: `$XDG_CACHE_HOME/svmrepl`, else `~/.cache/svmrepl`; nil
  /// where there is no home.
  public static func cache(environment: (String) -> String?) -> String? {
    standard("XDG_CACHE_HOME", "/.cache", environment)
  }

  /// The folder for what is to stay: `$XDG_STATE_HOME/svmrepl`, else `~/.local/state/svmrepl`; nil
  /// where there is no home.
  public static func state(environment: (String) -> String?) -> String? {
    standard("XDG_STATE_HOME", "/.local/state", environment)
  }

  /// A path that is not absolute is not heeded, as the XDG Base Directory Specification has it.
  private static func standard(
    _ variable: String, _ place: String, _ environment: (String) -> String?
  ) -> String? {
    if let folder = environment(variable), folder.hasPrefix("/") { return folder + "/svmrepl" }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + place + "/svmrepl"
  }

  /// Makes the folders that a path goes through, for the user alone.
  ///
  /// - Throws: `SystemFailure` where the last one can't be made.
  public static func make(for path: String) throws(SystemFailure) {
    guard let end = path.lastIndex(of: "/") else { return }
    let folder = String(path[..<end])
    if folder.isEmpty || mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else { throw SystemFailure() }
    try make(for: folder)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw SystemFailure() }
  }

  /// The names in a folder; none where it can't be read.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
