import LinearAlgebra

/// Compares a gradient with centred differences, entry by entry, and says what a miss means.
public struct GradientCheck: Sendable {
  /// How many entries are looked at.
  public enum Samples: Sendable, Equatable {
    /// That many, drawn without replacement; all where there are fewer.
    case count(Int)
    /// Every entry.
    case all
  }

  /// What a comparison means.
  public enum Verdict: Sendable, Equatable {
    /// Both agree.
    case ok
    /// The loss has a kink within ±h, which explains the difference: harmless.
    case kink(KinkFinder.Kink)
    /// The loss is so large that its rounding explains the difference: harmless.
    case roundOff
    /// The function curves so much within ±h that the difference quotient is off; with a shorter
    /// step both agree: harmless.
    case longStep
    /// The gradient is wrong.
    case wrong

    /// Whether the gradient may still be right.
    public var passes: Bool { self != .wrong }
  }

  /// One entry of the gradient.
  public struct Entry: Sendable, Equatable {
    /// Row of W.
    public let row: Int
    /// Column of W.
    public let column: Int
    /// The centred difference.
    public let numerical: Double
    /// The gradient's entry.
    public let analytic: Double
    /// |n − a| / (|n| + |a|), 0 where both are 0.
    public let relativeError: Double
    /// What it means.
    public let verdict: Verdict
  }

  /// The entries, in the order in which they were drawn.
  public let entries: [Entry]
  /// Whether no entry is wrong.
  public var passed: Bool { entries.allSatisfy(\.verdict.passes) }

  /// The function under test: loss and gradient at W.
  public typealias Function = (Matrix) throws -> (loss: Double, gradient: Matrix)

  /// Checks `function` at W.
  ///
  /// - Parameters:
  ///   - hasBiasRow: whether the last row of W is the bias, of which at least one entry is drawn.
  ///   - step: h.
  ///   - tolerance: relative error from which an entry is looked at.
  ///   - stream: what entries are drawn from.
  ///   - kinks: where the loss has its kinks; nil where nothing is known.
  /// - Throws: what `function` throws, and `EngineError` where its gradient has another shape.
  public init(
    _ function: Function, at W: Matrix, hasBiasRow: Bool, samples: Samples = .count(10),
    step h: Double = 1e-5, tolerance: Double = 1e-4, stream: inout RandomStream,
    kinks: KinkFinder? = nil
  ) throws {
    try checkStep(h)
    guard tolerance > 0 && tolerance.isFinite else {
      throw EngineError(.option, "'tolerance' must be above 0, not \(plain(tolerance))")
    }
    guard W.count > 0 else { throw EngineError(.shape, "W has no entries") }
    let gradient = try function(W).gradient
    guard gradient.rows == W.rows && gradient.columns == W.columns else {
      throw EngineError(
        .shape,
        "the gradient is \(gradient.rows)×\(gradient.columns), and W is \(W.rows)×\(W.columns)",
        help: gradient.rows == W.columns && gradient.columns == W.rows
          ? "it is transposed" : nil)
    }
    let positions = try Self.draw(samples, W, hasBiasRow: hasBiasRow, &stream)
    func loss(_ point: Matrix) throws -> Double { try function(point).loss }
    var point = W
    entries = try positions.map { position in
      try Interruption.check()
      let (row, column) = (position / W.columns, position % W.columns)
      let analytic = gradient[row, column]
      let difference = try centredDifference(&point, row: row, column: column, step: h, loss)
      let error = relativeError(difference.slope, analytic)
      var verdict = Verdict.ok
      if !(error <= tolerance) {
        let size = max(abs(difference.above), abs(difference.below))
        verdict = try Self.judge(
          row, column, numerical: difference.slope, analytic: analytic, lossSize: size, step: h,
          tolerance: tolerance, kinks)
        if verdict == .wrong {
          let short = try centredDifference(
            &point, row: row, column: column, step: h / 16, loss)
          if relativeError(short.slope, analytic) <= tolerance { verdict = .longStep }
        }
      }
      return Entry(
        row: row, column: column, numerical: difference.slope, analytic: analytic,
        relativeError: error, verdict: verdict)
    }
  }

  /// Positions in W, row by row, without replacement; one of the bias row among them.
  static func draw(
    _ samples: Samples, _ W: Matrix, hasBiasRow: Bool, _ stream: inout RandomStream
  ) throws -> [Int] {
    switch samples {
    case .all: return Array(0..<W.count)
    case .count(let count):
      guard count >= 1 else {
        throw EngineError(.option, "'samples' must be 1 or above, or all, not \(count)")
      }
      if count >= W.count { return Array(0..<W.count) }
      var positions = stream.sample(count, of: W.count)
      let firstOfBias = (W.rows - 1) * W.columns
      if hasBiasRow && !positions.contains(where: { $0 >= firstOfBias }) {
        positions[count - 1] = firstOfBias + stream.integer(below: W.columns)
      }
      return positions
    }
  }

  /// What a difference that is too large means. A harmless cause must explain all of it, not only
  /// be there: a wrong gradient has kinks near it too.
  private static func judge(
    _ row: Int, _ column: Int, numerical: Double, analytic: Double, lossSize: Double,
    step h: Double, tolerance: Double, _ kinks: KinkFinder?
  ) throws -> Verdict {
    let miss = abs(numerical - analytic)
    let rounding = 64 * lossSize.ulp / (2 * h)
    if miss <= rounding { return .roundOff }
    guard let kinks, let found = try kinks.search(row: row, column: column, step: h) else {
      return .wrong
    }
    let explained = found.effect + rounding + tolerance * (abs(numerical) + abs(analytic))
    return miss <= explained ? .kink(found.kink) : .wrong
  }
}
