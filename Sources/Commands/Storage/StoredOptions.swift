import LinearAlgebra
import Record
import SVMEngine

// The options of a run, by the names of their parts in the catalogs and the given numbers.

extension ByteWriter {
  /// Adds an objective by its names and numbers.
  func add(_ choice: NamedObjective) {
    add(choice.loss)
    add(optional: choice.reduction) { add($0) }
    add(optional: choice.penalty) { add($0) }
    add(each: choice.numbers.sorted { $0.key < $1.key }) { name, number in
      add(name)
      add(number)
    }
    add(optional: choice.sumWeight) { add($0) }
    add(optional: choice.cost) { add($0) }
    add(choice.classWeights)
    add(choice.regularizesBias)
    add(choice.defaultStrength)
  }

  private func add(_ weights: ClassWeights) {
    switch weights {
    case .none: add(0 as UInt8)
    case .balanced: add(1 as UInt8)
    case .values(let values):
      add(2 as UInt8)
      add(values)
    }
  }

  /// Adds the options of a run.
  func add(_ options: TrainingOptions) {
    add(options.objective.choice)
    add(options.solver.name)
    add(options.schedule.name)
    add(options.learningRate)
    add(optional: options.iterations) { add($0) }
    add(options.batchSize)
    add(options.replaces)
    add(optional: options.batches) { add(each: $0) { add($0) } }
    add(optional: options.initialWeights) {
      switch $0 {
      case .normal(let scale):
        add(false)
        add(scale)
      case .matrix(let matrix):
        add(true)
        add(matrix)
      }
    }
    add(optional: options.tolerance) { add($0) }
    add(optional: options.validationEvery) { add($0) }
    add(optional: options.patience) { add($0) }
    add(options.precision == .single)
    add(options.seed)
  }
}

extension ByteReader {
  /// The names and numbers of an objective.
  func namedObjective() throws -> NamedObjective {
    var choice = NamedObjective()
    choice.loss = try text()
    choice.reduction = try optional { try text() }
    choice.penalty = try optional { try text() }
    choice.numbers = Dictionary(try each { (try text(), try double()) }) { $1 }
    choice.sumWeight = try optional { try double() }
    choice.cost = try optional { try matrix() }
    switch try byte() {
    case 0: choice.classWeights = .none
    case 1: choice.classWeights = .balanced
    case 2: choice.classWeights = .values(try doubles())
    default: throw DamagedBytes("the weights of the classes are unknown")
    }
    choice.regularizesBias = try flag()
    choice.defaultStrength = try double()
    return choice
  }

  /// The options of a run.
  ///
  /// - Throws: `DamagedBytes` also where this version has no part of that name.
  func trainingOptions() throws -> TrainingOptions {
    var named = NamedOptions()
    named.objective = try namedObjective()
    named.solver = try text()
    named.schedule = try text()
    named.learningRate = try double()
    named.iterations = try optional { try int() }
    named.batchSize = try int()
    named.replaces = try flag()
    named.batches = try optional { try each { try ints() } }
    named.initialWeights = try optional {
      try flag() ? .matrix(try matrix()) : .normal(try double())
    }
    named.tolerance = try optional { try double() }
    named.validationEvery = try optional { try int() }
    named.patience = try optional { try int() }
    named.precision = try flag() ? .single : .double
    named.seed = try bits()
    do {
      return try named.made()
    } catch let error as EngineError {
      throw DamagedBytes(error.message)
    }
  }
}
