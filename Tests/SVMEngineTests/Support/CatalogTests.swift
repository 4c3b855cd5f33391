import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct CatalogTests {
  @Test func everyEntryIsMadeUnderItsName() throws {
    for entry in LossCatalog.catalog.entries {
      switch try entry.make(given: [:]) {
      case .margin(let loss): #expect(loss.name == entry.name)
      case .scores(let loss): #expect(loss.name == entry.name)
      case .costs(let make):
        #expect(try make(Matrix(rows: 2, columns: 2)).name == entry.name)
      }
    }
    for entry in ReductionCatalog.catalog.entries {
      #expect(try entry.make(given: [:]).name == entry.name)
    }
    for entry in PenaltyCatalog.catalog.entries {
      #expect(try entry.make(given: [:]).name == entry.name)
    }
    for entry in ScheduleCatalog.catalog.entries {
      #expect(try entry.make(given: [:]).name == entry.name)
    }
    for entry in SolverCatalog.catalog.entries {
      switch try entry.make(given: [:]) {
      case .updates(let rule): #expect(rule.name == entry.name)
      case .minimizes(let minimizer): #expect(minimizer.name == entry.name)
      }
    }
  }

  @Test func unknownNamesListTheChoices() {
    #expect {
      try LossCatalog.catalog.entry("hinje")
    } throws: {
      ($0 as? EngineError)?.message == "there is no loss 'hinje'"
        && ($0 as? EngineError)?.advice?.description.contains("hinge, squared-hinge") == true
    }
  }

  @Test func rangesAreChecked() {
    for bad in [-1, .nan, .infinity] {
      #expect(throws: EngineError.self) {
        try PenaltyCatalog.catalog.entry("l2").make(given: ["reg": bad])
      }
    }
    #expect(throws: EngineError.self) {
      try SolverCatalog.catalog.entry("momentum").make(given: ["momentum": 1])
    }
    #expect(throws: EngineError.self) {
      try ScheduleCatalog.catalog.entry("step").make(given: ["every": 2.5])
    }
  }

  /// Infinity is a value where a formula has it as its limit, and nowhere else.
  @Test func infinityIsForLimitsOnly() throws {
    var taking: [String] = []
    for entry in LossCatalog.catalog.entries {
      for option in entry.options {
        #expect(!option.range.contains(.nan) && !option.range.contains(-.infinity))
        if option.range.contains(.infinity) { taking.append("\(entry.name) \(option.name)") }
      }
    }
    #expect(
      taking == [
        "truncated-pinball s", "huberized-truncated-pinball s", "huberized-truncated-pinball kappa",
      ])
    #expect(!OptionRange.positiveOrInfinite.contains(0))
  }

  @Test func optionsThatNobodyTakesAreErrors() {
    func message(_ change: (inout NamedObjective) -> Void) -> String? {
      var options = NamedObjective()
      change(&options)
      do {
        _ = try options.made().objective(classes: 3, labels: [0, 1, 2], hasBiasRow: false)
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(message { $0.numbers["reg"] = 1 } == nil)
    #expect(
      message {
        $0.loss = "softmax"
        $0.numbers["delta"] = 2
      } == "loss 'softmax' takes no 'delta'")
    #expect(
      message {
        $0.penalty = "elastic-net"
        $0.numbers["reg"] = 1
      } == "penalty 'elastic-net' takes no 'reg'")
    #expect(message { $0.numbers["l1"] = 1 } == "penalty 'l2' takes no 'l1'")
    #expect(
      message {
        $0.sumWeight = 1
        $0.numbers["reg"] = 1
      } == "'reg' and 'C' are two forms of the same objective: give one of them")
    #expect(message { $0.sumWeight = 0 } == "'C' must be above 0, not 0")
    #expect(
      message {
        $0.loss = "softmax"
        $0.reduction = "one-vs-rest"
      } == "'softmax' is a loss of the whole score row and takes no reduction")
    #expect(
      message { $0.reduction = "binary" } == "'binary' needs 2 classes, and the data have 3")
    #expect(
      message { $0.classWeights = .values([1, 2]) }
        == "'class-weights' has 2 numbers, and there are 3 classes")
    #expect(message { $0.numbers["delta"] = -1 } == "'delta' must be 0 or above, not -1")
  }
}
