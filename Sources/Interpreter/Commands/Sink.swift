import Text

/// A place that shows results: the terminal, a page, a test.
public struct Sink {
  /// The forms that it takes beside text, the best first.
  public let types: [MediaType]
  /// Shows one form, without a line end after it. The display is the session's, by which the form
  /// was made.
  public let show: (Presentation.Form, Display) -> Void

  /// A place that takes files of these types, and text.
  public init(taking types: [MediaType], show: @escaping (Presentation.Form, Display) -> Void) {
    self.types = types
    self.show = show
  }

  /// A place that takes text only.
  public init(text: @escaping (StyledText, Display) -> Void) {
    self.init(taking: []) { form, display in
      if case .text(let styled) = form { text(styled, display) }
    }
  }
}
