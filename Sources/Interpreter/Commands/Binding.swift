import Text
import Language

/// Matches the operands and options of a command with its declaration. Their names and number, bare
/// words and literals are checked before anything runs.
struct CommandBinding {
  /// A value for one parameter, its words resolved.
  struct Argument {
    /// Index in `Signature.parameters`.
    var parameter: Int
    var card: ParameterCard
    var value: Expression
    /// The name of one of the options of any name.
    var key: String?
  }

  /// In the order of the text.
  private(set) var arguments: [Argument] = []
  /// The errors.
  private(set) var diagnostics: [Diagnostic] = []
  private let syntax: CommandSyntax
  private let signature: Signature
  /// An instance in which literals are stored to check them.
  private let probe: any Command
  private let source: Source
  private let catalog: Vocabulary
  private let isKnown: (String) -> Bool

  /// `isKnown` says whether a name may have a value when the command runs.
  init(
    _ syntax: CommandSyntax, to signature: Signature, of catalog: Vocabulary, in source: Source,
    isKnown: @escaping (String) -> Bool
  ) {
    self.catalog = catalog
    self.syntax = syntax
    self.source = source
    self.isKnown = isKnown
    self.signature = signature
    probe = signature.command.init()
    bindOperands()
    bindOptions()
    checkRequired()
  }

  private mutating func bindOperands() {
    let parameters = signature.parameters
    let places = parameters.indices.filter {
      parameters[$0].card.role == .operand || parameters[$0].card.role == .operands
    }
    var next = 0
    for operand in syntax.operands {
      guard next < places.count else {
        let count = places.count == 1 ? "1 operand" : "\(places.count) operands"
        let hint: String
        if case .word(let word, _) = operand.kind, signature.option(word) != nil {
          hint = "options are written with `=`: `\(word)=…`"
        } else {
          hint = "it is used as `\(signature.usage)`"
        }
        report(
          "'\(signature.name)' takes \(places.isEmpty ? "no operands" : count), but here "
            + "\(syntax.operands.count == 1 ? "is 1" : "are \(syntax.operands.count)")",
          help: hint, operand.span)
        return
      }
      let place = places[next]
      if parameters[place].card.role == .operand { next += 1 }
      bind(operand, to: place)
    }
  }

  private mutating func bindOptions() {
    for option in syntax.options {
      guard
        let place = signature.parameters.firstIndex(where: {
          $0.card.role == .option && $0.card.name == option.key
        })
      else {
        if let place = signature.parameters.firstIndex(where: { $0.card.role == .named }) {
          bind(option.value, to: place, as: option.key)
          continue
        }
        report(
          "'\(signature.name)' has no option '\(option.key)'",
          help: unknownOptionHelp(option.key), option.keySpan)
        continue
      }
      bind(option.value, to: place)
    }
  }

  private func unknownOptionHelp(_ key: String) -> String {
    let options = signature.options.map(\.name)
    if options.isEmpty { return "it has no options: `\(signature.usage)`" }
    let all = "`help \(signature.name)` lists all options."
    // A word of another tool, where it is one of this verb's options here.
    if let ours = ForeignWords.option(key),
      options.contains(where: { ours.contains("`\($0)=") })
    {
      return "\(ours); \(all)"
    }
    let owners = catalog.signatures.filter { $0.option(key) != nil }.map(\.name)
    if !owners.isEmpty {
      return "it is an option of \(owners.map { "'\($0)'" }.joined(separator: ", ")); \(all)"
    }
    if let near = Spelling.hint(key, in: options) { return "\(near) \(all)" }
    return ForeignWords.option(key).map { "\($0); \(all)" } ?? all
  }

  private mutating func checkRequired() {
    for (i, parameter) in signature.parameters.enumerated() where parameter.card.isRequired {
      guard !arguments.contains(where: { $0.parameter == i }), !failed.contains(i) else { continue }
      let card = parameter.card
      let thing =
        card.role == .option
        ? "'\(card.name)='" : "'\(card.name)' (\(article(card.typeName)))"
      report(
        "'\(signature.name)' needs \(thing)", help: "it is used as `\(signature.usage)`",
        syntax.verbSpan)
    }
    let given = Set(syntax.options.map(\.key))
    if diagnostics.isEmpty, let refusal = signature.command.refusal(options: given) {
      report(
        refusal.message, help: refusal.help,
        syntax.options.first { $0.key == refusal.parameter }?.keySpan ?? syntax.verbSpan)
    }
  }

