import Text

/// The receiver of results: a terminal, a page, a test.
public struct Sink {
  /// The forms of a result that a receiver takes.
  public enum Taking: Sendable {
    /// The best one, text if it has no other.
    case best
    /// The best one and the text.
    case bestAndText
    /// All that it has, the text among them.
    case all
  }

  /// The media types that it takes besides text, the best first.
  public let types: [MediaType]
  /// The forms that it takes.
  public let taking: Taking
  /// Shows the forms of one result, the best first, which have no line end of their own, made for
  /// the given display.
  public let show: ([Presentation.Form], Display) -> Void

  private init(
    types: [MediaType], taking: Taking,
    show: @escaping ([Presentation.Form], Display) -> Void
  ) {
    self.types = types
    self.taking = taking
    self.show = show
  }

  /// The same receiver, with `note` called for each result before it.
  func noting(_ note: @escaping ([Presentation.Form]) -> Void) -> Sink {
    Sink(types: types, taking: taking) { [show] forms, display in
      note(forms)
      show(forms, display)
    }
  }

  /// A receiver of the best form of each result, of these media types or text.
  public init(taking types: [MediaType], show: @escaping (Presentation.Form, Display) -> Void) {
    self.types = types
    taking = .best
    self.show = { forms, display in
      if let best = forms.first { show(best, display) }
    }
  }

  /// A receiver of text only.
  public init(text: @escaping (StyledText, Display) -> Void) {
    self.init(taking: []) { form, display in
      if case .text(let styled) = form { text(styled, display) }
    }
  }

  /// A receiver of the best form of each result and, where that is not text, of its text.
  public init(
    keepingTextBeside types: [MediaType],
    show: @escaping ([Presentation.Form], Display) -> Void
  ) {
    self.init(types: types, taking: .bestAndText, show: show)
  }

  /// A receiver of all forms of each result that are of these media types, and of its text.
  public init(
    collecting types: [MediaType], show: @escaping ([Presentation.Form], Display) -> Void
  ) {
    self.init(types: types, taking: .all, show: show)
  }
}
