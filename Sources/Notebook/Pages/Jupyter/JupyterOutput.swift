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
    case .data(let type, let bytes, let text):
      .object([
        (
          "data",
          .object([
            (type.name, content(type, bytes)), ("text/plain", JupyterFile.lines(text.plain)),
          ])
        ), ("metadata", .object([])), ("output_type", "display_data"),
      ])
    case .diagnostic(let diagnostic): value(diagnostic)
    case .former(let output): value(output, number: number, isValue: isValue)
    case .running: stream("stdout", "")
    }
  }

  private func stream(_ name: JSONValue, _ text: String) -> JSONValue {
    .object([
      ("name", name), ("output_type", "stream"), ("text", JupyterFile.lines(text + "\n")),
    ])
  }

  /// Pictures of pixels are in base64, all else is text.
  private func content(_ type: MediaType, _ bytes: [UInt8]) -> JSONValue {
    type == .png
      ? .string(Base64.text(bytes) + "\n")
      : JupyterFile.lines(String(decoding: bytes, as: UTF8.self))
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
