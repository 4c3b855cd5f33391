import Record

/// What a journal says of a session beside the texts of its entries.
struct SessionPast {
  /// A file that an entry read.
  struct File: Hashable {
    let entry: Int
    let path: String
  }

  /// The exit statuses of the entries that have ended.
  private(set) var statuses: [Int: Int] = [:]
  /// The versions of files that entries read, by checksums or stamps.
  private(set) var files: [File: Set<Fingerprint>] = [:]
  /// The last statement that each entry has come to, where that is not its first.
  private(set) var reached: [Int: Int] = [:]
  /// The script whose statements were the entries; nil for what was typed.
  private(set) var script: String?

  /// What these records say.
  init(_ contents: JournalContents) {
    for record in contents.records {
      if case .outcome(let entry, let status, _) = record { statuses[entry] = status }
      switch SessionNote(record) {
      case .file(let entry, let version, let path):
        files[File(entry: entry, path: path), default: []].insert(version)
      case .statement(let entry, let number): reached[entry] = number
      case .script(let name): script = name
      case nil: break
      }
    }
  }
}
