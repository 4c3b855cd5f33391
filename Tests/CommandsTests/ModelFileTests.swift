import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine
import Testing

@testable import Commands

/// What a saved model keeps, and what is said about a model's history.
@Suite struct ModelFileTests {
  /// A model of a solver that proves gaps; `fista` proves none of its first weights.
  private func model(_ solver: String, _ loss: String = "squared-hinge") throws -> LinearClassifier
  {
    let test = TestSession()
    let run = test.run(
      """
      d = synth blobs n=60 d=4 classes=3 seed=1
      d = add-bias d
      m = train d solver=\(solver) loss=\(loss) reduction=one-vs-rest reg=0.1 iters=20
      """)
    try #require(run.status == 0, "\(run.report)")
    var model: LinearClassifier?
    if case .object(let box)? = test.session.value(of: "m") {
      model = box.object as? LinearClassifier
    }
    return try #require(model)
  }

  @Test(arguments: ["fista", "lbfgs", "newton", "dual", "gd"])
  func historiesReturn(_ solver: String) throws {
    let model = try model(solver)
    let arrays = try ModelFile.arrays(of: model)
    let loaded = try #require(try ModelFile.model(of: arrays, path: "m.npz"))
    #expect(loaded.history == model.history)
    #expect(model.history.gap.count == (solver == "gd" ? 0 : model.history.loss.count))
  }

  /// Files of older versions have no entry for a first loss without a gap.
  @Test func olderHistoriesReturn() throws {
    let model = try model("fista")
    func loaded(_ gap: [Double]) throws -> [Double]? {
      let arrays = try ModelFile.arrays(of: model.history).map {
        $0.name == "history_gap"
          ? NamedArray(name: $0.name, array: try NumPyArray(shape: [gap.count], values: gap)) : $0
      }
      return ModelFile.history(of: arrays)?.gap
    }
    let gap = model.history.gap
    #expect(try loaded(Array(gap.dropFirst())) == gap)
    #expect(try loaded([]) == [])
    // Any other number of gaps is damage.
    #expect(try loaded(Array(gap.dropFirst(2))) == nil)
  }

  /// Every number that a history holds counts.
  @Test func memoryIsThatOfAllNumbers() throws {
    var history = History()
    history.iteration = [0, 1]
    history.loss = [2, 1]
    #expect(history.memoryBytes == 32)
    history.gap = [.infinity, 0.5]
    #expect(history.memoryBytes == 48)
    history.validationIteration = [1]
    history.validationAccuracy = [1]
    #expect(history.memoryBytes == 64)
    let model = try model("lbfgs")
    #expect(model.memoryBytes == 8 * model.weights.count + model.history.memoryBytes)
  }

  /// The words of a proof: primal and dual only where the gap is a duality gap.
  @Test(arguments: [
    ("dual", "hinge", true), ("newton", "squared-hinge", true), ("fista", "hinge", true),
    ("lbfgs", "hinge", true), ("fista", "squared-hinge", false), ("lbfgs", "logistic", false),
  ])
  func proofsAreNamed(_ solver: String, _ loss: String, _ isDualityGap: Bool) throws {
    let text = try #require(try model(solver, loss).proofText)
    #expect(text.hasPrefix(isDualityGap ? "primal " : "objective "), "\(text)")
  }

  /// Arrays that are no model: the message names the file, and nothing is read.
  @Test func damagedModelsAreRefused() throws {
    let arrays = try ModelFile.arrays(of: try model("fista"))
    func message(_ name: String, _ changed: NumPyArray?) -> String {
      let damaged =
        arrays.filter { $0.name != name }
        + (changed.map { [NamedArray(name: name, array: $0)] } ?? [])
      let error = #expect(throws: DataError.self) {
        try ArchiveFormat.value(of: damaged, path: "m.npz")
      }
      #expect(error?.path == "m.npz", "\(name)")
      return error?.message ?? ""
    }
    func numbers(_ shape: [Int], _ values: [Double]) throws -> NumPyArray {
      try NumPyArray(shape: shape, values: values)
    }
    func texts(_ shape: [Int], _ texts: [String]) throws -> NumPyArray {
      try NumPyArray(shape: shape, texts: texts)
    }
    let missing = "the saved model is damaged: W, b or classes are missing"
    let unfit = "the saved model is damaged: its parts don't fit together"
    let words = Array(repeating: "1", count: 15)
    #expect(message("W", nil) == missing)
    #expect(message("W", try texts([5, 3], words)) == missing)
    #expect(message("W", try numbers([15], Array(repeating: 1, count: 15))) == missing)
    #expect(message("b", nil) == missing)
    #expect(message("b", try texts([1], ["0"])) == missing)
    #expect(message("classes", nil) == missing)
    #expect(message("classes", try numbers([3], [0, 1, 2])) == missing)
    #expect(message("W", try numbers([5, 2], Array(repeating: 1, count: 10))) == unfit)
    #expect(message("W", try numbers([1, 3], [1, 2, 3])) == unfit)
    #expect(message("W", try numbers([5, 0], [])) == unfit)
    #expect(message("W", try numbers([0, 3], [])) == unfit)
    #expect(message("classes", try texts([2], ["a", "b"])) == unfit)
    #expect(message("classes", try texts([0], [])) == unfit)
    #expect(message("classes", try texts([3], ["a", "b", "a"])) == unfit)
    #expect(
      message("svmrepl_model", try numbers([1], [2]))
        == "the model was saved by a newer version of svmrepl")
    #expect(
      message("options", try texts([1], ["speed=9"]))
        == "the saved model has the option 'speed', which this version of svmrepl does not know")
    #expect(
      message("options", try texts([1], ["loss"]))
        == "the saved model is damaged: its option 'loss' has no value")
    let histories = "the saved model is damaged: the numbers of its history don't go together"
    #expect(message("history_iteration", nil) == histories)
    #expect(message("history_iteration", try numbers([1], [0])) == histories)
    #expect(message("history_gap", try numbers([1], [0])) == histories)
    #expect(
      message("iteration", try numbers([1], [2.5]))
        == "the saved model is damaged: \"iteration\" is 2.5")
    #expect(message("iteration", try numbers([1], [.nan])).hasSuffix("\"iteration\" is nan"))
    #expect(
      message("feature_names", try texts([2], ["a", "b"]))
        == "the saved model is damaged: 2 feature_names for 4 features")
    for option in ["loss=none-such", "iters=-5", "iters=1e300", "reg=much", "solver=7"] {
      let text = message("options", try texts([1], [option]))
      #expect(text.hasPrefix("the saved model is damaged: "), "\(option): \(text)")
    }
  }
}
