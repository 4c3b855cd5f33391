import LinearAlgebra
import Testing

@testable import SVMEngine

@Suite struct TuningTests {
  private func grid(_ rates: [Double], _ strengths: [Double]) -> [NamedOptions] {
    Tuning.combinations([rates, strengths]).map {
      var options = NamedOptions()
      options.learningRate = $0[0]
      options.objective.numbers["reg"] = $0[1]
      options.iterations = 40
      options.batchSize = 5
      return options
    }
  }

  @Test func combinationsRunTheLastListFastest() {
    #expect(
      Tuning.combinations([["a", "b"], ["x", "y", "z"]]).map { $0.joined() } == [
        "ax", "ay", "az", "bx", "by", "bz",
      ])
    #expect(Tuning.combinations([[1], []]).isEmpty)
  }

  @Test func everyMemberIsTheSameRunAlone() throws {
    let data = Example.training(60, 5, 4)
    let validation = Example.training(25, 5, 4)
    var members = grid([0.001, 0.01, 0.1], [0.01, 0.1, 1, 40])
    members[1].objective.loss = "squared-hinge"
    members[2].objective.loss = "softmax"
    members[3].solver = "momentum"
    members[4].solver = "gd"
    members[5].batchSize = 7
    members[6].iterations = 11
    members[7].objective.reduction = "one-vs-rest"
    members[8].seed = 3
    members[9].precision = .single
    members[10].schedule = "cosine"
    let result = try Tuning.run(data, members, validation: validation)
    #expect(result.members.count == 12)
    var best: (index: Int, accuracy: Double)?
    for (index, options) in members.enumerated() {
      let alone = try? Training.run(data, options)
      let member = result.members[index]
      #expect((alone == nil) == (member.divergence != nil))
      guard let alone else { continue }
      let accuracy = try alone.accuracy(validation.features, labels: validation.labels)
      #expect(member.validationAccuracy == accuracy)
      #expect(member.loss == alone.history.loss.last)
      if accuracy > best?.accuracy ?? -1 { best = (index, accuracy) }
    }
    let expected = try #require(best)
    #expect(result.best == expected.index)
    let winner = try Training.run(data, members[expected.index])
    #expect(result.model?.weights == winner.weights)
    #expect(result.model?.history == winner.history)
  }

  /// With `patience`, each member stops where it would have stopped alone, and keeps its best
  /// weights.
  @Test func membersStopByThemselves() throws {
    let data = Example.training(60, 5, 4)
    let validation = Example.training(25, 5, 4)
    var members = grid([0.001, 0.1], [0.01, 1])
    for i in members.indices {
      members[i].iterations = 200
      members[i].validationEvery = 2
      members[i].patience = i == 3 ? nil : i + 1
    }
    let result = try Tuning.run(data, members, validation: validation)
    for (options, member) in zip(members, result.members) {
      let alone = try Training.run(
        data, options, validation: options.patience == nil ? nil : validation)
      #expect(member.iterations == alone.iteration)
      #expect(
        member.validationAccuracy
          == (try alone.accuracy(validation.features, labels: validation.labels)))
    }
    #expect(result.members.contains { $0.iterations < 200 })
    #expect(throws: EngineError.self) { try Tuning.run(data, members, folds: 3) }
    // Accuracies that were asked for are there also without `patience`.
    let one = try Tuning.run(data, [members[3]], validation: validation)
    #expect(one.model?.history.validationIteration == (1...100).map { 2 * $0 })
  }

  @Test func divergingMembersAreRows() throws {
    var members = grid([1e-3, 10], [0.1, 1e10])
    for i in members.indices { members[i].iterations = 200 }
    let data = Example.training(60, 5, 4)
    let result = try Tuning.run(data, members, validation: data)
    #expect(result.members.map { $0.divergence != nil } == [false, true, false, true])
    #expect(result.members[1].validationAccuracy == nil)
    #expect(result.best == 0 || result.best == 2)
    let none = try Tuning.run(data, [members[3]], validation: data)
    #expect(none.best == nil && none.model == nil)
  }

  @Test func interruptedKeepsItsRows() throws {
    let data = Example.training(60, 5, 4)
    var looks = 0
    let result = try Tuning.run(
      data, grid([0.01], [0.1, 0.2]), validation: data,
      isInterrupted: {
        looks += 1
        return looks > 2
      })
    #expect(result.wasInterrupted)
    // Two rounds: of one update, and of one or two more, as long as they took.
    let made = result.members.map(\.iterations)
    #expect(made == [2, 2] || made == [3, 3])
    #expect(result.model?.iteration == made[0] && result.model?.wasInterrupted == true)
  }

  @Test func nothingToTry() {
    #expect(throws: EngineError.self) {
      try Tuning.run(Example.training(), [TrainingOptions](), validation: Example.training())
    }
  }
}

@Suite struct CrossValidationTests {
  /// Every class is spread evenly, and so are the rows.
  @Test func foldsAreStratified() {
    let labels = (0..<103).map { [0, 0, 1, 2, 2, 2][$0 % 6] }
    let folds = Tuning.stratifiedFolds(labels, classes: 3, folds: 5)
    let sizes = (0..<5).map { fold in folds.count { $0 == fold } }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    for k in 0..<3 {
      let counts = (0..<5).map { fold in
        labels.indices.count { labels[$0] == k && folds[$0] == fold }
      }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
  }

  /// The mean of the folds, each trained by hand; the model is the best's, on everything.
  @Test func accuraciesAreMeansOverTheFolds() throws {
    let data = Example.training(40, 4, 3)
    let members = [0.01, 0.1, 1e200].map { rate in
      var options = NamedOptions()
      options.learningRate = rate
      options.iterations = 30
      options.objective.numbers["reg"] = 1
      return options
    }
    let result = try Tuning.run(data, members, folds: 4)
    let folds = Tuning.stratifiedFolds(data.labels, classes: 3, folds: 4)
    for (i, options) in members.prefix(2).enumerated() {
      var sum = 0.0
      for fold in 0..<4 {
        let train = try data.selecting(folds.indices.filter { folds[$0] != fold })
        let rest = try data.selecting(folds.indices.filter { folds[$0] == fold })
        sum += try Training.run(train, options).accuracy(rest.features, labels: rest.labels)
      }
      #expect(result.members[i].validationAccuracy == sum / 4)
    }
    #expect(result.members[2].divergence != nil && result.members[2].validationAccuracy == nil)
    let best = try #require(result.best)
    #expect(result.model?.weights == (try Training.run(data, members[best])).weights)
  }

  /// In LIBLINEAR's form the objective is a sum: steps that converge on half of the rows may
  /// diverge on all of them. The search then goes on with the next best.
  @Test func aBestThatDivergesOnAllRowsIsARow() throws {
    let data = Example.training(40, 4, 3)
    let members = [5e-3, 1e-9, 1e200].map { rate in
      var options = NamedOptions()
      options.solver = "gd"
      options.objective.loss = "squared-hinge"
      options.objective.sumWeight = 1
      options.learningRate = rate
      options.iterations = rate < 1e-3 ? 1 : 2000
      return options
    }
    let result = try Tuning.run(data, members, folds: 2)
    #expect(result.members.map { $0.divergence != nil } == [true, false, true])
    #expect(result.members[0].validationAccuracy == nil)
    #expect(result.best == 1)
    #expect(result.model?.weights == (try Training.run(data, members[1])).weights)
  }
}
