import Interpreter
import Record
import SVMEngine

extension TuningTable: StorableObject {
  static let storedKind = "table"

  func store(into writer: ByteWriter) throws {
    writer.add(each: result.members) { writer.add($0) }
    writer.add(optional: result.best) { writer.add($0) }
    try writer.add(optional: result.model) { try $0.store(into: writer) }
    try writer.add(optional: result.state) { try writer.add($0) }
    try writer.add(each: varied) { option in
      writer.add(option.name)
      try writer.add(each: option.values) { try writer.add($0) }
      try writer.add(each: option.choices) { try writer.add($0) }
    }
  }

  init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    result = Tuning.Result(
      members: try bytes.each { try bytes.member() },
      best: try bytes.optional { try bytes.int() },
      model: try bytes.optional { try LinearClassifier(from: reader) },
      state: try bytes.optional { try TuningState(from: reader) })
    varied = try bytes.each {
      Varied(
        name: try bytes.text(), values: try bytes.each { try reader.value() },
        choices: try bytes.each { try reader.value() })
    }
    guard result.best.map({ result.members.indices.contains($0) }) ?? true,
      result.state.map({ $0.options.count == result.members.count }) ?? true,
      varied.allSatisfy({ $0.values.count == result.members.count })
    else { throw DamagedBytes("the columns of a table have different lengths") }
  }
}

extension ByteWriter {
  fileprivate func add(_ member: Tuning.Member) {
    add(member.options)
    add(optional: member.divergence) { add($0) }
    add(optional: member.validationAccuracy) { add($0) }
    add(optional: member.trainingAccuracy) { add($0) }
    add(optional: member.loss) { add($0) }
    add(member.iterations)
  }

  func add(_ divergence: Diverged) {
    add(divergence.iteration)
    add(optional: divergence.lastFinite) {
      add($0.iteration)
      add($0.loss)
    }
    switch divergence.reason {
    case .penalty(let warning):
      add(0 as UInt8)
      add(warning.rate)
      add(warning.l2Coefficient)
      add(warning.bound)
      add(warning.shrinkageText)
    case .data(let row, let column):
      add(1 as UInt8)
      add(row)
      add(column)
    case .initialWeights: add(2 as UInt8)
    case .step(let hasRate):
      add(3 as UInt8)
      add(hasRate)
    }
  }
}

extension ByteReader {
  fileprivate func member() throws -> Tuning.Member {
    Tuning.Member(
      options: try trainingOptions(), divergence: try optional { try divergence() },
      validationAccuracy: try optional { try double() },
      trainingAccuracy: try optional { try double() }, loss: try optional { try double() },
      iterations: try int(in: 0...Int.max))
  }

  func divergence() throws -> Diverged {
    let iteration = try int()
    let lastFinite = try optional { (iteration: try int(), loss: try double()) }
    let reason: Diverged.Reason
    switch try byte() {
    case 0:
      reason = .penalty(
        DivergenceWarning(
          rate: try double(), l2Coefficient: try double(), bound: try double(),
          shrinkageText: try text()))
    case 1: reason = .data(row: try int(), column: try int())
    case 2: reason = .initialWeights
    case 3: reason = .step(hasRate: try flag())
    default: throw DamagedBytes("the reason of a divergence is unknown")
    }
    return Diverged(iteration: iteration, lastFinite: lastFinite, reason: reason)
  }
}
