import Interpreter
import LinearAlgebra
import Record
import SVMEngine

extension EvaluationReport: StorableObject {
  static let storedKind = "evaluation"

  func store(into writer: ByteWriter) {
    writer.add(evaluation.accuracy)
    writer.add(evaluation.confusion)
    writer.add(evaluation.perClass.precision)
    writer.add(evaluation.perClass.recall)
    writer.add(evaluation.perClass.f1)
    writer.add(optional: evaluation.rocArea) { writer.add($0) }
    writer.add(optional: evaluation.averagePrecision) { writer.add($0) }
    writer.add(classes)
    writer.add(counts)
  }

  init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    evaluation = Evaluation(
      accuracy: try bytes.double(), confusion: try bytes.matrix(),
      perClass: Metrics.ClassScores(
        precision: try bytes.doubles(), recall: try bytes.doubles(), f1: try bytes.doubles()),
      rocArea: try bytes.optional { try bytes.double() },
      averagePrecision: try bytes.optional { try bytes.double() })
    classes = try bytes.texts()
    counts = try bytes.ints()
    let sizes = [
      evaluation.confusion.rows, evaluation.confusion.columns, evaluation.perClass.precision.count,
      evaluation.perClass.recall.count, evaluation.perClass.f1.count, counts.count,
    ]
    guard sizes.allSatisfy({ $0 == classes.count }),
      evaluation.confusion.entries.allSatisfy({ $0 >= 0 && $0 < 0x1p53 }),
      counts.allSatisfy({ $0 >= 0 && $0 < 1 << 52 })
    else { throw DamagedBytes("the parts of an evaluation don't fit together") }
  }
}

extension GradcheckReport: StorableObject {
  static let storedKind = "gradient check"

  func store(into writer: ByteWriter) {
    writer.add(each: check.entries) { writer.add($0) }
    writer.add(optional: check.cause) { writer.add($0) }
    writer.add(classes)
    writer.add(isTheirs)
    writer.add(optional: rowOfB) { writer.add($0) }
    writer.add(isVector)
    writer.add(layout.rawValue)
    writer.add(optional: callText) { writer.add($0) }
  }

  init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    check = GradientCheck(
      entries: try bytes.each { try bytes.checkedEntry() },
      cause: try bytes.optional { try bytes.text() })
    classes = try bytes.texts()
    isTheirs = try bytes.flag()
    rowOfB = try bytes.optional { try bytes.int() }
    isVector = try bytes.flag()
    layout = try bytes.layout()
    callText = try bytes.optional { try bytes.text() }
  }
}

extension ByteWriter {
  fileprivate func add(_ entry: GradientCheck.Entry) {
    add(entry.row)
    add(entry.column)
    add(entry.numerical)
    add(entry.analytic)
    add(entry.relativeError)
    switch entry.verdict {
    case .ok: add(0 as UInt8)
    case .kink(let kink):
      add(1 as UInt8)
      add(kink.sample)
      add(kink.column)
    case .roundOff: add(2 as UInt8)
    case .longStep: add(3 as UInt8)
    case .wrong: add(4 as UInt8)
    }
    add(entry.slack)
  }
}

extension ByteReader {
  fileprivate func checkedEntry() throws -> GradientCheck.Entry {
    GradientCheck.Entry(
      row: try int(in: 0...Int.max), column: try int(in: 0...Int.max), numerical: try double(),
      analytic: try double(), relativeError: try double(), verdict: try verdict(),
      slack: try double())
  }

  private func verdict() throws -> GradientCheck.Verdict {
    switch try byte() {
    case 0: return .ok
    case 1:
      return .kink(
        KinkFinder.Kink(sample: try int(in: 0...Int.max), column: try int(in: 0...Int.max)))
    case 2: return .roundOff
    case 3: return .longStep
    case 4: return .wrong
    default: throw DamagedBytes("the verdict on a gradient is unknown")
    }
  }

  /// A layout.
  func layout() throws -> Layout {
    guard let layout = Layout(rawValue: try text()) else {
      throw DamagedBytes("a layout is unknown")
    }
    return layout
  }
}
