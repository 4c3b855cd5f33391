import LinearAlgebra
import Text

/// IDX, the format of MNIST, Fashion-MNIST and EMNIST: a file of pictures and one of labels, whose
/// names differ in a word. A folder has a pair to train on and one to test on.
enum IDXReader: DataReader {
  static let name = "idx"
  static let summary = "MNIST's pairs of pictures and labels, a file or a folder"
  static let endings = ["idx3-ubyte", "idx1-ubyte", "idx"]

  static func hasMagic(_ head: FileHead) -> Bool {
    guard let header = IDXHeader(head.bytes), let data = header.dataBytes else { return false }
    if let size = head.size { return size == header.count + data }
    // Other files may begin with zeros.
    return header.shape.dropFirst().allSatisfy { $0 <= 1 << 16 }
  }

  static func isFolder(_ names: [String]) -> Bool { names.contains { PairName($0) != nil } }

  static func isNamed(_ name: String) -> Bool { PairName(name) != nil }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    try refuseTableOptions(options, source.path)
    return try source.isFolder ? folder(source) : file(source)
  }

  /// What the name of a file of a pair says: "t10k-images-idx3-ubyte.gz" is the pictures of "t10k".
  private struct PairName {
    enum Content {
      case pictures
      case labels
    }

    let content: Content
    /// The beginning of the name, which both files share.
    let stem: String

    var isTest: Bool { stem.contains("t10k") || stem.contains("test") }
    /// The beginning without the part: "emnist-letters-".
    var family: String {
      ["train", "t10k", "test"].reduce(stem) { name, part in
        name.split(separator: part, omittingEmptySubsequences: false).joined()
      }
    }

    init?(_ name: String) {
      let name = Compression.strippedName(name).lowercased()
      guard name.contains("idx") else { return nil }
      for (word, content) in [("images", Content.pictures), ("labels", .labels)] {
        let parts = name.split(separator: word, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].contains("idx") else { continue }
        self.content = content
        stem = String(parts[0])
        return
      }
      return nil
    }
  }

  // MARK: A folder

  private static func folder(_ source: DataSource) throws -> Loaded {
    let named = source.entryNames.compactMap { name in
      PairName(name).map { (name: name, pair: $0) }
    }
    let families = Set(named.map(\.pair.family)).sorted()
    guard let family = families.first else {
      throw DataError("the folder holds no pair of IDX files", path: source.path)
    }
    guard families.count == 1 else {
      throw DataError(
        "the folder holds several sets: \(NameList.text(families.map { "\($0)…" }))",
        path: source.path, help: "load the pictures of one of them, with test= for its test part")
    }
    func part(isTest: Bool) throws -> Dataset? {
      let own = named.filter { $0.pair.family == family && $0.pair.isTest == isTest }
      guard !own.isEmpty else { return nil }
      func only(_ content: PairName.Content, _ what: String) throws -> DataSource {
        let names = own.filter { $0.pair.content == content }.map(\.name)
        guard names.count <= 1 || Set(names.map(Compression.strippedName)).count == 1 else {
          throw DataError(
            "the folder holds two files of \(what): \(NameList.text(names))", path: source.path)
        }
        guard let name = names.first, let entry = try source.entry(name) else {
          throw DataError(
            "the folder holds no \(what) beside \(Escaping.excerpt(own[0].name))",
            path: source.path)
        }
        return entry
      }
      return try dataset(
        pictures: try only(.pictures, "pictures"), labels: try only(.labels, "labels"),
        name: source.dataName)
    }
    let (train, test) = (try part(isTest: false), try part(isTest: true))
    guard let train else {
      guard let test else { throw DataError("the folder is empty", path: source.path) }
      return .dataset(test)
    }
    guard let test else { return .dataset(train) }
    return .split(try Concatenation.split(train: train, test: test, path: source.path))
  }

  // MARK: A file of a pair

  private static func file(_ source: DataSource) throws -> Loaded {
    let isLabels = try IDXFile(source).header.shape.count == 1
    guard let partner = partner(of: source, isLabels: isLabels) else {
      if isLabels {
        return .arrays([
          NamedArray(name: source.dataName, array: try IDXFile(source).array().array())
        ])
      }
      throw DataError(
        "the file of labels is not beside the pictures", path: source.path,
        help: "its name is that of the pictures with \"labels\" for \"images\" and \"idx1\" for"
          + " \"idx3\"; to load a folder, give the folder's name")
    }
    let (pictures, labels) = isLabels ? (partner, source) : (source, partner)
    return .dataset(try dataset(pictures: pictures, labels: labels, name: pictures.dataName))
  }

  /// The other file of a pair, in the same folder.
  private static func partner(of source: DataSource, isLabels: Bool) -> DataSource? {
    let words = [("images", "labels"), ("idx3", "idx1")]
    var name = Compression.strippedName(source.name)
    for (pictures, labels) in words {
      let (old, new) = isLabels ? (labels, pictures) : (pictures, labels)
      name = name.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
    guard name != Compression.strippedName(source.name) else { return nil }
    let marks = [("-idx", ".idx"), (".idx", "-idx")]
    let others = marks.map {
      name.split(separator: $0, omittingEmptySubsequences: false).joined(separator: $1)
    }
    for name in [name] + others {
      for ending in [""] + Compression.endings.map({ "." + $0 }) {
        if let found = source.sibling(name + ending), !found.isFolder { return found }
      }
    }
    return nil
  }

  // MARK: A pair

  private static func dataset(
    pictures: DataSource, labels: DataSource, name: String
  ) throws -> Dataset {
    let (file, numbers) = (try IDXFile(pictures), try IDXFile(labels))
    let shape = file.header.shape
    guard shape.count > 1 else {
      throw DataError("the file has one axis, and pictures have three", path: pictures.path)
    }
    guard numbers.header.shape.count == 1 else {
      throw DataError(
        "the labels have \(numbers.header.shape.count) axes, and need one", path: labels.path)
    }
    guard shape[0] == numbers.header.shape[0] else {
      throw DataError(
        "there are \(shape[0]) pictures and \(numbers.header.shape[0]) labels", path: labels.path)
    }
    let imageShape: [Int]? =
      switch shape.count {
      case 3: [shape[1], shape[2], 1]
      case 4: Array(shape[1...])
      default: nil
      }
    let features = try file.features()
    let values = try numbers.array().array().values
    if values.contains(where: \.isNaN) {
      throw DataError("holds NaN: every label must be there", path: labels.path)
    }
    var texts: [Double: String] = [:]
    let names = try Interruption.map(values.count, costEach: 64) { i in
      if let text = texts[values[i]] { return text }
      let text = NumberText.shortest(values[i] == 0 ? 0 : values[i])
      texts[values[i]] = text
      return text
    }
    pictures.release()
    labels.release()
    return try Dataset(features: features, labelTexts: names, imageShape: imageShape, name: name)
  }
}
