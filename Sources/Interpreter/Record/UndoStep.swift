import Record

/// What a statement changed, so that it can be taken back.
struct UndoStep {
  /// A name as it was before.
  struct Name {
    let variable: Variable
    /// Its value; nil where that was let go to save memory.
    var value: Value?
    let version: VersionID?
    let bytes: Int
  }

  let statement: RanStatement
  /// The names that it changed, or may change, each once.
  private(set) var names: [Name] = []
  /// The settings before.
  let settings: SessionSettings
  /// The versions of those settings, and of the seed, that it changed.
  private(set) var versions: [Subject: VersionID?] = [:]
  let seed: UInt64
  /// How many statements of each key came before.
  let counts: [String: UInt64]
  /// Whether it changed anything but counts.
  private(set) var hasChanged = false

  /// The memory of the values that it keeps, in bytes.
  var bytes: Int { names.reduce(0) { $0 + ($1.value == nil ? 0 : $1.bytes) } }

  init(_ statement: RanStatement, _ session: Session) {
    self.statement = statement
    settings = session.changeableSettings
    seed = session.seed
    counts = session.streamCounts
  }

  /// Keeps a name as it is, unless it is kept already.
  ///
  /// - Parameter isKept: whether a value of so many bytes is kept.
  mutating func keep(_ variable: Variable, version: VersionID?, isKept: (Int) -> Bool) {
    guard !names.contains(where: { $0.variable === variable }) else { return }
    let value = variable.slot.pointee
    let bytes = value.memoryBytes
    names.append(
      Name(variable: variable, value: isKept(bytes) ? value : nil, version: version, bytes: bytes))
  }

  /// Keeps the version of a setting or the seed, unless it is kept already.
  mutating func keep(_ subject: Subject, version: VersionID?) {
    hasChanged = true
    if versions[subject] == nil { versions[subject] = .some(version) }
  }

  /// Lets go of the names that did not change.
  mutating func close(present: (Variable) -> VersionID?) {
    names.removeAll { present($0.variable) == $0.version }
    if !names.isEmpty { hasChanged = true }
  }

  /// Lets go of all values.
  mutating func drop() { for i in names.indices { names[i].value = nil } }
}
