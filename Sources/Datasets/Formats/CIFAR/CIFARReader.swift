import LinearAlgebra

/// CIFAR-10: 60 000 pictures of 10 classes.
///
/// Krizhevsky, Learning multiple layers of features from tiny images (2009).
enum CIFARReader: DataReader {
  static let name = "cifar10"
  static let summary = "CIFAR-10, binary or Python's batches, a file, a folder or its archive"
  static let endings = ["bin"]

  private static let version = CIFARVersion(
    name: "CIFAR-10", classCount: 10, labelBytes: 1, labelPlace: 0, labels: ["labels"],
    metaNames: ["batches.meta.txt", "batches.meta"], classNames: "label_names",
    training: "data_batch", test: "test_batch")

  static func isNamed(_ name: String) -> Bool {
    name.hasSuffix(".bin") && version.isBatch(Compression.strippedName(name))
  }

  static func isFolder(_ names: [String]) -> Bool { names.contains(where: version.isBatch) }

  static func resembles(_ head: FileHead) -> Bool { version.resembles(head) }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    try refuseTableOptions(options, source.path)
    return try CIFARBatches(version: version, format: name).read(source)
  }
}

/// CIFAR-100: 60 000 pictures of 100 classes in 20 groups, which `label="coarse"` takes as classes.
enum CIFAR100Reader: DataReader {
  static let name = "cifar100"
  static let summary = "CIFAR-100; label=\"coarse\" takes its 20 groups as classes"
  static let endings = ["bin"]

  private static let fine = CIFARVersion(
    name: "CIFAR-100", classCount: 100, labelBytes: 2, labelPlace: 1, labels: ["fine_labels"],
    metaNames: ["fine_label_names.txt", "meta"], classNames: "fine_label_names",
    training: "train", test: "test")
  private static let coarse = CIFARVersion(
    name: "CIFAR-100", classCount: 20, labelBytes: 2, labelPlace: 0, labels: ["coarse_labels"],
    metaNames: ["coarse_label_names.txt", "meta"], classNames: "coarse_label_names",
    training: "train", test: "test")

  static func isNamed(_ name: String) -> Bool { false }

  static func isFolder(_ names: [String]) -> Bool {
    names.contains { $0 == "train.bin" || $0 == "test.bin" }
      || names.contains("meta") && names.contains { $0 == "train" || $0 == "test" }
  }

  static func resembles(_ head: FileHead) -> Bool { fine.resembles(head) }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    var version = fine
    var other = options
    if case .named(let label) = options.label {
      other.label = .auto
      switch label {
      case "fine": break
      case "coarse": version = coarse
      default:
        throw DataError(
          "CIFAR-100 has fine and coarse labels", path: source.path,
          help: "say label=\"fine\" or label=\"coarse\"")
      }
    }
    try refuseTableOptions(other, source.path)
    return try CIFARBatches(version: version, format: name).read(source)
  }
}
