import LinearAlgebra
import Record

extension Session {
  /// Runs a statement at top level, shows its result and notes how it was made.
  ///
  /// - Parameter place: its random stream where it runs again; nil for the next one of its key.
  /// - Throws: `Located`, `Interrupted`.
  func run(_ statement: RanStatement, drawingFrom place: StreamPlace? = nil) throws {
    let outer = (source, stackLimit, caller, presentStream)
    source = statement.source
    stackLimit = StackGuard.limitOfThisThread()
    caller = nil
    let opened = begin(statement, drawingFrom: place)
    let isOwn = opened.statement === statement
    var ending = StatementEnding.failed
    defer {
      if isOwn { end(opened, ending) }
      let stream: RandomStream
      (source, stackLimit, caller, stream) = outer
      if let around = open.last { goOn(with: around.number, stream) }
    }
    do {
      let frame = Frame(topLevel: self, source: source, slots: statement.slotCount)
      if let output = try statement.node.executeAtTop(frame) {
        if output.isInterrupted {
          ending = output.iteration.map { .interrupted(iteration: $0) } ?? .interruptedSomewhere
        }
        try show(output, isSilent: statement.isSilent)
      }
      // An interrupted command returned its partial result, which is assigned now.
      try Interruption.check()
      if ending == .failed { ending = .complete }
    } catch let interrupted as Interrupted {
      if ending == .failed { ending = .interruptedSomewhere }
      throw interrupted
    }
  }

  /// Shows a result and assigns it to `_`, unless the statement is silent.
  private func show(_ output: Output, isSilent: Bool) throws {
    if isSilent { return }
    try show(output.presentation)
    if case .none = output.value { return }
    let last = variable("_")
    last.slot.pointee = try output.value.kept
    last.marks.pointee.noteAssignment(statementNumber)
  }
}
