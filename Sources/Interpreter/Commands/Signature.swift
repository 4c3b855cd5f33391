/// What a command takes, as plain data, read off its declaration once.
public struct Signature: Sendable {
  /// The verb.
  public var name: String
  /// One line.
  public var summary: String
  /// Paragraphs.
  public var discussion: String
  /// Runnable examples.
  public var examples: [Example]
  /// The part of the list that it stands in.
  public var group: CommandGroup
  /// Operands in order.
  public var operands: [ParameterCard]
  /// Options in the order of declaration.
  public var options: [ParameterCard]

  /// Reads the declaration of a command.
  public init(_ command: any Command.Type) {
    name = command.name
    summary = command.summary
    discussion = command.discussion
    examples = command.examples
    group = command.group
    let cards = Signature.parameters(of: command.init()).map(\.card)
    operands = cards.filter { $0.role != .option }
    options = cards.filter { $0.role == .option }
  }

  /// The parameters of an instance, in the order of declaration.
  public static func parameters(of command: any Command) -> [BoundParameter] {
    Mirror(reflecting: command).children.flatMap { child -> [BoundParameter] in
      guard let source = child.value as? any ParameterSource else { return [] }
      return source.parameters(label: child.label ?? "")
    }
  }

  /// The option of this name.
  public func option(_ name: String) -> ParameterCard? { options.first { $0.name == name } }
}
