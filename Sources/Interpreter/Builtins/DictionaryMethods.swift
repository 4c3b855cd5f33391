import LinearAlgebra

extension Builtins {
  static let dictionaries: [BuiltinFunction] = [
    BuiltinFunction(
      "remove", [.required("d"), .required("key")], usage: "remove(d, key)",
      summary: "The dictionary without a key.",
      examples: ["remove({\"lr\": 0.1, \"reg\": 1}, \"lr\")"]
    ) { arguments, _ in
      guard case .dictionary(let box) = arguments[0] else {
        throw Failure("'d' must be a dictionary, not \(article(arguments[0].typeAndShape))")
      }
      return .dictionary(try box.removing(try DictionaryKey(arguments[1])))
    }
  ]
}

/// The methods of dictionaries, as in Python.
enum DictionaryMethods {
  /// By name. The dictionary is the first argument.
  static let all: [String: BuiltinFunction] = Dictionary(
    uniqueKeysWithValues: [keys, values, items, get].map { ($0.name, $0) })

  private static let keys = BuiltinFunction(
    "keys", [.required("d")], usage: "keys()", summary: "The keys, in the order of insertion."
  ) { arguments, _ in
    try Value.bracket(try dictionary(arguments[0]).keys.map(\.value))
  }

  private static let values = BuiltinFunction(
    "values", [.required("d")], usage: "values()", summary: "The values, in the order of insertion."
  ) { arguments, _ in
    try Value.bracket(try dictionary(arguments[0]).values)
  }

  private static let items = BuiltinFunction(
    "items", [.required("d")], usage: "items()", summary: "The pairs of key and value."
  ) { arguments, _ in
    let box = try dictionary(arguments[0])
    return .list(
      try ListBox(
        checkingDepthOf: try Interruption.map(box.count) {
          .tuple(try ListBox(checkingDepthOf: [box.keys[$0].value, box.values[$0]]))
        }))
  }

  private static let get = BuiltinFunction(
    "get", [.required("d"), .required("key"), .optional("default")],
    usage: "get(key, default=none)",
    summary: "The value of a key; another value where there is no such key."
  ) { arguments, _ in
    try dictionary(arguments[0]).value(of: try DictionaryKey(arguments[1]))
      ?? (arguments[2].isMissing ? .none : arguments[2])
  }

  private static func dictionary(_ value: Value) throws -> DictionaryBox {
    guard case .dictionary(let box) = value else {
      throw Failure("this is \(value.typeAndShape), not a dictionary")
    }
    return box
  }
}
