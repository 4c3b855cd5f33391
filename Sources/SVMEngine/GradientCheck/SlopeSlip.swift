/// A mistake in ∂L/∂s of one sample.
enum SlopeSlip: Int, CaseIterable {
  /// 0 at the true class.
  case nothingAtTruth
  /// −1 at the true class.
  case minusOneAtTruth
  /// −1 at the true class, unless the slope there is 0.
  case minusOneWhereViolated
  /// One less at the true class.
  case oneLessAtTruth
  /// One more at the true class.
  case oneMoreAtTruth
  /// 0 at the wrong classes.
  case nothingElsewhere

  /// The slopes with the slip; nil for a loss of one score, which has no other classes.
  func applied(to subgradient: [Double], label y: Int) -> [Double]? {
    guard subgradient.count > 1 else { return nil }
    var changed = subgradient
    switch self {
    case .nothingAtTruth: changed[y] = 0
    case .minusOneAtTruth: changed[y] = -1
    case .minusOneWhereViolated: changed[y] = subgradient[y] == 0 ? 0 : -1
    case .oneLessAtTruth: changed[y] -= 1
    case .oneMoreAtTruth: changed[y] += 1
    case .nothingElsewhere:
      for j in changed.indices where j != y { changed[j] = 0 }
    }
    return changed
  }
}
