import Testing

@testable import SVMEngine

@Suite struct SchedulesTests {
  private func rates(_ schedule: any Schedule, _ steps: [Int]) -> [Double] {
    steps.map { schedule.rate($0, base: 0.5, total: 8) }
  }

  @Test func byHand() {
    #expect(rates(Constant(), [0, 7]) == [0.5, 0.5])
    #expect(rates(Inverse(), [0, 1, 3]) == [0.5, 0.25, 0.125])
    #expect(rates(InverseDecay(decay: 2), [0, 4, 12]) == [0.5, 0.25, 0.125])
    #expect(rates(PegasosSchedule(strongConvexity: 0.5), [0, 1, 3]) == [2, 1, 0.5])
    #expect(
      rates(StepDecay(every: 3, factor: 0.5), [0, 2, 3, 5, 6]) == [0.5, 0.5, 0.25, 0.25, 0.125])
    let cosine = rates(Cosine(), [0, 4, 8, 9])
    #expect(cosine[0] == 0.5 && abs(cosine[1] - 0.25) < 1e-15)
    #expect(cosine[2] == 0 && cosine[3] == 0)
  }

  @Test func pegasosTakesMuFromThePenalty() throws {
    var options = NamedOptions()
    options.schedule = "pegasos"
    let data = Example.training()
    func rate(_ change: (inout NamedObjective) -> Void) throws -> Double {
      var options = options
      change(&options.objective)
      return try TrainingPlan(data, options.made()).schedule.rate(0, base: 9, total: 10)
    }
    #expect(try rate { $0.numbers["reg"] = 0.25 } == 2)
    #expect(
      try rate {
        $0.penalty = "half-l2"
        $0.numbers["reg"] = 0.25
      } == 4)
    #expect(try rate { $0.sumWeight = 3 } == 1)
    #expect(throws: EngineError.self) { try rate { $0.penalty = "l1" } }
    #expect(throws: EngineError.self) { try rate { $0.numbers["reg"] = 0 } }
  }
}
