import Datasets
import Interpreter
import Text

extension Split: ObjectValue {
  public var typeName: String { "split" }
  /// The number of rows of each part.
  public var shapeText: String {
    parts.map { "\($0.name) \($0.data.count)" }.joined(separator: ", ")
  }
  /// The bytes of the storages; one that parts share counts once.
  public var memoryBytes: Int {
    var seen: [ObjectIdentifier] = []
    var total = 0
    for (_, part) in parts {
      let storage = ObjectIdentifier(part.features.storage)
      if !seen.contains(storage) { total += part.memoryBytes }
      seen.append(storage)
    }
    return total
  }
  /// The parts, and the fields that do not depend on the rows.
  public var fieldNames: [String] { partNames + Self.sharedFields }

  private static let sharedFields = ["d", "k", "classes", "columns", "image_shape", "mean"]

  static func outline(_ parts: [String]) -> Outline {
    Outline(
      "split", fields: parts + sharedFields,
      parts: Dictionary(uniqueKeysWithValues: parts.map { ($0, Dataset.outline) }))
  }
  /// The parts.
  public var objectFieldNames: [String] { partNames }

  /// A part, or the field of the train part.
  public func field(_ name: String) throws -> Value {
    part(name).map { .object($0) } ?? train.sharedField(name)
  }

  /// A line for each part.
  public func report(on display: Display) -> Report {
    var table = TextTable([.init("", .left), .init(""), .init("", .left)])
    for (name, data) in parts {
      table.add([name, Quantity.count(data.count, "row"), data.classCountText])
    }
    var text = Report(
      "split: \(Quantity.count(train.features.columns, "feature")), "
        + "\(Quantity.count(train.classCount, "class", plural: "classes")); \(train.storageText)")
    text.append(table, indent: 2)
    return text
  }

  /// The existing parts with their names.
  var parts: [(name: String, data: Dataset)] {
    partNames.compactMap { name in part(name).map { (name, $0) } }
  }
}
