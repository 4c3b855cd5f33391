import Testing

@testable import Text

@Suite struct PresentationTests {
  private static let svg = MediaType("image/svg+xml")
  private static let png = MediaType("image/png")

  /// A result with a picture as wide as the display, a PNG that can't be made, and text.
  private let result = Presentation { StyledText("\($0.width) columns") }
    .adding(svg) { Array("<svg width=\"\($0.width)\"/>".utf8) }
    .adding(png) { _ in nil }

  @Test func aPlaceThatTakesNothingElseGetsText() throws {
    #expect(try result.best(of: [], on: Display(width: 60)) == .text(StyledText("60 columns")))
    #expect(
      try Presentation(StyledText("as it is", .good)).best(of: [Self.svg], on: Display())
        == .text(StyledText("as it is", .good)))
  }

  @Test func theFirstFormThatThereIsWins() throws {
    let svg = Presentation.Form.data(Self.svg, Array("<svg width=\"60\"/>".utf8))
    let display = Display(width: 60)
    #expect(try result.best(of: [Self.svg], on: display) == svg)
    #expect(try result.best(of: [MediaType("text/html"), Self.svg], on: display) == svg)
    // A form that could not be made is passed over.
    #expect(try result.best(of: [Self.png, Self.svg], on: display) == svg)
    #expect(try result.best(of: [Self.png], on: display) == .text(StyledText("60 columns")))
    // The order is the place's, text among it.
    #expect(try result.best(of: [.text, Self.svg], on: display) == .text(StyledText("60 columns")))
    let both = result.adding(Self.png) { _ in [1, 2] }
    #expect(try both.best(of: [Self.png, Self.svg], on: display) == .data(Self.png, [1, 2]))
    #expect(try both.best(of: [Self.svg, Self.png], on: display) == svg)
  }

  @Test func onlyTheFormThatIsShownIsMade() throws {
    let result = Presentation { _ in
      Issue.record("nobody asked for text")
      return StyledText()
    }.adding(Self.svg) { _ in [] }
      .adding(Self.png) { _ in
        Issue.record("nobody asked for a PNG")
        return []
      }
    #expect(try result.best(of: [Self.svg, Self.png], on: Display()) == .data(Self.svg, []))
  }
}
