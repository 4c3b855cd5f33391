import Language
import LinearAlgebra
import Text

/// `verb operand… key=operand…`.
final class CommandNode: ReportingNode, @unchecked Sendable {
  /// A value for one of the command's parameters.
  struct BoundNode {
    /// Index in `Signature.parameters`.
    var parameter: Int
    /// The name of one of the options of any name.
    var key: String?
    var value: Node
  }

  let signature: Signature
  let arguments: [BoundNode]
  let verbSpan: Span

  init(_ signature: Signature, _ arguments: [BoundNode], verbSpan: Span, _ span: Span) {
    self.signature = signature
    self.arguments = arguments
    self.verbSpan = verbSpan
    super.init(span)
  }

  override func run(_ frame: Frame) throws -> Output {
    let session = frame.session
    let instance = signature.command.init()
    let parameters = signature.parameters
    var given = [Bool](repeating: false, count: parameters.count)
    for argument in arguments {
      let value = try argument.value.evaluate(frame)
      given[argument.parameter] = true
      do {
        try parameters[argument.parameter].store(value, in: instance, as: argument.key)
      } catch {
        throw frame.located(error, argument.value.span)
      }
    }
    if signature.command.usesSettings {
      var missing: UInt64 = 0
      for (i, isGiven) in given.enumerated() where !isGiven { missing |= 1 << UInt64(min(i, 63)) }
      session.noteSettings(of: signature.name, missing: missing) {
        parameters.map(\.card.name)
      }
    }
    if signature.command.usesSettings && !session.settings.isEmpty {
      for (i, parameter) in parameters.enumerated() where !given[i] {
        guard parameter.card.role == .option, !parameter.card.isListed,
          let value = session.settings[parameter.card.name]
        else { continue }
        // `set` has checked the value. An option of the same name but another type keeps its
        // default.
        try? parameter.store(value, in: instance)
      }
    }
    let before = session.caller
    session.caller = (frame, span)
    defer { session.caller = before }
    do {
      let output = try instance.run(in: session)
      // The partial result is assigned; then the next statement does not begin.
      if output.isInterrupted { Interruption.request() }
      return output
    } catch let error as any DescribedError {
      let blamed = error.parameter.flatMap { name in
        arguments.first { parameters[$0.parameter].card.name == name }?.value.span
      }
      throw frame.located(error, blamed ?? verbSpan)
    } catch {
      throw frame.located(error, verbSpan)
    }
  }
}
