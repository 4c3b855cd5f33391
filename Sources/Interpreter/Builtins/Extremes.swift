import LinearAlgebra
import Text

/// The largest and smallest: of several numbers, or of an array.
extension Builtins {
  static let extremes: [BuiltinFunction] = [
    extreme("min", "smallest", ["min([3, 1, 2])", "min(5, 0)"]) { $0 < $1 },
    extreme("max", "largest", ["max([3, 1, 2])", "max(-3, 0)"]) { $0 > $1 },
  ]

  private static func extreme(
    _ name: String, _ word: String, _ examples: [String],
    _ isBetter: @escaping @Sendable (Double, Double) -> Bool
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, [.variadic("x"), .optional("axis"), .optional("keepdims")],
      usage: "\(name)(x, axis=none, keepdims=false)",
      summary: "The \(word) entry, or the \(word) of several numbers; nan where there is one.",
      examples: examples
    ) { arguments, _ in
      var given = arguments[0].items
      guard let first = given.first else {
        throw Failure("'\(name)' needs 'x'", help: "`\(name)(x)`, or `\(name)(a, b)` of numbers")
      }
      if given.count > 1, given.allSatisfy({ $0.asNumber != nil }) {
        guard arguments[1].isMissing, arguments[2].isMissing else {
          throw Failure("'axis' and 'keepdims' are for an array, not for several numbers")
        }
        let numbers = given.compactMap(\.asNumber)
        return .number(
          try numbers.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return .nan }
            return try Line(base, buffer.count, 1).extreme(name, isBetter).value
          })
      }
      if given.count == 1 {
        given += arguments[1...]
      } else {
        try refuseEntries(given, name)
        guard arguments[1].isMissing else { throw Failure("'axis' is given twice") }
        if given.count == 2 { given.append(arguments[2]) }
      }
      let x = try first.array("x")
      let keeps = try given[2].flag("keepdims", orElse: false)
      let axis: Int?
      do {
        axis = try given[1].axis(rank: x.rank)
      } catch var failure as Failure {
        failure.help = byEntry(name)
        throw failure
      }
      return try reduced(x, axis: axis, keepsDimensions: keeps) {
        try $0.extreme(name, isBetter).value
      }
    }
  }

  private static func byEntry(_ name: String) -> String {
    "entry by entry, of two, it is `\(name)imum(a, b)`"
  }

  /// Refuses positional arguments that are no array with its axis. A number after a vector would be
  /// the axis in numpy, and is mostly meant for each entry: neither is guessed.
  private static func refuseEntries(_ given: [Value], _ name: String) throws {
    let (x, second) = (given[0], given[1])
    let isVector =
      switch x {
      case .array(let array): array.rank == 1
      case .list: true
      default: false
      }
    if isVector, given.count == 2, let number = second.asNumber {
      throw Failure(
        "'\(name)' of \(article(x.typeAndShape)) and \(NumberText.shortest(number)) is not clear",
        help: "`\(name)imum(x, \(NumberText.shortest(number)))` goes entry by entry; "
          + "`\(name)(x)` is of all entries")
    }
    var isAxis = second.asNumber != nil
    if case .none = second { isAxis = true }
    if given.count > 3 { isAxis = false }
    if given.count == 3 {
      if case .bool = given[2] {} else { isAxis = false }
    }
    guard case .array = x, isAxis else {
      throw Failure(
        "'\(name)' takes numbers, or one array and an axis, not "
          + given.map { article($0.typeAndShape) }.joined(separator: " and "),
        help: byEntry(name))
    }
  }
}
