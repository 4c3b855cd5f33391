import Datasets
import Interpreter
import Language
import LinearAlgebra
import Text
import SVMEngine

extension Dataset: ObjectValue {
  public var typeName: String { "dataset" }
  /// N×D.
  public var shapeText: String { "\(count)×\(features.columns)" }
  /// D×N where samples are columns.
  public func shapeText(on display: Display) -> String {
    display.layout.shapeText(rows: count, columns: features.columns)
  }
  /// The bytes of its storage, which datasets made from it may share and count too.
  public var memoryBytes: Int { features.memoryBytes }
  /// The data, their sizes, then everything else.
  public var fieldNames: [String] { Self.outline.fieldNames }

  static let outline = Outline(
    "dataset", fields: ["X", "y", "n", "d", "k", "classes", "columns", "image_shape", "mean"])

  public func field(_ name: String) throws -> Value {
    switch name {
    case "X": .array(NumericArray(try features.matrix()))
    case "y": .vector(labels.map { Double($0) })
    case "n": .number(Double(count))
    default: sharedField(name)
    }
  }

  /// X is D×N where the layout is columns.
  public func field(_ name: String, in session: Session) throws -> Value {
    guard name == "X", session.layout == .columns else { return try field(name) }
    return .array(NumericArray(session.layout.convert(try features.matrix())))
  }

  /// The value of a field that does not depend on the rows; splits have these too.
  func sharedField(_ name: String) -> Value {
    switch name {
    case "d": .number(Double(features.columns))
    case "k": .number(Double(classCount))
    case "classes": Self.classValues(classes)
    case "columns": featureNames.map { .list($0.map { .string($0) }) } ?? .none
    case "image_shape": imageShape.map { .vector($0.map { Double($0) }) } ?? .none
    case "mean": features.preparation.mean.map { .vector($0) } ?? .none
    default: .none
    }
  }

  /// A dataset of the selected rows.
  public func rows(_ selection: RowSelection) throws -> Value {
    switch selection {
    case .one(let row): .object(try selecting([row]))
    case .many(let rows): .object(try selecting(rows))
    }
  }

  /// X is not made, since it may be larger than the memory.
  public func describedField(_ name: String, on display: Display) -> DescribedField {
    guard name == "X" else { return .value((try? field(name)) ?? .none) }
    let shape = [count, features.columns]
    return .dear(type: "matrix", shape: display.samplesAreColumns ? shape.reversed() : shape)
  }

  /// One line.
  public func report(on display: Display) -> Report {
    Report("dataset \(Escaping.visible(name)): \(sizeText(on: display))")
  }

  /// `850 rows × 3073 features, 10 classes`; where samples are columns,
  /// `3073 features × 850 columns, 10 classes`.
  func sizeText(on display: Display) -> String {
    let features = Quantity.count(features.columns, "feature")
    let shape =
      display.samplesAreColumns
      ? "\(features) × \(Quantity.count(count, "column"))"
      : "\(Quantity.count(count, "row")) × \(features)"
    return "\(shape), \(Quantity.count(classCount, "class", plural: "classes"))"
  }

  /// `cat: 85, dog: 84, …`, or `100 each of cat, dog, …`.
  var classCountText: String {
    let counts = classCounts
    if counts.count > 1, let first = counts.first, counts.allSatisfy({ $0 == first }) {
      return "\(NumberText.grouped(first)) each of \(NameList.text(classes, atMost: 12))"
    }
    let texts = zip(classes, counts).map { "\(Escaping.visible($0)): \(NumberText.grouped($1))" }
    return NameList.text(texts, atMost: 12)
  }

  /// The storage format and size, and how features are prepared as they are read.
  var storageText: String {
    let preparation = features.preparation
    var steps: [String] = []
    if preparation.mean != nil && preparation.scale == nil { steps.append("centered") }
    if preparation.scale != nil { steps.append("shifted and scaled") }
    if preparation.hasBias { steps.append("with a bias column") }
    var form =
      "\(features.storageName), \(Quantity.bytes(features.memoryBytes))"
      + (features.storage.isOnDisk ? " on disk" : "")
    if let selection = preparation.selection {
      form +=
        "; \(NumberText.grouped(selection.columns.count)) of "
        + "\(Quantity.count(selection.rawColumns, "feature")) kept"
    }
    if preparation.fill != nil { form += "; missing values filled in" }
    return steps.isEmpty ? form : "\(form); \(steps.joined(separator: ", ")) as they are read"
  }

  /// A line for labels that are 1 to K: class numbers are one less.
  var labelNotes: [String] {
    guard classCount > 1, classes == (1...classCount).map(String.init) else { return [] }
    return [
      "labels 1 to \(classCount) are numbered from 0: `.y` has the numbers, `.classes` the labels"
    ]
  }

  /// The dataset in the form that the engine trains on.
  var trainingData: TrainingData {
    TrainingData(features: features, labels: labels, classes: classes, columns: columns)
  }

  /// The names of the classes: a vector where all are numbers, else a list.
  static func classValues(_ classes: [String]) -> Value {
    let numbers = classes.compactMap { Double($0) }
    return numbers.count == classes.count
      ? .vector(numbers) : .list(classes.map { .string($0) })
  }
}

extension Dataset: CommandArgument {
  /// A dataset. A split is refused; the help names its parts.
  public init(argument value: Value, card: ParameterCard) throws {
    if case .object(let box) = value {
      if let dataset = box.object as? Dataset {
        self = dataset
        return
      }
      if let split = box.object as? Split {
        throw Failure(
          "'\(card.name)' must be a dataset, not a split",
          help: "name one of its parts: "
            + split.partNames.map { "." + $0 }.joined(separator: " "))
      }
    }
    throw Self.mismatch(value, card)
  }
  public static var typeName: String { "dataset" }
}
