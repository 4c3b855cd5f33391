/// A pickle of Python that is a batch of CIFAR-10 or CIFAR-100: which of them, its labels tell.
enum PickledBatchReader: DataReader {
  static let name = "pickle"
  static let summary = "a batch of CIFAR as Python's pickle"
  static let endings = ["pickle", "pkl"]

  static func hasMagic(_ head: FileHead) -> Bool { PickleReader.begins(head.bytes) }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    let bytes = try source.readAll()
    let pickle = try PickleReader.read(bytes, path: source.path)
    let isFine = pickle["fine_labels"] != nil || pickle["coarse_labels"] != nil
    return try isFine
      ? CIFAR100Reader.read(source, options) : CIFARReader.read(source, options)
  }
}
