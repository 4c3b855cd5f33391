/// An .npy file: one array.
enum NumPyReader: DataReader {
  static let name = "npy"
  static let summary = "an array of NumPy"
  static let endings = ["npy"]

  static func hasMagic(_ head: FileHead) -> Bool { head.bytes.starts(with: NumPyHeader.magic) }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    try refuseTableOptions(options, source.path)
    return .arrays([
      NamedArray(name: source.dataName, array: try NumPyFile.readArray(source))
    ])
  }
}
