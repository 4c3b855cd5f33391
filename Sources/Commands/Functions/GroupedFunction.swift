import Interpreter
import Language
import LinearAlgebra
import Synchronization

extension BuiltinFunction {
  /// A function that takes the options of a group, with `_` for `-` in their names. As in commands,
  /// options that are left out have the defaults made by `set`.
  ///
  /// - Parameters:
  ///   - positional: the parameters before the options.
  ///   - body: gets the positional values, the options, and the session.
  static func withOptions<Group: ParameterGroup>(
    _ name: String, _ positional: [Parameter], of group: Group.Type, usage: String,
    summary: String, examples: [String] = [],
    body: @escaping @Sendable ([Value], Group, Session) throws -> Value
  ) -> BuiltinFunction {
    let parameters = DeclaredParameter.all(of: group)
    let options = parameters.map { Parameter.optional($0.card.name.replacingDashes) }
    let last = LastGroup<Group>()
    return BuiltinFunction(
      name, positional + options, usage: usage, summary: summary, examples: examples
    ) { arguments, session in
      let positionals = Array(arguments.prefix(positional.count))
      let given = arguments.dropFirst(positional.count)
      var missing: UInt64 = 0
      for (i, value) in given.enumerated() where value.isMissing {
        missing |= 1 << UInt64(min(i, 63))
      }
      session.noteSettings(of: name, missing: missing) { parameters.map(\.card.name) }
      let isPlain = session.settings.isEmpty
      if isPlain, let group = last.group(for: given) {
        return try body(positionals, group, session)
      }
      let group = Group()
      for (i, parameter) in parameters.enumerated() {
        let value = arguments[positional.count + i]
        if !value.isMissing {
          try parameter.store(value, in: group)
        } else if let usual = session.settings[parameter.card.name] {
          try? parameter.store(usual, in: group)
        }
      }
      if isPlain { last.keep(group, for: given) }
      return try body(positionals, group, session)
    }
  }
}

/// The options of the last call of a function. A loop mostly gives the same ones again, and to bind
/// them takes longer than the loss of a few samples.
private final class LastGroup<Group: ParameterGroup>: Sendable {
  /// The value of an option that can be compared at no cost.
  private enum Key: Equatable {
    case missing
    case number(UInt64)
    case bool(Bool)
    case text(String)

    init?(_ value: Value) {
      switch value {
      case .undefined: self = .missing
      case .number(let number): self = .number(number.bitPattern)
      case .bool(let flag): self = .bool(flag)
      case .string(let box) where box.text.utf8.count <= 64: self = .text(box.text)
      default: return nil
      }
    }
  }

  private let kept = Mutex<(keys: [Key], group: UncheckedSendable<Group>)?>(nil)

  /// The options, where the values are those of the last call.
  func group(for values: ArraySlice<Value>) -> Group? {
    kept.withLock { kept in
      guard let kept, zip(kept.keys, values).allSatisfy({ $0 == Key($1) }) else { return nil }
      return kept.group.value
    }
  }

  /// Keeps the options of a call, which nobody writes any more.
  func keep(_ group: Group, for values: ArraySlice<Value>) {
    let keys = values.compactMap { Key($0) }
    guard keys.count == values.count else { return }
    let group = UncheckedSendable(group)
    kept.withLock { $0 = (keys, group) }
  }
}
