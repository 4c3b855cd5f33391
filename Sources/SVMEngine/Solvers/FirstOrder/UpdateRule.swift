import LinearAlgebra

/// A step of some parameters. It gets their indices among all, and pointers to the first of them
/// and to its gradient. It runs on several threads at once, each with parameters of its own.
public typealias EntryStep =
  @Sendable (
    _ entries: Range<Int>, _ parameters: UnsafeMutablePointer<Double>,
    _ gradient: UnsafePointer<Double>
  ) -> Void

/// A rule for how a gradient moves the parameters, entry by entry. The parameters are one array: W
/// row by row, D×K, and then b where there is one.
public protocol UpdateRule: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// Whether every gradient is of the whole data set, and not of a batch.
  var usesWholeSet: Bool { get }
  /// Adapts the rule to the objective, before the first update.
  ///
  /// - Throws: `EngineError` where the rule does not work for the objective.
  mutating func prepare(for objective: Objective, _ data: TrainingData) throws
  /// The rule's own step sizes; nil to take the schedule of the options.
  var ownSchedule: (any Schedule)? { get }
  /// Whether the weights start at zero by default.
  var startsAtZero: Bool { get }
  /// What it stores between updates; nil where that is nothing.
  var state: SavedState? { get }
  /// Resumes from a state, with `count` parameters.
  ///
  /// - Throws: `StateMismatch` where the state is of another rule or of other parameters.
  mutating func restore(_ state: SavedState, count: Int) throws
  /// The step of the next update, with step size `rate`. An update takes it once for every entry.
  /// Asking for it changes nothing, so that an update may be dropped before its first entry.
  mutating func step(count: Int, rate: Double) -> EntryStep
  /// Ends an update, after all entries.
  mutating func finish(_ parameters: Buffer)
  /// The radius of the ball around 0 onto which a rule with the step W ← W − η∇ projects; infinite
  /// where it does not. Nil for other steps.
  var plainStepRadius: Double? { get }
  /// The bound on η·c, for a constant step η and a penalty with the gradient cW, above which the
  /// weights grow without bound on any data.
  var stabilityBound: Double { get }
}

extension UpdateRule {
  /// Nil by default.
  public var state: SavedState? { nil }
  /// Does nothing by default: the weights are the whole state.
  public mutating func restore(_ state: SavedState, count: Int) throws {}
  /// Does nothing by default.
  public mutating func prepare(for objective: Objective, _ data: TrainingData) throws {}
  /// Does nothing by default.
  public mutating func finish(_ parameters: Buffer) {}
  /// Nil by default.
  public var plainStepRadius: Double? { nil }
  /// Nil by default.
  public var ownSchedule: (any Schedule)? { nil }
  /// False by default.
  public var startsAtZero: Bool { false }
}

/// A number that a rule stores for every entry; 0 until its first update.
struct EntryMemory: @unchecked Sendable {
  private var buffer: Buffer?

  /// Nil before the first update.
  var array: [Double]? { buffer?.array }

  /// Resumes from an array of a state.
  mutating func restore(_ state: SavedState, _ name: String, count: Int) throws {
    let buffer = Buffer(uninitialized: count)
    buffer.fill(try state.array(name, count: count))
    self.buffer = buffer
  }

  /// The numbers of `count` entries, for an update to read and write.
  mutating func pointer(count: Int) -> UncheckedSendable<UnsafeMutablePointer<Double>> {
    if let buffer, buffer.count == count { return UncheckedSendable(buffer.pointer) }
    let zeros = Buffer(zeros: count)
    buffer = zeros
    return UncheckedSendable(zeros.pointer)
  }
}
