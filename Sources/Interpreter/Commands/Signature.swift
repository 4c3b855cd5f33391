/// The parameters of a command, for binding, help, completion and the reference page.
public struct Signature: Sendable {
  /// The command that declares it.
  public let command: any Command.Type
  /// The parameters in the order of declaration.
  public let parameters: [DeclaredParameter]
  /// The operands among them.
  public let operands: [ParameterCard]
  /// The options among them.
  public let options: [ParameterCard]
  /// The card of options of any name, where it takes such.
  public let named: ParameterCard?

  /// The verb.
  public var name: String { command.name }
  /// A summary in one line.
  public var summary: String { command.summary }
  /// Paragraphs below the summary.
  public var discussion: String { command.discussion }
  /// Runnable examples.
  public var examples: [Example] { command.examples }
  /// Its group in the list of verbs.
  public var group: CommandGroup { command.group }

  /// The signature of a command. Reflection is slow, so it is kept after first use. Any thread may
  /// call this.
  public static func of(_ command: any Command.Type) -> Signature {
    known.value(of: command) { Signature(reading: command) }
  }

  private static let known = PerType<Signature>()

  private init(reading command: any Command.Type) {
    self.command = command
    parameters = DeclaredParameter.declared(by: command.init())
    let cards = parameters.map(\.card)
    operands = cards.filter { $0.role == .operand || $0.role == .operands }
    options = cards.filter { $0.role == .option }
    named = cards.first { $0.role == .named }
  }

  /// The option of this name.
  public func option(_ name: String) -> ParameterCard? { options.first { $0.name == name } }
}
