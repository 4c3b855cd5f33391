/// A file that is read at once.
public enum WholeFile {
  /// The text of a file that begins with one of `beginnings`; nil for all others, of which only the
  /// beginning is read.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  public static func text(of path: String, beginningWith beginnings: [String]) throws -> String? {
    guard let source = try DataSource.onDisk(path), !source.isFolder else { return nil }
    let head = try FileHead(source).bytes
    guard beginnings.contains(where: { head.starts(with: $0.utf8) }) else { return nil }
    guard let text = try source.readAll().withBytes({ String(validating: $0, as: UTF8.self) })
    else {
      throw DataError(
        "the text is not in UTF-8", path: path, help: "save it with the encoding UTF-8")
    }
    return text
  }
}
