import Interpreter
import Language

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
    return BuiltinFunction(
      name, positional + options, usage: usage, summary: summary, examples: examples
    ) { arguments, session in
      let group = Group()
      for (i, parameter) in parameters.enumerated() {
        let value = arguments[positional.count + i]
        if !value.isMissing {
          try parameter.store(value, in: group)
        } else if let usual = session.settings[parameter.card.name] {
          try? parameter.store(usual, in: group)
        }
      }
      return try body(Array(arguments.prefix(positional.count)), group, session)
    }
  }
}
