import Interpreter
import Record
import SVMEngine

extension LinearClassifier: StorableObject {
  public static var storedKind: String { "model" }

  public func store(into writer: ByteWriter) throws {
    writer.add(weights)
    writer.add(bias)
    writer.add(classes)
    writer.add(optional: columns) { writer.add($0) }
    writer.add(options)
    writer.add(preparation)
    history.store(into: writer)
    writer.add(iteration)
    writer.add(optional: bestIteration) { writer.add($0) }
    writer.add(optional: solverState) { writer.add($0) }
    writer.add(optional: stoppingState) { writer.add($0) }
    writer.add(optional: certificate) { writer.add($0) }
    writer.add(ending.rawValue)
    try writer.add(optional: data) { try writer.add($0) }
    try writer.add(optional: validation) { try writer.add($0) }
  }

  /// A model that was stored.
  public init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    let (weights, bias) = (try bytes.matrix(), try bytes.double())
    let (classes, columns) = (try bytes.texts(), try bytes.optional { try bytes.texts() })
    self.init(
      weights: weights, bias: bias, classes: classes, options: try bytes.trainingOptions(),
      preparation: try bytes.preparation())
    self.columns = columns
    history = try History(from: reader)
    iteration = try bytes.int(in: 0...Int.max)
    bestIteration = try bytes.optional { try bytes.int(in: 0...Int.max) }
    solverState = try bytes.optional { try bytes.savedState() }
    stoppingState = try bytes.optional { try bytes.savedState() }
    certificate = try bytes.optional { try bytes.certificate() }
    guard let ending = Ending(rawValue: try bytes.text()) else {
      throw DamagedBytes("the ending of a run is unknown")
    }
    self.ending = ending
    data = try bytes.optional { try bytes.trainingData() }
    validation = try bytes.optional { try bytes.trainingData() }
    guard partsFit else { throw DamagedBytes("the parts of a model don't fit together") }
  }

  /// Whether weights, classes, columns and preparation are of the same numbers.
  private var partsFit: Bool {
    let raw = weights.rows - (preparation.hasBias ? 1 : 0)
    let counts = [
      preparation.mean?.count, preparation.scale?.count, preparation.fill?.count,
      preparation.selection?.columns.count, columns?.count,
    ]
    return raw >= 0 && counts.allSatisfy { $0 ?? raw == raw }
      && (isBinary ? weights.columns == 1 && classes.count == 2 : weights.columns == classes.count)
  }
}

extension ByteWriter {
  fileprivate func add(_ certificate: Certificate) {
    add(optional: certificate.objective) { add($0) }
    add(optional: certificate.gap) { add($0) }
    add(certificate.isConverged)
    add(certificate.isSettled)
    add(certificate.isStuck)
  }
}

extension ByteReader {
  fileprivate func certificate() throws -> Certificate {
    Certificate(
      objective: try optional { try double() }, gap: try optional { try double() },
      isConverged: try flag(), isSettled: try flag(), isStuck: try flag())
  }
}
