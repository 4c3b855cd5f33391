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

    A folder of CIFAR-10's binary batches is loaded as train and test parts. A text file has one \
    sample to a row and the label in its last column, unless `label=` says otherwise; text labels \
    become classes in the order of their code points, numbers in their own. Compressed files are \
    recognized by what is in them.

    Cells of a table are separated by commas, semicolons, tabs, vertical bars or blanks, and \
    decimals may follow a comma where it separates nothing. A column of texts becomes a feature \
    for each text, named `city=Berlin`, which is 1 where it stands. A cell is missing where it is \
    empty, `NA`, `nan`, `?` or `null`: it is kept as nan, with a warning, unless `missing=` says \
    otherwise.
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

  @Operand("The file, the folder, or the name of a bundled dataset.") var path: String
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
  @Option(
    "Whether the data stay on disk and are read as they are needed; left out, where they would "
      + "take more than half of the free memory.") var stream: Bool?

  func run(in session: Session) throws -> Output {
    let watch = Stopwatch()
    let saved = try DataLoader.onDisk(stream, nil) { try SavedFile.load(path, format: format) }
    if let saved { return Output(saved) }
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
    let loaded = try DataLoader.load(path, options)
    for warning in remarks.warnings { session.warn(warning.message, help: warning.help) }
    switch loaded {
    case .dataset(let dataset):
      var text = StyledText("loaded \(Escaping.visible(dataset.name)): \(dataset.sizeText)")
      text.appendLine("  \(dataset.storageText), in ")
      text.append(Quantity.duration(seconds: watch.seconds), .volatile)
      text.appendLine(
        TextLayout.labeled("  ", dataset.classCountText, width: session.display.width))
      for note in remarks.notes { text.appendLine("  \(note)") }
      return Output(.object(dataset), report: text)
    case .split(let split):
      var text = StyledText(
        "loaded \(Escaping.visible(split.train.name)): "
          + split.parts.map { "\($0.name) \(Quantity.count($0.data.count, "row"))" }
          .joined(separator: ", ")
          + " × \(Quantity.count(split.train.features.columns, "feature")), "
          + Quantity.count(split.train.classCount, "class", plural: "classes"))
      text.appendLine(
        "  \(split.train.features.storageName), \(Quantity.bytes(split.memoryBytes))"
          + (split.train.features.storage.isOnDisk ? " on disk, in " : ", in "))
      text.append(Quantity.duration(seconds: watch.seconds), .volatile)
      for (name, part) in split.parts {
        text.appendLine(
          TextLayout.labeled(
            "  \(name): ", part.classCountText,
            width: session.display.width))
      }
      for note in remarks.notes { text.appendLine("  \(note)") }
      return Output(.object(split), report: text)
    case .arrays(let arrays):
      return Output(try ArchiveFormat.value(of: arrays, path: path))
    }
  }
}

extension MissingRule: StringChoice {}