  /// Parameters whose values were refused, so that they are not also reported as missing.
  private var failed: Set<Int> = []

  private mutating func bind(_ value: Expression, to place: Int, as key: String? = nil) {
    let parameter = signature.parameters[place]
    do {
      let resolved = try resolve(value, parameter.card)
      if let literal = resolved.literal { try parameter.store(literal, in: probe) }
      arguments.append(
        Argument(parameter: place, card: parameter.card, value: resolved, key: key))
    } catch let error as any DescribedError {
      failed.insert(place)
      report(error.message, help: error.help, value.span)
    } catch {
      failed.insert(place)
      report("\(error)", help: nil, value.span)
    }
  }

  /// Resolves bare words: to a choice, else to a literal or a name.
  private func resolve(_ value: Expression, _ card: ParameterCard) throws -> Expression {
    // `load patches10`, `run my.svm`.
    if card.typeName == String.typeName, card.choices.isEmpty, let name = value.unquotedName,
      !isKnown(name)
    {
      throw Failure(
        "text is written in quotes, and there is no '\(name)'",
        help: "write `\"\(source.text(in: value.span))\"`")
    }
    switch value.kind {
    case .word(let word, let other):
      if card.choices.contains(word) || card.takesAnyWord {
        return Expression(.string([.text(word)]), value.span)
      }
      guard let other else {
        if !card.choices.isEmpty { throw Signature.notAChoice(word, card) }
        throw Failure(
          "'\(word)' is not a value that '\(card.name)' takes",
          help: "text is written in quotes, and a subtraction in parentheses")
      }
      if case .name(let name) = other.kind, !card.choices.isEmpty, !isKnown(name) {
        throw Signature.notAChoice(word, card)
      }
      return other
    case .list(let items):
      return Expression(.list(try items.map { try resolve($0, card) }), value.span)
    default:
      return value
    }
  }

  private mutating func report(_ message: String, help: String?, _ span: Span) {
    diagnostics.append(
      Diagnostic(message, category: .usage, source: source, span: span, help: help))
  }
}

extension Signature {
  /// `'loss' can't be 'hinj'`, with the nearest choice and all choices as help.
  public static func notAChoice(_ word: String, _ card: ParameterCard) -> Failure {
    let all = "it is one of: " + card.choices.joined(separator: " ")
    return Failure(
      "'\(card.name)' can't be '\(word)'",
      help: Spelling.hint(word, in: card.choices).map { "\($0) \(all)" } ?? all)
  }

  /// `center DATA by=… [key=value…]`: the operands, those not required in brackets, and the
  /// required options.
  public var usage: String {
    var words = [name]
    for operand in operands {
      let word = operand.name.uppercased() + (operand.role == .operands ? "…" : "")
      words.append(operand.isRequired ? word : "[\(word)]")
    }
    for option in options where option.isRequired { words.append("\(option.name)=…") }
    if options.contains(where: { !$0.isRequired }) { words.append("[key=value…]") }
    if named != nil { words.append("[NAME=VALUE…]") }
    return words.joined(separator: " ")
  }
}

extension Expression {
  /// The name that a path without quotes begins with, as in `my.svm`; nil for anything else.
  fileprivate var unquotedName: String? {
    switch kind {
    case .name(let name): name
    case .word(let word, nil): word
    case .word(_, let other?): other.unquotedName
    case .field(let base, _, _): base.unquotedName
    default: nil
    }
  }

  /// The value of a literal: a number with or without signs, a string, `true`, `false`, `none`, or
  /// a list of literals. Nil for other expressions.
  var literal: Value? {
    switch kind {
    case .number(let number): return .number(number)
    case .bool(let flag): return .bool(flag)
    case .none: return Value.none
    case .string(let parts):
      var text = ""
      for part in parts {
        guard case .text(let piece) = part else { return nil }
        text += piece
      }
      return .string(text)
    case .unary(.negate, let operand):
      guard case .number(let number)? = operand.literal else { return nil }
      return .number(-number)
    case .unary(.plus, let operand):
      guard case .number(let number)? = operand.literal else { return nil }
      return .number(number)
    case .list(let items):
      var values: [Value] = []
      for item in items {
        guard let value = item.literal else { return nil }
        values.append(value)
      }
      return try? Value.bracket(values)
    default: return nil
    }
  }
}
