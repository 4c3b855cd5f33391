import Text

/// The result of a command: a value that can be assigned, and what a top-level statement shows.
public struct Output: Sendable {
  /// The value; `.none` where the command is run for its effect.
  public var value: Value
  /// What is shown instead of the value; nil shows the value.
  public var report: Report?
  /// Whether it is also shown in blocks and functions, as plots are.
  public var showsEverywhere: Bool
  /// Whether the user interrupted the command. `value`, the result so far, is assigned; then the
  /// script stops.
  public var isInterrupted: Bool
  /// The iterations of an interrupted command, where as many give the same value again.
  public var iteration: Int?

  /// A value, with a report to show instead where one is given.
  public init(
    _ value: Value = .none, report: Report? = nil, showsEverywhere: Bool = false,
    isInterrupted: Bool = false, iteration: Int? = nil
  ) {
    self.value = value
    self.report = report
    self.showsEverywhere = showsEverywhere
    self.isInterrupted = isInterrupted
    self.iteration = iteration
  }

  /// A value, with a text to show instead.
  public init(
    _ value: Value = .none, report: StyledText, showsEverywhere: Bool = false,
    isInterrupted: Bool = false, iteration: Int? = nil
  ) {
    self.init(
      value, report: Report(report), showsEverywhere: showsEverywhere,
      isInterrupted: isInterrupted, iteration: iteration)
  }

  /// The report, else the value, in all forms. The JSON is that of the value where there is one.
  public var presentation: Presentation {
    guard let report else { return value.presentation }
    return Presentation({ _ in report }, json: { [value] in value.json(on: $0) })
  }
}
