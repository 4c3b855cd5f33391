import LinearAlgebra

/// A step of some of the parameters: which they are among all, the first of them, and the first
/// entry of their gradient. On several threads at once, each with parameters of its own.
public typealias EntryStep =
  @Sendable (
    _ entries: Range<Int>, _ parameters: UnsafeMutablePointer<Double>,
    _ gradient: UnsafePointer<Double>
  ) -> Void

/// How a gradient moves the weights, entry by entry. All parameters, W row by row and then b where
/// there is one, are one run of numbers.
public protocol UpdateRule: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// Whether every gradient is of the whole data set, rather than of a batch.
  var usesWholeSet: Bool { get }
  /// Learns what is minimized, before the first update.
  ///
  /// - Throws: `EngineError` where it is nothing for this rule.
  mutating func prepare(for objective: Objective, _ data: TrainingData) throws
  /// The step sizes, where the rule has its own; nil to take the options'.
  var ownSchedule: (any Schedule)? { get }
  /// Whether the weights start at zero unless something else is asked for.
  var startsAtZero: Bool { get }
  /// What it remembers between updates; nil where that is nothing.
  var state: SavedState? { get }
  /// Goes on from a state, with `count` parameters.
  ///
  /// - Throws: `StateMismatch` where the state is of another rule or of other parameters.
  mutating func restore(_ state: SavedState, count: Int) throws
  /// The next update's step, with step size `rate`: an update takes it for every entry, once.
  /// Asking changes nothing, and an update that is given up before its first entry leaves no trace.
  mutating func step(count: Int, rate: Double) -> EntryStep
  /// What an update ends with, after all entries.
  mutating func finish(_ parameters: Buffer)
  /// For a rule whose step is W ← W − η∇ and, at its end, back into a ball around 0: the ball's
  /// radius, infinite where there is none. Nil for others.
  var plainStepRadius: Double? { get }
  /// With a constant step η and a penalty whose gradient is cW, the weights grow without bound
  /// whatever the data once η·c is above this.
  var stabilityBound: Double { get }
}

extension UpdateRule {
  /// Nil, where a rule remembers nothing.
  public var state: SavedState? { nil }
  /// Nothing, where a rule remembers nothing: the weights are all that it goes on from.
  public mutating func restore(_ state: SavedState, count: Int) throws {}
  /// Nothing, where a rule does not say otherwise.
  public mutating func prepare(for objective: Objective, _ data: TrainingData) throws {}
  /// Nothing, where a rule does not say otherwise.
  public mutating func finish(_ parameters: Buffer) {}
  /// Nil, where a rule does not say otherwise.
  public var plainStepRadius: Double? { nil }
  /// Nil, where a rule does not say otherwise.
  public var ownSchedule: (any Schedule)? { nil }
  /// False, where a rule does not say otherwise.
  public var startsAtZero: Bool { false }
}

/// What a rule remembers of every entry: zeros until its first update.
struct EntryMemory: @unchecked Sendable {
  private var buffer: Buffer?

  /// Nil before the first update.
  var array: [Double]? { buffer?.array }

  /// Goes on from an array of a state.
  mutating func restore(_ state: SavedState, _ name: String, count: Int) throws {
    let buffer = Buffer(uninitialized: count)
    buffer.fill(try state.array(name, count: count))
    self.buffer = buffer
  }

  /// The numbers of `count` entries, to be read and written by an update's step.
  mutating func pointer(count: Int) -> UncheckedSendable<UnsafeMutablePointer<Double>> {
    if let buffer, buffer.count == count { return UncheckedSendable(buffer.pointer) }
    let zeros = Buffer(zeros: count)
    buffer = zeros
    return UncheckedSendable(zeros.pointer)
  }
}
