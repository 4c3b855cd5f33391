import Record

/// What a session notes in its journal beside its entries and what came of them.
enum SessionNote: Equatable {
  /// An entry has read a version of a file, which its checksum tells, or its stamp.
  case file(entry: Int, version: Fingerprint, path: String)
  /// An entry has come to a statement after its first, which is number 0.
  case statement(entry: Int, number: Int)
  /// The script whose statements are the entries.
  case script(String)

  /// The note as a record.
  var record: JournalRecord {
    switch self {
    case .file(let entry, let version, let path):
      .note(kind: "file", text: "\(entry) \(version.hex) \(path)")
    case .statement(let entry, let number): .note(kind: "statement", text: "\(entry) \(number)")
    case .script(let name): .note(kind: "script", text: name)
    }
  }

  /// The note of a record; nil for any other.
  init?(_ record: JournalRecord) {
    guard case .note(let kind, let text) = record else { return nil }
    let parts = text.split(separator: " ", maxSplits: 2)
    switch kind {
    case "file":
      guard parts.count == 3, let entry = Int(parts[0]), let version = Fingerprint(hex: parts[1])
      else { return nil }
      self = .file(entry: entry, version: version, path: String(parts[2]))
    case "statement":
      guard parts.count == 2, let entry = Int(parts[0]), let number = Int(parts[1]) else {
        return nil
      }
      self = .statement(entry: entry, number: number)
    case "script": self = .script(text)
    default: return nil
    }
  }
}
