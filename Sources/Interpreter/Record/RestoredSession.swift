/// What came back of a session, and what did not.
public struct RestoredSession {
  /// The number of entries that are back.
  public var entries = 0
  /// The number of entries that the journal has.
  public var entriesOfJournal: Int
  /// The names that have values.
  public var names: [String] = []
  /// Those among them that are as of a checkpoint, or of an interruption.
  public var partialNames: [String] = []
  /// The records that were damaged, and are left out.
  public var damaged: Int
  /// Entries that come to another end now, and files that have changed, in words.
  public var differences: [String] = []
  /// The entry that was running when the session died; nil where none was.
  public var unfinished: (number: Int, text: String)?
  /// The entry in which the user stopped it; nil where that was between two, or not at all.
  public var stopped: (number: Int, text: String)?
  /// The script whose statements were the entries; nil for what was typed.
  public var script: String?
}
