import Language
import Record
import Text

extension ByteWriter {
  /// Adds a result.
  func add(_ result: ResultCache.Result) throws {
    try add(each: result.values) {
      add($0.name)
      try add($0.value)
    }
    try add(each: result.shown) { shown in
      switch shown {
      case .result(let forms):
        add(true)
        add(each: forms) { form in
          switch form {
          case .text(let text):
            add(true)
            add(text)
          case .data(let type, let bytes):
            add(false)
            add(type.name)
            add(bytes.count)
            bytes.withUnsafeBytes { add(raw: $0) }
          }
        }
      case .warning(let diagnostic):
        guard diagnostic.severity == .warning, diagnostic.span == nil else {
          throw Unstorable(typeName: "message")
        }
        add(false)
        add(diagnostic.message)
        add(optional: diagnostic.help) { add($0) }
      }
    }
    add(result.hasDrawn)
    add(result.isPartial)
    add(optional: result.iteration) { add($0) }
    for list in [result.files, result.settings, result.names] { add(each: list) { add($0) } }
  }

  /// Adds a text with its styles.
  fileprivate func add(_ text: StyledText) {
    add(each: text.parts) {
      add($0.text)
      add(UInt8(StyledText.Style.allCases.firstIndex(of: $0.style) ?? 0))
    }
  }
}

extension ResultCache.Result {
  /// The result that `add` has written.
  ///
  /// - Throws: `DamagedBytes`.
  init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    values = try bytes.each { (try bytes.text(), try reader.value()) }
    shown = try bytes.each {
      if try bytes.flag() {
        return .result(try bytes.each { try Self.form(bytes) })
      }
      return .warning(
        Diagnostic(
          try bytes.text(), severity: .warning, help: try bytes.optional { try bytes.text() }))
    }
    hasDrawn = try bytes.flag()
    isPartial = try bytes.flag()
    iteration = try bytes.optional { try bytes.int() }
    files = try bytes.texts()
    settings = try bytes.texts()
    names = try bytes.texts()
  }

  private static func form(_ bytes: ByteReader) throws -> Presentation.Form {
    if try bytes.flag() {
      var text = StyledText()
      for (part, style) in try bytes.each({ (try bytes.text(), try bytes.byte()) }) {
        guard Int(style) < StyledText.Style.allCases.count else {
          throw DamagedBytes("a text has a style that is none")
        }
        text.append(part, StyledText.Style.allCases[Int(style)])
      }
      return .text(text)
    }
    let type = MediaType(try bytes.text())
    return .data(type, try (0..<bytes.count()).map { _ in try bytes.byte() })
  }
}
