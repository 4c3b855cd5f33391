import Interpreter
import Record
import SVMEngine

extension ExplanationReport: StorableObject {
  static let storedKind = "explanation"

  func store(into writer: ByteWriter) {
    writer.add(explanation)
    writer.add(sample)
    writer.add(classes)
    writer.add(objective.choice)
    writer.add(optional: featureNames) { writer.add($0) }
    writer.add(hasBiasRow)
    writer.add(layout.rawValue)
    writer.add(optional: geometry) { writer.add($0) }
  }

  init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    explanation = try bytes.explanation()
    sample = try bytes.int(in: 0...Int.max)
    classes = try bytes.texts()
    do {
      // The numbers of a model are those of its solver and schedule, too.
      objective = try bytes.namedObjective().made(
        alsoTaken: SolverCatalog.catalog.entries.flatMap(\.options)
          + ScheduleCatalog.catalog.entries.flatMap(\.options))
    } catch let error as EngineError {
      throw DamagedBytes(error.message)
    }
    featureNames = try bytes.optional { try bytes.texts() }
    hasBiasRow = try bytes.flag()
    layout = try bytes.layout()
    geometry = try bytes.optional { try bytes.marginGeometry() }
    let columns = explanation.scores.count
    guard columns == classes.count || columns == 1,
      explanation.subgradient.count == columns, classes.indices.contains(explanation.label),
      classes.indices.contains(explanation.prediction),
      explanation.terms.allSatisfy({ (0..<columns).contains($0.column) }),
      featureNames.map({ $0.count <= explanation.features.count }) ?? true,
      objective.loss.structure?.costs.map({ $0.rows == classes.count && $0.columns == columns })
        ?? true
    else { throw DamagedBytes("the parts of an explanation don't fit together") }
  }
}

extension ByteWriter {
  fileprivate func add(_ explanation: Explanation) {
    add(explanation.scores)
    add(explanation.label)
    add(explanation.prediction)
    add(each: explanation.terms) {
      add($0.column)
      add($0.margin)
      add($0.value)
      add($0.derivative)
    }
    add(optional: explanation.delta) { add($0) }
    add(explanation.count)
    add(explanation.classWeight)
    add(explanation.loss)
    add(explanation.subgradient)
    add(explanation.features)
  }

  fileprivate func add(_ geometry: MarginGeometry) {
    add(geometry.delta)
    add(geometry.norm)
    add(geometry.count)
    add(geometry.slackCount)
    add(geometry.wrongCount)
    add(geometry.edgeCount)
  }
}

extension ByteReader {
  fileprivate func explanation() throws -> Explanation {
    Explanation(
      scores: try doubles(), label: try int(), prediction: try int(),
      terms: try each {
        LossTerm(
          column: try int(), margin: try double(), value: try double(), derivative: try double())
      }, delta: try optional { try double() }, count: try int(), classWeight: try double(),
      loss: try double(), subgradient: try doubles(), features: try doubles())
  }

  fileprivate func marginGeometry() throws -> MarginGeometry {
    MarginGeometry(
      delta: try double(), norm: try double(), count: try int(), slackCount: try int(),
      wrongCount: try int(), edgeCount: try int())
  }
}
