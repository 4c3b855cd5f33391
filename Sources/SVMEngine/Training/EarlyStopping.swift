import LinearAlgebra

/// The best weights so far by validation accuracy, and the decision when to stop. The first of
/// equally good weights is kept.
///
/// Prechelt, Early stopping – but when?, in Neural Networks: Tricks of the Trade, 1998.
struct EarlyStopping {
  /// The number of accuracies in a row that may be no better than the best.
  private let patience: Int
  /// The best accuracy; −1 before the first.
  private(set) var accuracy = -1.0
  private var sinceBest = 0
  /// The number of updates of the best weights, and the parameters; nil before the first accuracy.
  private(set) var best: (iteration: Int, parameters: [Double])?

  init(patience: Int) { self.patience = patience }

  /// What the next look depends on.
  var state: SavedState {
    SavedState(
      "early stopping",
      [
        "accuracy": [accuracy], "since": [Double(sinceBest)],
        "iteration": best.map { [Double($0.iteration)] } ?? [], "best": best?.parameters ?? [],
      ])
  }

  /// Goes on from a state of a run with `count` parameters.
  mutating func restore(_ state: SavedState, count: Int) throws {
    try state.require("early stopping")
    accuracy = try state.number("accuracy")
    sinceBest = try state.count("since")
    best =
      state.arrays["best"] == []
      ? nil : (try state.count("iteration"), try state.array("best", count: count))
  }

  /// Hears of an accuracy, and of the weights that have it.
  ///
  /// - Returns: whether to stop.
  mutating func look(at accuracy: Double, _ iteration: Int, _ parameters: Buffer) -> Bool {
    if accuracy > self.accuracy {
      self.accuracy = accuracy
      best = (iteration, parameters.array)
      sinceBest = 0
      return false
    }
    sinceBest += 1
    return sinceBest >= patience
  }
}
