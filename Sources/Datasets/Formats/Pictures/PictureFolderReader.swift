import LinearAlgebra
import Text

/// A folder of PNG and JPEG pictures, in a folder for each class: itself, or one for each part.
///
/// Gray pictures have one channel where all are gray, else three. All must have one size, or are
/// resized to that of `size=`.
enum PictureFolderReader: DataReader {
  static let name = "images"
  static let summary = "PNG and JPEG pictures, in a folder for each class"
  static let endings = PictureHeader.endings

  /// Names of parts.
  private static let parts = [
    "train": ["train", "training"], "test": ["test", "testing"],
    "val": ["val", "valid", "validation"],
  ]

  static func hasMagic(_ head: FileHead) -> Bool {
    head.bytes.withUnsafeBufferPointer { PictureHeader.isPNG($0) || PictureHeader.isJPEG($0) }
  }

  static func isFolder(_ source: DataSource) throws -> Bool {
    var looks = 1000
    return try holdsPictures(source, depth: 0, &looks)
  }

  /// Whether pictures lie in a folder, or in one that is in it; as far as so many looks at folders
  /// tell. What can't be read is none.
  private static func holdsPictures(
    _ folder: DataSource, depth: Int, _ looks: inout Int
  ) throws -> Bool {
    if folder.entryNames.contains(where: PictureHeader.isNamed) { return true }
    looks -= 1
    guard depth < 4, looks > 0 else { return false }
    for name in folder.entryNames {
      try Interruption.check()
      do {
        if let entry = try folder.entry(name), entry.isFolder,
          try holdsPictures(entry, depth: depth + 1, &looks)
        {
          return true
        }
      } catch is DataError {}
    }
    return false
  }

  static func read(_ source: DataSource, _ options: LoadOptions) throws -> Loaded {
    try refuseTableOptions(options, source.path)
    guard source.isFolder else {
      throw DataError(
        "is one picture, and a folder of them is read", path: source.path,
        help: "put the pictures of each class into a folder of its name, and load theirs")
    }
    var found: [String: [String: [DataSource]]] = [:]
    for (part, names) in parts {
      for name in source.entryNames where names.contains(name.lowercased()) {
        guard let folder = try source.entry(name), folder.isFolder else { continue }
        let classes = try classes(in: folder)
        guard !classes.isEmpty else { continue }
        if found[part] != nil {
          throw DataError("holds two folders for \(part)", path: source.path)
        }
        found[part] = classes
      }
    }
    // Without a part to train on, "test" is the name of a class.
    if found["train"] == nil { found = ["train": try classes(in: source)] }
    let names = try Dataset.orderedClasses(found.values.flatMap(\.keys))
    guard !names.isEmpty else {
      throw DataError(
        "the folder holds no folders of PNG or JPEG pictures", path: source.path,
        help: "put the pictures of each class into a folder of its name")
    }
    let order = ["train", "val", "test"].filter { found[$0] != nil }
    let samples = order.map { part in
      names.enumerated().flatMap { label, name in
        (found[part]?[name] ?? []).map { (label: label, source: $0) }
      }
    }
    let pictures = try Pictures(samples.flatMap { $0.map(\.source) }, size: options.pictureSize)
    var start = 0
    var datasets: [String: Dataset] = [:]
    for (part, own) in zip(order, samples) {
      let range = start..<start + own.count
      datasets[part] = try Dataset(
        features: try pictures.features(range), labels: own.map(\.label), classes: names,
        imageShape: pictures.shape, name: source.dataName)
      start = range.upperBound
    }
    guard let train = datasets["train"] else {
      throw DataError("the folder is empty", path: source.path)
    }
    guard datasets.count > 1 else { return .dataset(train) }
    return .split(Split(train: train, val: datasets["val"], test: datasets["test"]))
  }

