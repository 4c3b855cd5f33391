import Datasets
import Interpreter
import Language
import LinearAlgebra
import Text
import SVMEngine

/// `load "PATH"`.
struct LoadCommand: Command {
  static let name = "load"
  static let summary = "Read a dataset, a saved model, or a matrix."
  static let discussion = """
    A name without a path that is no file is a bundled dataset: \
    \(Bundled.names.joined(separator: " ")).

    What a file is, its content says, and the report; `format=` overrides it. CIFAR's, MNIST's and \
    folders of pictures are loaded with their train and test parts, compressed files and archives \
    as they were downloaded. `-` is what comes through a pipe. `help files` has all formats.

    A table has one sample to a row and the label in its last column, unless `label=` says \
    otherwise; text labels become classes in the order of their code points, numbers in their own. \
    Cells are separated by commas, semicolons, tabs, vertical bars or blanks, and decimals may \
    follow a comma where it separates nothing. A column of texts becomes a feature for each text, \
    named `city=Berlin`, which is 1 where it stands. A cell is missing where it is empty, `NA`, \
    `nan`, `?` or `null`: it is kept as nan, with a warning, unless `missing=` says otherwise.
    """
  static let examples: [Example] = [
    """
    load "iris"
    → loaded iris: 150 rows × 4 features, 3 classes…
    """,
    """
    images = load "patches10"
    print images.train.n images.test.n
    → 1000 250
    """,
  ]
  static let group = CommandGroup.data

  @Operand("The file, the folder, the name of a bundled dataset, or - for a pipe.") var path: String
  @Option("What the file is; auto looks at it.", choices: ["auto"] + DataLoader.formats)
  var format = "auto"
  @Option(
    "The column of the labels of a text file: auto, first, last, none, or its name in quotes.")
  var label = LabelArgument(column: .auto)
  @Option("Whether the first row of a text file names the columns.")
  var header = HeaderArgument(isPresent: nil)
  @Option(
    "The size that pictures are brought to: of both sides, or height and width.", .atLeastOne)
  var size: [Int]?
  @Option("What becomes of missing values; drop leaves their rows out.")
  var missing = MissingRule.keep
  @Option("Columns of a text file that are not read, by name, or by number from 0.")
  var drop = ColumnsArgument([])
  @Option("A second file, which becomes the test part.") var test: String?
  @Option("The checksum that the file must have, in hexadecimal digits.") var sha256: String?
  @Option(
    "Whether the data stay on disk and are read as they are needed; left out, where they would "
      + "take more than half of the free memory.") var stream: Bool?

  /// An option that is given and means nothing for a saved model; nil where there is none.
  private var optionOfData: String? {
    if label.column != .auto { return "label" }
    if header.isPresent != nil { return "header" }
    if size != nil { return "size" }
    if missing != .keep { return "missing" }
    if !drop.references.isEmpty { return "drop" }
    return test == nil ? nil : "test"
  }

  func run(in session: Session) throws -> Output {
    if path == "-" || test == "-" { session.noteUnrepeatable("it was read from a pipe") }
    if let sha256 { try DataChecksum.require(sha256, of: path) }
    let watch = Stopwatch()
    let saved = try DataLoader.onDisk(stream) { try SavedFile.load(path, format: format) }
    if let saved {
      if let option = optionOfData {
        throw Failure(
          "'\(option)' is for data, and this is \(article(saved.typeName))", parameter: option)
      }
      return Output(saved)
    }
    if session.standardInputIsTaken, path == "-" || test == "-" {
      throw Failure(
        "statements come through the standard input, and no data can", parameter: "path")
    }
    var options = LoadOptions()
    options.format = format == "auto" ? nil : format
    options.label = label.column
    options.header = header.isPresent
    if let size {
      guard size.count <= 2, let height = size.first, let width = size.last, height <= 1 << 14,
        width <= 1 << 14
      else {
        throw Failure(
          "size= is one number, or height and width, of 16384 at most", parameter: "size")
      }
      options.pictureSize = (height, width)
    }
    options.missing = missing
    options.drop = drop.references
    options.testPath = test
    options.stream = stream
    let remarks = LoadRemarks()
    options.remarks = remarks
    let (loaded, kind) = try session.progressing(reading: [path, test].compactMap { $0 }) {
      try DataLoader.read(path, options)
    }
    for warning in remarks.warnings { session.warn(warning.message, help: warning.help) }
    switch loaded {
    case .dataset(let dataset):
      var text = StyledText(
        "loaded \(Escaping.visible(dataset.name)): \(dataset.sizeText(on: session.display))")
      text.appendLine("  read as \(kind): \(dataset.storageText), in ")
      text.append(Quantity.duration(seconds: watch.seconds), .volatile)
      text.appendLine(
        TextLayout.labeled("  ", dataset.classCountText, width: session.display.width))
      for note in remarks.notes + dataset.labelNotes { text.appendLine("  \(note)") }
      return Output(.object(dataset), report: text)
    case .split(let split):
      try DataWarnings.warn(of: split, in: session)
      var text = StyledText(
        "loaded \(Escaping.visible(split.train.name)): "
          + split.parts.map { "\($0.name) \(Quantity.count($0.data.count, "row"))" }
          .joined(separator: ", ")
          + " × \(Quantity.count(split.train.features.columns, "feature")), "
          + Quantity.count(split.train.classCount, "class", plural: "classes"))
      let storage = split.train.features.storageName
      let size = Quantity.bytes(split.memoryBytes)
      let place = split.train.features.storage.isOnDisk ? " on disk" : ""
      text.appendLine("  read as \(kind): \(storage), \(size)\(place), in ")
      text.append(Quantity.duration(seconds: watch.seconds), .volatile)
      for (name, part) in split.parts {
        text.appendLine(
          TextLayout.labeled(
            "  \(name): ", part.classCountText,
            width: session.display.width))
      }
      for note in remarks.notes + split.train.labelNotes { text.appendLine("  \(note)") }
      return Output(.object(split), report: text)
    case .arrays(let arrays):
      return Output(try ArchiveFormat.value(of: arrays, path: path))
    }
  }
}

extension MissingRule: StringChoice {}
