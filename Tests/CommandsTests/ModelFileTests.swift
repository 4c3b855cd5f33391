import Datasets
import Interpreter
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
    #expect(try loaded(Array(gap.dropFirst(2))) == [])
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
}
