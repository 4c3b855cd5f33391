import Datasets
import Interpreter
import Record
import SVMEngine

extension Dataset: StorableObject {
  public static var storedKind: String { "dataset" }

  public func store(into writer: ByteWriter) throws {
    try writer.add(features)
    writer.add(labels)
    writer.add(classes)
    writer.add(optional: imageShape) { writer.add($0) }
    writer.add(optional: columns) { writer.add($0) }
    writer.add(name)
  }

  /// A dataset that was stored.
  public init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    let features = try bytes.features()
    let (labels, classes) = (try bytes.ints(), try bytes.texts())
    let imageShape = try bytes.optional { try bytes.ints() }
    let columns = try bytes.optional { try bytes.texts() }
    if let imageShape, Self.pixels(of: imageShape) != features.rawColumns {
      throw DamagedBytes("the pictures of a dataset have another size than its rows")
    }
    do {
      try self.init(
        features: features, labels: labels, classes: classes, imageShape: imageShape,
        columns: columns, name: bytes.text())
    } catch let error as DataError {
      throw DamagedBytes(error.message)
    }
  }

  /// The number of values of a picture; nil where the shape is none.
  private static func pixels(of shape: [Int]) -> Int? {
    shape.reduce(1) { product, side -> Int? in
      guard let product, side > 0 else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: side)
      return overflow ? nil : next
    }
  }
}

extension Split: StorableObject {
  public static var storedKind: String { "split" }

  public func store(into writer: ByteWriter) throws {
    try train.store(into: writer)
    for part in [val, dev, test] {
      try writer.add(optional: part) { try $0.store(into: writer) }
    }
  }

  /// A split that was stored.
  public init(from reader: ValueReader) throws {
    let train = try Dataset(from: reader)
    func part() throws -> Dataset? { try reader.bytes.optional { try Dataset(from: reader) } }
    self.init(train: train, val: try part(), dev: try part(), test: try part())
  }
}

extension ByteWriter {
  /// Adds the data that a model learned from.
  func add(_ data: TrainingData) throws {
    try add(data.features)
    add(data.labels)
    add(data.classes)
    add(optional: data.columns) { add($0) }
  }
}

extension ByteReader {
  /// The data that a model learned from.
  func trainingData() throws -> TrainingData {
    let data = TrainingData(
      features: try features(), labels: try ints(), classes: try texts(),
      columns: try optional { try texts() })
    guard data.labels.count == data.features.rows,
      data.labels.allSatisfy({ data.classes.indices.contains($0) })
    else { throw DamagedBytes("the labels of the training data don't fit") }
    return data
  }
}
