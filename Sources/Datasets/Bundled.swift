import CBundledData

/// The datasets inside of the program, which are found by name from any folder.
public enum Bundled {
  /// The names, as `DataLoader.load` takes them.
  public static let names = ["digits", "patches10", "iris", "breast_cancer", "heart_scale"]

  /// The source of a bundled dataset; nil where there is none of that name.
  static func source(_ name: String) -> DataSource? {
    guard names.contains(name) else { return nil }
    var entries: [DataSource] = []
    for index in 0..<svm_bundled_count() {
      let file = svm_bundled(index)
      let parts = String(cString: file.path).split(separator: "/")
      let bytes = UnsafeRawBufferPointer(start: file.bytes, count: file.count)
      let source = DataSource(
        path: parts.joined(separator: "/"), place: .memory(DataSource.Memory(bytes: bytes)))
      guard let first = parts.first else { continue }
      if parts.count == 1 {
        if first.split(separator: ".").first.map(String.init) == name { return source }
      } else if first == name {
        entries.append(source)
      }
    }
    return entries.isEmpty ? nil : DataSource(path: name, place: .memoryFolder(entries))
  }
}
