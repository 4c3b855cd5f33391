import Text

/// What a command gives back: a value that can be assigned, and what a top-level statement shows.
public struct Output: Sendable {
  /// The value; `.none` where the command is run for its effect.
  public var value: Value
  /// What is shown in the place of the value; nil shows the value.
  public var report: Presentation?
  /// Whether blocks and functions show it, too, as plots and printed text.
  public var showsEverywhere: Bool
  /// Whether the user interrupted the work and `value` is what there is so far: it is assigned, and
  /// then the script stops.
  public var isInterrupted: Bool

  /// A result, with a report of its own where one is given.
  public init(
    _ value: Value = .none, report: StyledText? = nil, showsEverywhere: Bool = false,
    isInterrupted: Bool = false
  ) {
    self.value = value
    self.report = report.map { Presentation($0) }
    self.showsEverywhere = showsEverywhere
    self.isInterrupted = isInterrupted
  }

  /// What is shown, in all its forms.
  public var presentation: Presentation { report ?? value.presentation }
}
