import Language

/// How a function is called.
struct CallForm {
  /// A parameter that a call may name.
  struct Parameter {
    var name: String
    /// The default as a user would type it; nil where none is shown.
    var defaultText: String?
    /// Whether a call may leave it out.
    var isOptional: Bool
  }

  /// A call with all parameters: `sum(x, axis=none, keepdims=false)`.
  let text: String
  /// Parameters in order, except one that takes any number of values, and those before it.
  let parameters: [Parameter]
  /// Whether there is one that takes any number.
  let isVariadic: Bool

  /// The form of a function of the session.
  init(_ function: FunctionValue) {
    let builtin = function as? BuiltinFunction
    text = function.callText
    isVariadic = builtin?.variadic != nil
    let names = function.parameterNames
    let first = builtin?.variadic.map { $0 + 1 } ?? 0
    parameters = names.indices.dropFirst(first).map { i in
      let usual = Self.defaultText(in: function.callText, names[i...])
      return Parameter(
        name: names[i], defaultText: usual,
        isOptional: builtin?.parameters[i].isOptional ?? (usual != nil))
    }
  }

  /// The form of a function that the entry itself declares.
  init(_ name: String, _ declared: [FunctionParameter], in source: Source) {
    isVariadic = false
    parameters = declared.map {
      Parameter(
        name: $0.name, defaultText: $0.defaultValue.map { source.text(in: $0.span) },
        isOptional: $0.defaultValue != nil)
    }
    let texts = parameters.map { $0.name + ($0.defaultText.map { "=\($0)" } ?? "") }
    text = "\(name)(\(texts.joined(separator: ", ")))"
  }

  /// The default of the first of `names` in the text of a call: all up to the next parameter.
  private static func defaultText(in call: String, _ names: ArraySlice<String>) -> String? {
    guard let name = names.first, let bracket = call.firstIndex(of: "("), call.last == ")",
      let start = [", \(name)=", "(\(name)="].compactMap({ call[bracket...].firstRange(of: $0) })
        .map(\.upperBound).min()
    else { return nil }
    let rest = call[start...].dropLast()
    let ends = (names.dropFirst().prefix(1).map { ", \($0)=" } + [", …"])
      .compactMap { rest.firstRange(of: $0)?.lowerBound }
    return String(rest[..<(ends.min() ?? rest.endIndex)])
  }
}
