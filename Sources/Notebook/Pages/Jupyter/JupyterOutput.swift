import Language
import Text

/// Outputs of code cells as Jupyter keeps them.
struct JupyterOutput {
  /// How an error or a warning reads.
  let text: (Diagnostic) -> String

  /// One output.
  ///
  /// - Parameters:
  ///   - number: the number of the cell's execution.
  ///   - isValue: whether a text is the value of an expression.
  func value(_ output: CellOutput, number: JSONValue, isValue: Bool) -> JSONValue {
    switch output {
    case .text(let text) where isValue:
      .object([
        ("data", .object([("text/plain", JupyterFile.lines(text.plain))])),
        ("execution_count", number), ("metadata", .object([])), ("output_type", "execute_result"),
      ])
    case .text(let text): stream("stdout", text.plain)
    case .data(let forms, let text): value(forms, text, number: number, isValue: isValue)
    case .diagnostic(let diagnostic): value(diagnostic)
    case .former(let output): value(output, number: number, isValue: isValue)
    case .running: stream("stdout", "")
    }
  }

  /// A result in several forms, of which Jupyter shows the best.
  private func value(
    _ forms: [(type: MediaType, bytes: [UInt8])], _ text: StyledText, number: JSONValue,
    isValue: Bool
  ) -> JSONValue {
    var data = forms.map { form -> (name: String, value: JSONValue?) in
      (name(of: form.type), content(form.type, form.bytes))
    }
    data.append((MediaType.text.name, JupyterFile.lines(text.plain)))
    data.sort { $0.name < $1.name }
    return .object([
      ("data", .object(data)), ("execution_count", isValue ? number : nil),
      ("metadata", .object([])), ("output_type", isValue ? "execute_result" : "display_data"),
    ])
  }

  /// The name of a form in a notebook. JupyterLab would show JSON in the place of a table: under a
  /// name of ours it is kept, and left to programs.
  private func name(of type: MediaType) -> String {
    type == .json ? "application/vnd.svmrepl+json" : type.name
  }

  private func stream(_ name: JSONValue, _ text: String) -> JSONValue {
    .object([
      ("name", name), ("output_type", "stream"), ("text", JupyterFile.lines(text + "\n")),
    ])
  }

  /// Pictures of pixels are in base64, JSON is itself, and all else is text.
  private func content(_ type: MediaType, _ bytes: [UInt8]) -> JSONValue {
    if type == .png { return .string(Base64.text(bytes) + "\n") }
    let text = String(decoding: bytes, as: UTF8.self)
    return type == .json ? JSONValue(parsing: text) ?? .null : JupyterFile.lines(text)
  }

  private func value(_ diagnostic: Diagnostic) -> JSONValue {
    let text = self.text(diagnostic)
    guard diagnostic.severity == .error else { return stream("stderr", text) }
    return .object([
      ("ename", .string(name(of: diagnostic.category))), ("evalue", .string(diagnostic.message)),
      ("output_type", "error"),
      (
        "traceback",
        .array(text.split(separator: "\n").map { .string(String($0)) })
      ),
    ])
  }

  /// The name of an error by its class.
  private func name(of category: Diagnostic.Category) -> String {
    switch category {
    case .usage: "UsageError"
    case .runtime: "RuntimeError"
    case .data: "DataError"
    case .interrupted: "Interrupted"
    }
  }
}
