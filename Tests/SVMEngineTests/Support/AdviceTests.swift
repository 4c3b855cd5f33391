import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct AdviceTests {
  @Test func optionsAreSpelledByWhoeverShowsThem() {
    let advice: Advice = """
      \(.addBias) first, or use \(option: "solver", "newton") with \(option: "reg") above \(0)
      """
    #expect(
      advice.description
        == "give the data a bias column first, or use solver 'newton' with 'reg' above 0")
    let typed = advice.text { name, value in
      "--\(name)" + (value.map { " \($0)" } ?? "")
    } step: {
      $0 == .addBias ? "add ones" : "?"
    }
    #expect(typed == "add ones first, or use --solver newton with --reg above 0")
    #expect("a" + advice == Advice([.text("a")] + advice.pieces))
    #expect(Advice.anyOf([("a", "1"), ("b", "2")]).description == "a '1' or b '2'")
  }

  /// What a Swift program reads has nothing of the prompt's spelling.
  @Test func theEnginesWordsAreNotThePrompts() throws {
    func help(_ change: (inout NamedObjective) -> Void) -> String? {
      var options = NamedObjective()
      change(&options)
      do {
        _ = try options.made().objective(
          classes: 3, labels: [0, 1, 2], hasBiasRow: false)
        return nil
      } catch { return (error as? EngineError)?.advice?.description }
    }
    #expect(
      help { ($0.loss, $0.reduction) = ("softmax", "binary") } == "leave out reduction 'binary'")
    #expect(
      help { $0.loss = "structured" }
        == "give 'cost' a row for each true class, with zeros on the diagonal")
    #expect(
      help { $0.cost = Matrix(rows: 3, columns: 3) } == "loss 'structured' does")
    #expect(
      help { $0.reduction = "binary" }
        == "reduction 'one-vs-rest' is a binary problem for each class")
    #expect(
      help { ($0.sumWeight, $0.penalty) = (1, "l1") } == "use 'reg' with that penalty")
    #expect {
      try Features(DoubleMatrix(Matrix(rows: 2, columns: 3))).checkShape(
        of: Matrix(rows: 4, columns: 3))
    } throws: {
      "\($0)" == "W is 4×3, and the data have 3 columns"
        && ($0 as? EngineError)?.advice?.description == "W may be transposed"
    }
  }
}
