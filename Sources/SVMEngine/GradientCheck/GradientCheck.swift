import LinearAlgebra
import Text

/// Compares a gradient with centered differences, entry by entry, and explains entries that differ.
public struct GradientCheck: Sendable {
  /// How many entries are checked.
  public enum Samples: Sendable, Equatable {
    /// That many, drawn without replacement; all where there are fewer.
    case count(Int)
    /// Every entry.
    case all
  }

  /// The result of a comparison.
  public enum Verdict: Sendable, Equatable {
    /// Both agree.
    case ok
    /// The loss has a kink within ±h, which explains the difference: harmless.
    case kink(KinkFinder.Kink)
    /// The loss is so large that its rounding explains the difference: harmless.
    case roundOff
    /// The function curves so much within ±h that the difference quotient is off; with a step of
    /// h/16 both agree: harmless.
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
    /// The result of the comparison.
    public let verdict: Verdict
    /// The error bound of the centered difference: rounding and, for an entry that differs, kinks
    /// and the length of the step.
    package let slack: Double

    /// An entry from its parts.
    package init(
      row: Int, column: Int, numerical: Double, analytic: Double, relativeError: Double,
      verdict: Verdict, slack: Double
    ) {
      self.row = row
      self.column = column
      self.numerical = numerical
      self.analytic = analytic
      self.relativeError = relativeError
      self.verdict = verdict
      self.slack = slack
    }
  }

  /// The entries, in the order in which they were drawn.
  public let entries: [Entry]
  /// The mistake that explains every wrong entry, as a sentence that says how to fix it; nil where
  /// no entry is wrong, and where no known mistake explains them all.
  public let cause: String?
  /// Whether no entry is wrong.
  public var passed: Bool { entries.allSatisfy(\.verdict.passes) }

  /// A check that was made before.
  package init(entries: [Entry], cause: String?) {
    self.entries = entries
    self.cause = cause
  }

  /// The function under test: loss and gradient at W.
  public typealias Function = (Matrix) throws -> (loss: Double, gradient: Matrix)

  /// Checks `function` at W.
  ///
  /// - Parameters:
  ///   - hasBiasRow: whether the last row of W is the bias; at least one of its entries is then
  ///     drawn.
  ///   - h: the step; the two points of a difference are 2h apart.
  ///   - tolerance: the relative error above which an entry is judged.
  ///   - stream: draws the entries.
  ///   - kinks: finds the kinks of the loss; nil where nothing is known of them.
  ///   - setting: the objective and data behind the gradient, to find the cause of wrong entries;
  ///     nil where they are not known.
  /// - Throws: `EngineError` for a step, tolerance or number of samples out of range, an empty W,
  ///   or a gradient of another shape; `MemoryRefused`, `Interrupted`; what `function` throws.
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

  /// Further positions where only one entry is wrong, which tells little by itself: up to three
  /// others in its row, and as many in its column.
  private static func neighbors(_ entries: [Entry], _ W: Matrix) -> [Int] {
    let wrong = entries.filter { $0.verdict == .wrong }
    guard wrong.count == 1, let alone = wrong.first else { return [] }
    let known = Set(entries.map { $0.row * W.columns + $0.column })
    let inRow = (0..<W.columns).map { alone.row * W.columns + $0 }
    let inColumn = (0..<W.rows).map { $0 * W.columns + alone.column }
    return [inRow, inColumn].flatMap { $0.filter { !known.contains($0) }.prefix(3) }
  }

  /// Positions in W, row by row, without replacement; where there is a bias row, at least one of
  /// it.
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
      var positions = try stream.sample(count, of: W.count)
      let firstOfBias = (W.rows - 1) * W.columns
      if hasBiasRow && !positions.contains(where: { $0 >= firstOfBias }) {
        positions[count - 1] = firstOfBias + stream.integer(below: W.columns)
      }
      return positions
    }
  }

  /// The verdict on an entry that differs, and the error bound of its centered difference. A
  /// harmless cause must explain all of the difference: a wrong gradient, too, has kinks near it.
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
