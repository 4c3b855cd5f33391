import Text

/// The result of a command: a value that can be assigned, and what a top-level statement shows.
public struct Output: Sendable {
  /// The value; `.none` where the command is run for its effect.
  public var value: Value
  /// What is shown instead of the value; nil shows the value.
  public var report: Presentation?
  /// Whether it is also shown in blocks and functions, as plots are.
  public var showsEverywhere: Bool
  /// Whether the user interrupted the command. `value`, the result so far, is assigned; then the
  /// script stops.
  public var isInterrupted: Bool
  /// The iterations of an interrupted command, where as many give the same value again.
  public var iteration: Int?

  /// A value, with a report to show instead where one is given.
  public init(
    _ value: Value = .none, report: StyledText? = nil, showsEverywhere: Bool = false,
    isInterrupted: Bool = false, iteration: Int? = nil
  ) {
    self.value = value
    self.report = report.map { Presentation($0) }
    self.showsEverywhere = showsEverywhere
    self.isInterrupted = isInterrupted
    self.iteration = iteration
  }

  /// The report, else the value, in all forms.
  public var presentation: Presentation { report ?? value.presentation }
}
