import Glibc

/// The keys of a search through the history.
extension LibEditSource {
  /// Begins a search, or goes on with one.
  func beginSearch(backward: Bool) {
    search = HistorySearch(buffer, count: history.entries.count, isBackward: backward)
  }

  /// Whether an event ends the search, which is then for the entry that was found; others are done
  /// here.
  func isEndOfSearch(_ event: KeyReader.Event, _ search: HistorySearch) -> Bool {
    var search = search
    switch event {
    case .character("\u{12}"): search.goOn(backward: true, in: history.entries)
    case .character("\u{13}"): search.goOn(backward: false, in: history.entries)
    case .character("\u{7F}"), .character("\u{8}"):
      search.change(String(search.pattern.dropLast()), in: history.entries)
    case .character("\u{7}"), .character("\u{1B}"):
      self.search = nil
      setBuffer(search.draft)
      return false
    case .character(let scalar) where scalar.value >= 0x20:
      search.change(search.pattern + String(scalar), in: history.entries)
    case .paste(let text):
      let line = Pasting.cleaned(text).prefix { $0 != "\n" }
      search.change(search.pattern + line, in: history.entries)
    case .signal(let number) where number != SIGINT: return true
    case .character, .action, .signal, .end:
      self.search = nil
      return true
    }
    self.search = search
    setBuffer(search.shown(in: history.entries))
    return false
  }
}
