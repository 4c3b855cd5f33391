import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine
import Testing

@testable import Commands

/// The options of a run, which the engine keeps and model files write.
@Suite struct TrainingParametersTests {
  /// What belongs to the data of a run, or to how it was watched, and stands in no model file.
  private static let unwritten: Set = ["batches", "seed", "val-every", "cost"]

  /// Values other than the defaults, that go together.
  private static let given: [String: Value] = [
    "loss": .string("smooth-hinge"), "gamma": .number(0.25), "reduction": .string("one-vs-rest"),
    "penalty": .string("half-l2"), "reg": .number(0.125), "class-weights": .string("balanced"),
    "regularize-bias": .bool(false), "solver": .string("momentum"), "momentum": .number(0.75),
    "lr": .number(0.5), "iters": .number(7), "batch": .number(3), "replace": .bool(false),
    "init": .number(0.25), "schedule": .string("step"), "every": .number(2),
    "patience": .number(4), "precision": .string("single"),
  ]

  /// An option that is declared and forgotten on its way to the engine, or on the way back, would
  /// not return. What the values above leave out returns in runs of its own.
  @Test func everyOptionReturns() throws {
    var seen = Set<String>()
    for values in [
      Self.given, ["C": .number(2)],
      ["solver": .string("dual"), "tolerance": .number(1e-4), "loss": .string("hinge")],
    ] {
      let training = TrainingParameters()
      for (name, value) in values {
        let parameter = try #require(
          TrainingParameters.declared.first { $0.card.name == name }, "\(name)")
        try parameter.store(value, in: training)
      }
      let texts = TrainingParameters.texts(of: try training.options(seed: 1, in: .rows))
      for (name, value) in values {
        let returned = try #require(texts.first { $0.name == name }?.value, "\(name)")
        let both = try [returned, value].map { try $0.text(for: .init()) }
        #expect(both[0] == both[1], "\(name)")
        seen.insert(name)
      }
    }
    // The numbers of catalogs go one way, of which some are tried above.
    let numbers = Set(
      (LossCatalog.catalog.ownedOptions + PenaltyCatalog.catalog.ownedOptions
        + SolverCatalog.catalog.ownedOptions + ScheduleCatalog.catalog.ownedOptions)
        .map(\.option.name))
    let declared = Set(TrainingParameters.declared.map(\.card.name))
    #expect(declared.subtracting(seen).subtracting(Self.unwritten).subtracting(numbers) == [])
  }

  /// A later version may write what this one does not know: guessing would make another model.
  @Test func aModelWithAnUnknownOptionIsRefusedByName() throws {
    let data = TrainingData(
      features: Features(DoubleMatrix(Matrix(rows: 2, columns: 1, [-1, 1]))), labels: [0, 1],
      classes: ["a", "b"])
    var arrays = try ModelFile.arrays(of: try Training.run(data, TrainingOptions()))
    #expect(try ModelFile.model(of: arrays, path: "m.npz") != nil)
    let place = try #require(arrays.firstIndex { $0.name == "options" })
    let texts = try #require(arrays[place].array.texts) + ["warmup=3"]
    arrays[place] = NamedArray(
      name: "options", array: try NumPyArray(shape: [texts.count], texts: texts))
    let error = #expect(throws: DataError.self) {
      try ModelFile.model(of: arrays, path: "m.npz")
    }
    #expect(error?.description.contains("'warmup'") == true)
  }
}
