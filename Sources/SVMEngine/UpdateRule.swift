/// How a gradient moves the weights. All parameters, W row by row and then b where there is one, are
/// one run of numbers.
public protocol UpdateRule: Sendable {
  /// Its name in the catalog.
  var name: String { get }
  /// Whether every gradient is of the whole data set, rather than of a batch.
  var usesWholeSet: Bool { get }
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
