extension StyledText {
  /// The text as HTML: headings are bold, what differs from run to run is in italics, and good and
  /// bad news have the classes `good` and `bad`.
  public var html: String {
    parts.map { part in
      let escaped = Escaping.markup(part.text)
      return switch part.style {
      case .plain, .drawn: escaped
      case .volatile: "<i>\(escaped)</i>"
      case .heading: "<b>\(escaped)</b>"
      case .good: "<span class=\"good\">\(escaped)</span>"
      case .bad: "<span class=\"bad\">\(escaped)</span>"
      }
    }.joined()
  }
}
