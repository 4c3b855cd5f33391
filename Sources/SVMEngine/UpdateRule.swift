/// How a gradient moves the weights. All parameters, W row by row and then b where there is one, are
/// one run of numbers.
public protocol UpdateRule: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// Whether every gradient is of the whole data set, rather than of a batch.
  var usesWholeSet: Bool { get }
  /// Learns what is minimised, before the first update.
  ///
  /// - Throws: `EngineError` where it is nothing for this rule.
  mutating func prepare(for objective: Objective, _ data: TrainingData) throws
  /// The step sizes, where the rule has its own; nil to take those of the options.
  var ownSchedule: (any Schedule)? { get }
  /// Whether the weights start at zero unless something else is asked for.
  var startsAtZero: Bool { get }
  /// What it remembers between updates, one array for each kind; empty at first and where it
  /// remembers nothing. Setting it goes on from there.
  var memory: [[Double]] { get set }
  /// One update with step size `rate`.
  mutating func update(
    _ parameters: UnsafeMutableBufferPointer<Double>, gradient: UnsafeBufferPointer<Double>,
    rate: Double)
  /// With a constant step η and a penalty whose gradient is cW, the weights grow without bound
  /// whatever the data once η·c is above this.
  var stabilityBound: Double { get }
}

extension UpdateRule {
  /// Nothing, where a rule does not say otherwise.
  public mutating func prepare(for objective: Objective, _ data: TrainingData) throws {}
  /// Nil, where a rule does not say otherwise.
  public var ownSchedule: (any Schedule)? { nil }
  /// False, where a rule does not say otherwise.
  public var startsAtZero: Bool { false }
}
