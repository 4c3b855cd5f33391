import LinearAlgebra
@testable import SVMEngine

// Tables of tests name their parts as a command line does.

extension NamedOptions {
  /// What these options minimize on these data.
  func makeObjective(_ data: TrainingData) throws -> Objective {
    try made().objective.objective(of: data)
  }
}

extension Training {
  /// A run of parts that are chosen by name.
  static func run(
    _ data: TrainingData, _ options: NamedOptions, validation: TrainingData? = nil,
    progress: TrainingProgress? = nil,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> LinearClassifier {
    try run(
      data, options.made(), validation: validation, progress: progress,
      isInterrupted: isInterrupted)
  }
}

extension Tuning {
  /// A search among parts that are chosen by name.
  static func run(
    _ data: TrainingData, _ options: [NamedOptions], validation: TrainingData,
    progress: TrainingProgress? = nil,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> Result {
    try run(
      data, options.map { try $0.made() }, validation: validation, progress: progress,
      isInterrupted: isInterrupted)
  }

  /// The same with folds.
  static func run(
    _ data: TrainingData, _ options: [NamedOptions], folds: Int,
    isInterrupted: @escaping () -> Bool = { Interruption.isRequested }
  ) throws -> Result {
    try run(data, options.map { try $0.made() }, folds: folds, isInterrupted: isInterrupted)
  }
}
