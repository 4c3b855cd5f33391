/// Functions that turn values into text.
extension Builtins {
  static let text: [BuiltinFunction] = [
    BuiltinFunction(
      "str", [.required("x")], usage: "str(x)",
      summary: "The value as a string, as `print` shows it.",
      examples: ["str(1.5)"]
    ) { arguments, session in .string(try arguments[0].text(for: session.display)) },
    BuiltinFunction(
      "format", [.required("x"), .required("spec")], usage: "format(x, spec)",
      summary: "The value in a format of Python's mini-language, as `{x:spec}` shows it.",
      examples: ["format(3.14159, \".2f\")"]
    ) { arguments, _ in
      guard case .string(let spec) = arguments[1] else {
        throw Failure("'spec' must be a string, not \(article(arguments[1].typeAndShape))")
      }
      return .string(try FormatSpec(spec.text).apply(to: arguments[0]))
    },
  ]
}
