/// The repository that these tests were built from.
public enum Repository {
  /// Where a file or folder of it is, `path` counted from its root.
  public static func path(_ path: String) -> String {
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/" + path
  }

  /// The text of one of its files.
  public static func text(_ path: String) throws -> String {
    try TemporaryFolder.text(Self.path(path))
  }
}
