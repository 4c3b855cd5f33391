import LinearAlgebra
import Text

/// Compares a gradient with centered differences, entry by entry, and says what a miss means.
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
    /// The centered difference.
    public let numerical: Double
    /// The gradient's entry.
    public let analytic: Double
    /// |n − a| / (|n| + |a|), 0 where both are 0.
    public let relativeError: Double
    /// What it means.
    public let verdict: Verdict
    /// How far the centered difference may be off: by rounding and, where it misses, by kinks and
    /// by the length of the step.
    let slack: Double
  }

  /// The entries, in the order in which they were drawn.
  public let entries: [Entry]
  /// The mistake that explains every wrong entry, in a sentence that says how to mend it; nil where
  /// none is wrong, and where no known mistake explains them all.
  public let cause: String?
  /// Whether no entry is wrong.
  public var passed: Bool { entries.allSatisfy(\.verdict.passes) }

  /// The function under test: loss and gradient at W.
  public typealias Function = (Matrix) throws -> (loss: Double, gradient: Matrix)

  /// Checks `function` at W.
  ///
  /// - Parameters:
  ///   - hasBiasRow: whether the last row of W is the bias, of which at least one entry is drawn.
  ///   - h: half the distance of the two points.
  ///   - tolerance: relative error from which an entry is looked at.
  ///   - stream: what entries are drawn from.
  ///   - kinks: where the loss has its kinks; nil where nothing is known.
  ///   - setting: what the gradient is of, for the cause of wrong entries; nil where nothing is
  ///     known.
  /// - Throws: what `function` throws, and `EngineError` where its gradient has another shape.
  public init(
    _ function: Function, at W: Matrix, hasBiasRow: Bool = false, samples: Samples = .count(10),
    step h: Double = 1e-5, tolerance: Double = 1e-4, stream: inout RandomStream,
    kinks: KinkFinder? = nil, setting: GradientSetting? = nil
  ) throws {
    try checkStep(h)
    guard tolerance > 0 && tolerance.isFinite else {
      throw EngineError(
        .option, "'tolerance' must be above 0, not \(NumberText.shortest(tolerance))")
    }
    guard W.count > 0 else { throw EngineError(.shape, "W has no entries") }
    let (value, gradient) = try function(W)
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
    func examined(_ position: Int) throws -> Entry {
      try Interruption.check()
      let (row, column) = (position / W.columns, position % W.columns)
      let analytic = gradient[row, column]
      let difference = try centeredDifference(&point, row: row, column: column, step: h, loss)
      let error = relativeError(difference.slope, analytic)
      let size = max(abs(difference.above), abs(difference.below))
      var verdict = Verdict.ok
      var slack = 64 * size.ulp / (2 * h)
      if !(error <= tolerance) {
        (verdict, slack) = try Self.judge(
          row, column, numerical: difference.slope, analytic: analytic, rounding: slack, step: h,
          tolerance: tolerance, kinks)
        if verdict == .wrong {
          let short = try centeredDifference(
            &point, row: row, column: column, step: h / 16, loss)
          if relativeError(short.slope, analytic) <= tolerance { verdict = .longStep }
          slack += abs(short.slope - difference.slope)
        }
      }
      return Entry(
        row: row, column: column, numerical: difference.slope, analytic: analytic,
        relativeError: error, verdict: verdict, slack: slack)
    }
    let entries = try positions.map(examined)
    self.entries = entries
    guard let setting, !entries.allSatisfy(\.verdict.passes) else {
      cause = nil
      return
    }
    let evidence = try GradientEvidence(
      entries + Self.neighbors(entries, W).map(examined), at: W, loss: value, setting)
    if let found = evidence?.cause(among: GradientMistake.all, tolerance: tolerance) {
      cause = found
    } else {
      let mirrored = try evidence?.mirrored { row, column in
        try centeredDifference(&point, row: row, column: column, step: h, loss).slope
      }
      cause = mirrored?.cause(among: [.transposed], tolerance: tolerance)
    }
  }

  /// Positions near a wrong entry that is the only one, which by itself says little: up to three
  /// others in its row, and as many in its column.
  private static func neighbors(_ entries: [Entry], _ W: Matrix) -> [Int] {
    let wrong = entries.filter { $0.verdict == .wrong }
    guard wrong.count == 1, let alone = wrong.first else { return [] }
    let known = Set(entries.map { $0.row * W.columns + $0.column })
    let inRow = (0..<W.columns).map { alone.row * W.columns + $0 }
    let inColumn = (0..<W.rows).map { $0 * W.columns + alone.column }
    return [inRow, inColumn].flatMap { $0.filter { !known.contains($0) }.prefix(3) }
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

  /// What a difference that is too large means, and how far the centered difference may be off. A
  /// harmless cause must explain all of it, not only be there: a wrong gradient has kinks near it
  /// too.
  private static func judge(
    _ row: Int, _ column: Int, numerical: Double, analytic: Double, rounding: Double,
    step h: Double, tolerance: Double, _ kinks: KinkFinder?
  ) throws -> (verdict: Verdict, slack: Double) {
    let miss = abs(numerical - analytic)
    if miss <= rounding { return (.roundOff, rounding) }
    guard let kinks, let found = try kinks.search(row: row, column: column, step: h) else {
      return (.wrong, rounding)
    }
    let slack = found.effect + rounding
    let isExplained = miss <= slack + tolerance * (abs(numerical) + abs(analytic))
    return (isExplained ? .kink(found.kink) : .wrong, slack)
  }
}
