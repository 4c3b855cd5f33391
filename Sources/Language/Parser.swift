/// What the parser makes of a text.
public struct ParseResult: Sendable {
  /// The statements that could be read; all of them where there is no diagnostic.
  public var script: Script
  /// What is wrong, in the order of the text.
  public var diagnostics: [Diagnostic]
  /// True where the text is right as far as it goes, but an open bracket, block or string, or a
  /// final `\`, says that more is to come. `diagnostics` then says what is missing.
  public var isIncomplete: Bool

  /// A result.
  public init(script: Script, diagnostics: [Diagnostic], isIncomplete: Bool) {
    self.script = script
    self.diagnostics = diagnostics
    self.isIncomplete = isIncomplete
  }
}

/// Reads a text into its syntax tree.
public struct Parser {
  /// The statements of `source`. A statement whose first word is one of `verbs` is a command;
  /// nothing else of the catalog is known here. The verbs of the special forms are always known.
  public static func parse(_ source: Source, verbs: Set<String>) -> ParseResult {
    ParseResult(script: Script(items: []), diagnostics: [], isIncomplete: false)
  }
}
