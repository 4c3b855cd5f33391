import Text

/// The receiver of results: a terminal, a page, a test.
public struct Sink {
  /// The media types that it takes besides text, the best first.
  public let types: [MediaType]
  /// Whether it takes the text of a result beside a better form, too.
  public let keepsText: Bool
  /// Shows the forms of one result, the best first, which have no line end of their own, made for
  /// the given display.
  public let show: ([Presentation.Form], Display) -> Void

  private init(
    types: [MediaType], keepsText: Bool,
    show: @escaping ([Presentation.Form], Display) -> Void
  ) {
    self.types = types
    self.keepsText = keepsText
    self.show = show
  }

  /// The same receiver, with `note` called for each result before it.
  func noting(_ note: @escaping ([Presentation.Form]) -> Void) -> Sink {
    Sink(types: types, keepsText: keepsText) { [show] forms, display in
      note(forms)
      show(forms, display)
    }
  }

  /// A receiver of the best form of each result, of these media types or text.
  public init(taking types: [MediaType], show: @escaping (Presentation.Form, Display) -> Void) {
    self.types = types
    keepsText = false
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
    self.types = types
    keepsText = true
    self.show = show
  }
}