  /// The pictures in each folder of a folder, by its name.
  private static func classes(in folder: DataSource) throws -> [String: [DataSource]] {
    var classes: [String: [DataSource]] = [:]
    for name in folder.entryNames where !name.hasPrefix(".") {
      try Interruption.check()
      // A file beside the folders needs no look.
      if PictureHeader.isNamed(name) {
        throw DataError(
          "the picture \(Escaping.excerpt(name)) lies beside the folders, and has no class",
          path: folder.path, help: "put the pictures of each class into a folder of its name")
      }
      guard let entry = try folder.entry(name), entry.isFolder, !leadsBack(entry, from: folder)
      else { continue }
      let pictures = try pictures(in: entry, depth: 0)
      if !pictures.isEmpty { classes[name] = pictures }
    }
    return classes
  }

  /// The pictures in a folder and those in it, in the order of their names.
  private static func pictures(in folder: DataSource, depth: Int) throws -> [DataSource] {
    var pictures: [DataSource] = []
    for (i, name) in folder.entryNames.enumerated() where !name.hasPrefix(".") {
      if i % 64 == 0 { try Interruption.check() }
      let isPicture = PictureHeader.isNamed(name)
      guard isPicture || depth < 8 && !name.contains(".") else { continue }
      guard let entry = try folder.entry(name) else {
        guard isPicture else { continue }
        throw DataError("is a link to a file that is not there", path: "\(folder.path)/\(name)")
      }
      if entry.isFolder {
        guard !leadsBack(entry, from: folder) else { continue }
        pictures += try self.pictures(in: entry, depth: depth + 1)
      } else if isPicture {
        pictures.append(entry)
      }
    }
    return pictures
  }

  /// Whether a folder's entry is a link to itself or to one that it lies in, whose pictures would
  /// be read again and again.
  private static func leadsBack(_ entry: DataSource, from folder: DataSource) -> Bool {
    guard let inner = entry.realPath, let outer = folder.realPath else { return false }
    return "\(outer)/".hasPrefix(inner == "/" ? inner : "\(inner)/")
  }
}

/// Pictures of one size, or that are brought to one.
private struct Pictures {
  private let files: [PictureFile]
  /// Height, width and channels.
  let shape: [Int]

  /// Reads the headers of all files, on all cores.
  init(_ sources: [DataSource], size: (height: Int, width: Int)?) throws {
    files = try Parallel.map(sources.count) { i in
      try Interruption.check()
      return try PictureFile(sources[i])
    }
    guard let first = files.first?.header else {
      throw DataError("the folder holds no pictures")
    }
    let (height, width) = size ?? (first.height, first.width)
    if size == nil,
      let other = files.first(where: { $0.header.height != height || $0.header.width != width })
    {
      throw DataError(
        "this picture has \(other.header.height) × \(other.header.width) pixels, and the first one"
          + " has \(height) × \(width)", path: other.source.path,
        help: "say size=32, or size=[\(height), \(width)], to bring all to one size")
    }
    shape = [height, width, files.contains { $0.header.isColor } ? 3 : 1]
  }

  /// The pictures of a range, decoded on all cores.
  func features(_ range: Range<Int>) throws -> Features {
    let (height, width, channels) = (shape[0], shape[1], shape[2])
    let columns = height * width * channels
    return Features(
      try ByteMatrix(mostRows: range.count, columns: columns) { target in
        guard let base = target.baseAddress else { return 0 }
        let place = UncheckedSendable(base)
        try Parallel.forEach(range.count) { i in
          try Interruption.check()
          let file = files[range.lowerBound + i]
          let own = place.value + i * columns
          let old = (file.header.height, file.header.width)
          if old == (height, width) { return try file.decode(into: own, channels: channels) }
          let whole = try FileBytes(capacity: old.0 * old.1 * channels)
          try file.decode(into: whole.pointer, channels: channels)
          try PictureResizing(from: old, to: (height, width), channels: channels)
            .resize(whole.pointer, into: own)
          withExtendedLifetime(whole) {}
        }
        return range.count
      })
  }
}
