import Text

/// What a command gives back: a value that can be assigned, and what a top-level statement shows.
public struct Output: Sendable {
  /// The value; `.none` where the command is run for its effect.
  public var value: Value
  /// What is shown instead of the value's own text; nil shows the value.
  public var report: StyledText?
  /// True for plots and printed text, which are shown inside blocks and functions too.
  public var showsEverywhere: Bool
  /// True where the user interrupted the work and `value` is what there is so far: it is
  /// assigned, and then the script stops.
  public var isInterrupted: Bool

  /// A result, with a report of its own where one is given.
  public init(
    _ value: Value = .none, report: StyledText? = nil, showsEverywhere: Bool = false,
    isInterrupted: Bool = false
  ) {
    self.value = value
    self.report = report
    self.showsEverywhere = showsEverywhere
    self.isInterrupted = isInterrupted
  }
}
