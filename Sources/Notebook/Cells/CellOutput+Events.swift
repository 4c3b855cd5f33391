import Text

extension CellOutput {
  /// Lines of a text, before its middle is left out.
  static let lineLimit = 1000
  /// Characters of a line, before its rest is left out.
  private static let widthLimit = 20_000

  /// The outputs that events make: texts that follow one another are one. A lone `…` stands for
  /// lines that are left out, as in recorded output.
  static func all(of events: [ScriptRun.Event]) -> [CellOutput] {
    var outputs: [CellOutput] = []
    var lines: [StyledText]?
    func flush() {
      if let text = lines.map(joined) { outputs.append(.text(text)) }
      lines = nil
    }
    for event in events {
      switch event {
      case .shown(let forms):
        switch forms.first {
        case .text(let text)?: lines = (lines ?? []) + self.lines(of: text)
        case .data?:
          flush()
          let data = forms.compactMap { form -> (type: MediaType, bytes: [UInt8])? in
            if case .data(let type, let bytes) = form { (type, bytes) } else { nil }
          }
          outputs.append(.data(data, text: text(in: forms)))
        case nil: continue
        }
      case .omitted: lines = (lines ?? []) + [StyledText("…")]
      case .diagnostic(let diagnostic):
        flush()
        outputs.append(.diagnostic(diagnostic))
      }
    }
    flush()
    return outputs
  }

  private static func text(in forms: [Presentation.Form]) -> StyledText {
    for case .text(let text) in forms { return joined(lines(of: text)) }
    return StyledText()
  }

  /// The lines of a text, each at most so long.
  private static func lines(of text: StyledText) -> [StyledText] {
    var lines = [StyledText()]
    for part in text.parts {
      for (i, piece) in part.text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if i > 0 { lines.append(StyledText()) }
        let isLong = piece.utf8.count > widthLimit
        lines[lines.count - 1].append(
          isLong ? piece.prefix(widthLimit) + "…" : String(piece), part.style)
      }
    }
    return shortened(lines)
  }

  private static func joined(_ lines: [StyledText]) -> StyledText {
    var text = StyledText()
    for (i, line) in shortened(lines).enumerated() {
      if i > 0 { text.append("\n") }
      text.append(line)
    }
    return text
  }

  /// The lines without their middle, where there are too many.
  private static func shortened(_ lines: [StyledText]) -> [StyledText] {
    guard lines.count > lineLimit else { return lines }
    let half = lineLimit / 2
    return lines.prefix(half) + [StyledText("…")] + lines.suffix(half - 1)
  }
}
