/// The options of a run with parts chosen by name, as in command lines and files.
@dynamicMemberLookup
package struct NamedOptions: Sendable {
  /// Loss, reduction and penalty. Its `numbers` also hold the options of solver and schedule.
  package var objective = NamedObjective()
  /// A name of `SolverCatalog`.
  package var solver = "sgd"
  /// A name of `ScheduleCatalog`.
  package var schedule = "constant"
  /// All other options.
  private var others = TrainingOptions()

  /// The defaults of a run, with λ = 1e-5 where none is given.
  package init() { objective.defaultStrength = 1e-5 }

  /// The other options: learning rate, batches, seed.
  package subscript<T>(dynamicMember path: WritableKeyPath<TrainingOptions, T>) -> T {
    get { others[keyPath: path] }
    set { others[keyPath: path] = newValue }
  }

  /// The options with the parts that the names stand for.
  ///
  /// - Throws: `EngineError` for unknown names, numbers that no part takes or out of range, and
  ///   impossible combinations.
  package func made() throws -> TrainingOptions {
    let solver = try SolverCatalog.catalog.entry(solver)
    let schedule = try ScheduleCatalog.catalog.entry(schedule)
    var options = others
    options.objective = try objective.made(alsoTaken: solver.options + schedule.options)
    options.solver = try solver.make(given: objective.numbers)
    options.schedule = try schedule.make(given: objective.numbers)
    return options
  }
}
