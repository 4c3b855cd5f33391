import Text

/// The receiver of results: a terminal, a page, a test.
public struct Sink {
  /// The media types that it takes besides text, the best first.
  public let types: [MediaType]
  /// Shows one form, which has no line end of its own, made for the given display.
  public let show: (Presentation.Form, Display) -> Void

  /// A receiver of these media types and of text.
  public init(taking types: [MediaType], show: @escaping (Presentation.Form, Display) -> Void) {
    self.types = types
    self.show = show
  }

  /// A receiver of text only.
  public init(text: @escaping (StyledText, Display) -> Void) {
    self.init(taking: []) { form, display in
      if case .text(let styled) = form { text(styled, display) }
    }
  }
}
