import Testing

@testable import Text

@Suite struct StyledTextTests {
  private var report: StyledText {
    var text = StyledText("title", .heading)
    text.appendLine("well", .good)
    text.append(" in ")
    text.append("3 s", .volatile)
    return text
  }

  @Test func marksAreEscapesOrNothing() {
    #expect(report.plain == "title\nwell in 3 s")
    #expect(report.rendered(color: false) == report.plain)
    #expect(
      report.rendered(color: true)
        == "\u{1B}[1mtitle\u{1B}[0m\n\u{1B}[32mwell\u{1B}[0m in \u{1B}[2m3 s\u{1B}[0m")
  }

  @Test func whatIsDrawnKeepsItsOwnEscapes() {
    let plot = StyledText("\u{1B}[38;5;9m*\u{1B}[0m", .drawn)
    #expect(plot.rendered(color: true) == plot.plain)
  }

  @Test func neighborsOfOneStyleAreOnePart() {
    var text = StyledText("a")
    text.append("b")
    text.append("", .bad)
    text.append(StyledText("c", .bad))
    #expect(text.parts.map(\.text) == ["ab", "c"])
    #expect(StyledText().isEmpty)
    var lines = StyledText()
    lines.appendLine(StyledText("first"))
    lines.appendLine(StyledText("second"))
    #expect(lines.plain == "first\nsecond")
    #expect((text + lines).plain == "abcfirst\nsecond")
  }
}

@Suite struct RenditionTests {
  /// ECMA-48 numbers them: 1 bold, 4 underlined, 30 + n the colors black, red, green, yellow…
  @Test func parametersAddUp() {
    #expect((Rendition.bold + .blue).applied(to: "x") == "\u{1B}[1;34mx\u{1B}[0m")
    #expect((Rendition.underlined + .red).start == "\u{1B}[0;4;31m")
    #expect(Rendition.plain.applied(to: "x") == "x")
    #expect(Rendition.plain.start == Rendition.reset)
    #expect(Rendition.plain + .dim == .dim && .dim + .plain == Rendition.dim)
  }
}
