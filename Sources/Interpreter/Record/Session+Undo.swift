import Language
import LinearAlgebra
import Record
import Text

extension Session {
  /// Keeps a variable as it is for `undo`: it is going to change.
  func willChange(_ variable: Variable) {
    open.first?.undo?.keep(variable, version: graph.current(.name(variable.name))) {
      // Asking for the free memory costs more than small values are worth.
      $0 <= Session.smallValue || $0 <= Int(clamping: MemoryLimit.availableBytes) / 4
    }
  }

  /// Keeps the version of a setting or the seed, which is going to change.
  func willChange(_ subject: Subject) {
    open.first?.undo?.keep(subject, version: graph.current(subject))
  }

  /// Ends what is kept for a statement.
  func closeStep(of statement: OpenStatement) {
    guard var step = statement.undo, !statement.isUndo else { return }
    step.close { graph.current(.name($0.name)) }
    undoSteps.append(step)
    var bytes = undoSteps.reduce(0) { $0 + $1.bytes }
    let most = max(
      4 * Session.smallValue,
      bytes > 4 * Session.smallValue
        ? Int(clamping: MemoryLimit.availableBytes) / 2 : 0)
    for i in undoSteps.indices where bytes > most {
      bytes -= undoSteps[i].bytes
      undoSteps[i].drop()
    }
    if undoSteps.count > Session.mostSteps { undoSteps.removeFirst() }
  }

  private static let smallValue = 64 << 20
  private static let mostSteps = 1000

  /// Whether a command of a script takes statements back, so that old values are kept for it.
  func usesUndo(_ script: Script) -> Bool {
    func uses(_ statement: Statement) -> Bool {
      statement.parts.contains { part in
        switch part {
        case .command(let command): command.verb == "undo"
        case .statement(let inner): uses(inner)
        case .expression: false
        }
      }
    }
    return script.statements.contains { uses($0.statement) }
  }

  /// Takes back the last statement that changed names, settings or the seed, with the counts of all
  /// streams.
  ///
  /// - Returns: what was taken back, in words.
  /// - Throws: A `Failure` where there is none, or its old values were let go to save memory.
  public func undo() throws -> String {
    guard let place = undoSteps.lastIndex(where: \.hasChanged) else {
      throw Failure(
        "there is nothing to take back",
        help: keepsOldValues ? nil : "the statements of this file came before `undo` was read")
    }
    let step = undoSteps[place]
    if let lost = step.names.first(where: { $0.value == nil }) {
      throw Failure(
        "the old value of '\(lost.variable.name)' was let go to save memory "
          + "(\(Quantity.bytes(lost.bytes)))",
        help: "`how \(lost.variable.name)` says how the present one was made")
    }
    var words: [String] = []
    for name in step.names {
      name.variable.slot.pointee = name.value ?? .undefined
      graph.put(name.version, of: .name(name.variable.name))
      if name.variable.name == "_" { continue }
      words.append(
        name.variable.isAssigned
          ? "\(name.variable.name) is as before" : "\(name.variable.name) is gone")
    }
    if !step.versions.isEmpty {
      changeableSettings = step.settings
      for (subject, version) in step.versions { graph.put(version, of: subject) }
      if step.versions.keys.contains(.seed) { words.append("the seed is \(step.seed)") }
      if step.versions.keys.contains(where: { $0 != .seed }) {
        words.append("the settings are as before")
      }
    }
    seed = step.seed
    streamCounts = step.counts
    undoSteps.removeSubrange(place...)
    open.first?.isUndo = true
    let line = step.statement.code.split(separator: "\n").first.map(String.init) ?? ""
    return "undone: \(step.statement.place) \(line)"
      + (words.isEmpty ? "" : "\n" + words.joined(separator: ", "))
  }
}
