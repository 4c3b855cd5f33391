import Interpreter
import Record
import SVMEngine

extension ByteWriter {
  /// Adds how far a search has come.
  func add(_ state: TuningState) throws {
    try add(state.data)
    add(each: state.options) { add($0) }
    try add(each: state.runs) { run in
      switch run {
      case .waiting: add(0 as UInt8)
      case .model(let model):
        add(1 as UInt8)
        try model.store(into: self)
      case .diverged(let reason):
        add(2 as UInt8)
        add(reason)
      }
    }
    switch state.choice {
    case .validation(let data):
      add(true)
      try add(data)
    case .folds(let folds):
      add(false)
      add(folds.count)
      add(folds.finished)
      add(each: folds.sums) { sums in
        for number in [sums.validation, sums.training, sums.loss] { add(number) }
        add(sums.iterations)
        add(optional: sums.divergence) { add($0) }
      }
      try add(optional: folds.final) { try $0.store(into: self) }
    }
  }
}

extension TuningState {
  /// The state that was stored.
  init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    let data = try bytes.trainingData()
    let options = try bytes.each { try bytes.trainingOptions() }
    let runs = try bytes.each {
      switch try bytes.byte() {
      case 0: Run.waiting
      case 1: Run.model(try LinearClassifier(from: reader))
      case 2: Run.diverged(try bytes.divergence())
      default: throw DamagedBytes("how far a run has come is unknown")
      }
    }
    let choice =
      try bytes.flag()
      ? Choice.validation(try bytes.trainingData()) : .folds(try Folds(from: reader))
    if case .folds(let folds) = choice, folds.sums.count != options.count {
      throw DamagedBytes("the folds of a search have other members than it")
    }
    guard runs.count == options.count else {
      throw DamagedBytes("the runs of a search are more or fewer than its options")
    }
    self.init(data: data, options: options, choice: choice, runs: runs)
  }

  /// The memory of the models, in bytes.
  var memoryBytes: Int {
    runs.reduce(0) { if case .model(let model) = $1 { $0 + model.memoryBytes } else { $0 } }
  }
}

extension TuningState.Folds {
  fileprivate init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    let count = try bytes.int(in: 2...Int.max)
    let finished = try bytes.int(in: 0...count)
    let sums = try bytes.each {
      var sums = TuningState.FoldSums()
      sums.validation = try bytes.double()
      sums.training = try bytes.double()
      sums.loss = try bytes.double()
      sums.iterations = try bytes.int(in: 0...Int.max)
      sums.divergence = try bytes.optional { try bytes.divergence() }
      return sums
    }
    self.init(
      count: count, finished: finished, sums: sums,
      final: try bytes.optional { try LinearClassifier(from: reader) })
  }
}
