import LinearAlgebra
import Record
import Text

/// A session as it is stored: all that makes it up but the machine and the terminal. It holds
/// values and no statements to run.
public struct SessionImage {
  /// A name whose value is not stored, and why.
  public typealias Missing = (name: String, reason: any Error)

  /// The names with their values, in the order in which they were mentioned.
  public private(set) var names: [(name: String, value: Value)] = []
  /// The entries, in order.
  public private(set) var entries: [SessionEntry] = []
  private var settings: [(name: String, value: Value)] = []
  private var digits = 0
  private var kernel = ""
  private var seed: UInt64 = 0
  private var counts: [String: UInt64] = [:]
  private var answers: [(name: String, text: String)] = []
  private var expectations = Expectations()

  /// Adds a session to bytes. Names whose values can't be stored are left out.
  ///
  /// - Returns: the names that are left out.
  /// - Throws: `Interrupted`.
  public static func write(_ session: Session, to writer: ByteWriter) throws -> [Missing] {
    var missing: [Missing] = []
    for name in session.assignedNames + ["_"] {
      guard let value = session.peek(name) else { continue }
      try Interruption.check()
      do {
        try writer.attempt {
          writer.add(true)
          writer.add(name)
          try writer.add(value)
        }
      } catch let interrupted as Interrupted {
        throw interrupted
      } catch {
        // What was shown last is no name of the user's.
        if name != "_" { missing.append((name, error)) }
      }
    }
    writer.add(false)
    try writer.add(each: session.settings.sorted { $0.key < $1.key }) { name, value in
      writer.add(name)
      try writer.add(value)
    }
    writer.add(session.display.digits)
    writer.add(Kernels.variant)
    writer.add(session.seed)
    writer.add(each: session.streamCounts.sorted { $0.key < $1.key }) { key, count in
      writer.add(key)
      writer.add(count)
    }
    writer.add(each: session.entries) { entry in
      writer.add(entry.number)
      writer.add(entry.text)
    }
    writer.add(each: session.answers) { name, text in
      writer.add(name)
      writer.add(text)
    }
    writer.add(session.expectations.passed)
    writer.add(session.expectations.failed)
    writer.add(session.expectations.points)
    writer.add(session.expectations.pointsPossible)
    return missing
  }

  /// The session that was stored. Nothing is run, and the session that reads it stays as it is.
  ///
  /// - Throws: `DamagedBytes` where the bytes are of none; `MemoryRefused`, `Interrupted`.
  public init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    while try bytes.flag() {
      let name = try bytes.text()
      // Before the names that its value mentions.
      _ = reader.session.variable(name)
      names.append((name, try reader.value().kept))
    }
    settings = try bytes.each { (try bytes.text(), try reader.value()) }
    digits = try bytes.int(in: 1...17)
    kernel = try bytes.text()
    seed = try bytes.bits()
    counts = Dictionary(try bytes.each { (try bytes.text(), try bytes.bits()) }) { $1 }
    entries = try bytes.each {
      SessionEntry(number: try bytes.int(in: 1...1 << 52), text: try bytes.text())
    }
    answers = try bytes.each { (try bytes.text(), try bytes.text()) }
    expectations.passed = try bytes.int(in: 0...1 << 52)
    expectations.failed = try bytes.int(in: 0...1 << 52)
    expectations.points = try bytes.double()
    expectations.pointsPossible = try bytes.double()
  }

  /// Puts this in the place of what a session is. The running entry stays the last one.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`, before anything is changed.
  public func replace(_ session: Session) throws {
    try Interruption.check()
    let new = Set(names.map(\.name))
    for name in session.assignedNames + ["_"] where !new.contains(name) {
      _ = session.forget(name)
    }
    for (name, value) in names { try session.assign(value, to: name) }
    let values = Dictionary(settings) { $1 }
    for name in Set(session.settings.keys).union(values.keys).union(["digits", "kernel"]).sorted() {
      session.noteChange(ofSetting: name)
    }
    session.settings = values
    session.display.digits = digits
    session.display.samplesAreColumns = isSetting("layout", "columns")
    Kernels.variant = kernel
    session.reseed(seed, counts: counts)
    session.entries = entries + session.entries.suffix(1)
    session.answers = answers
    session.expectations = expectations
    // Done again, it would take the place of what was made since.
    session.noteUnrepeatable("it came with a saved session")
  }

  private func isSetting(_ name: String, _ text: String) -> Bool {
    settings.contains { setting in
      if case .string(let box) = setting.value {
        setting.name == name && box.text == text
      } else {
        false
      }
    }
  }
}
