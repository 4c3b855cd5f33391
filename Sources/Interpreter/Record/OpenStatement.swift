import Record

/// What is noted of a statement at top level while it runs.
final class OpenStatement {
  let statement: RanStatement
  /// Its number; the marks of variables tell by it what it read and assigned.
  let number: Int
  /// The streams that it may draw from.
  var streams: [StreamPlace]
  /// Whether it has drawn.
  var hasDrawn = false
  /// The settings that it read, set or not.
  var settings: Set<String> = []
  /// The calls whose settings are among them.
  var settingsNoted: Set<SettingsNote> = []
  /// The settings that it changed.
  var changedSettings: Set<String> = []
  /// Whether it set the seed.
  var hasSeeded = false
  /// What it said once, and whether it was the first to.
  var news: [(key: String, isNews: Bool)] = []
  /// Whether it shows what the session is like: its names, entries or settings.
  var looksAtSession = false
  /// Whether it has forgotten a name.
  var hasForgotten = false
  /// How it has ended; failed until it has.
  var ending = StatementEnding.failed
  /// Why it gives another value each time.
  var whyUnrepeatable: String?
  /// What it changes, for `undo`; nil where nothing is kept.
  var undo: UndoStep?
  /// Whether it took others back, so that it is none itself.
  var isUndo = false

  /// Whether it changed nothing but names.
  var isPure: Bool {
    !isUndo && !looksAtSession && !hasForgotten && changedSettings.isEmpty && !hasSeeded
      && streams.count == 1
      && !statement.isRunOfOthers
  }

  init(_ statement: RanStatement, number: Int, stream: StreamPlace) {
    self.statement = statement
    self.number = number
    streams = [stream]
    whyUnrepeatable = statement.whyUnrepeatable
  }
}

/// A call that left out some of its options, which then have the values of the settings.
struct SettingsNote: Hashable {
  /// The verb or function.
  let owner: String
  /// A bit for each of its options that was left out.
  let missing: UInt64
}
