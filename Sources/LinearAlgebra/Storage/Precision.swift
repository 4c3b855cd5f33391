/// What the products of a pass over the data are computed in. Losses and their slopes are always
/// doubles.
public enum Precision: String, Sendable, CaseIterable {
  /// 53 bits: the default.
  case double
  /// 24 bits: half the memory traffic and twice the lanes.
  case single
}
