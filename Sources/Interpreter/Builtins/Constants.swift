/// A number with a name. A variable may shadow it.
public struct Constant: Sendable {
  /// Its name.
  public let name: String
  /// Its value.
  public let value: Double
  /// A summary in one line.
  public let summary: String
}

extension Builtins {
  /// The constants, in the order in which they are listed. `inf` and `nan` are literals.
  public static let constants: [Constant] = [
    Constant(name: "pi", value: .pi, summary: "π, the length of half a circle of radius 1.")
  ]
}

extension Vocabulary {
  /// The value of a name that comes with the language: a function, or a constant.
  func builtin(named name: String) -> Value? {
    if let function = function(named: name) { return .function(function) }
    return Builtins.constants.first { $0.name == name }.map { .number($0.value) }
  }

  /// The names that `builtin(named:)` knows.
  var builtinNames: [String] { functions.map(\.name) + Builtins.constants.map(\.name) }
}
