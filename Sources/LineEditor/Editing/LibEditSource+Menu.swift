import Glibc

/// The keys of a list of candidates.
extension LibEditSource {
  /// Whether an event ends the choice, and is then for the entry as it is; others are done here.
  func isEndOfMenu(_ event: KeyReader.Event, _ menu: CompletionMenu) -> Bool {
    var menu = menu
    switch event {
    case .character("\t"), .character("\u{E}"): menu.step(by: 1)
    case .action(.completeBackward), .character("\u{10}"): menu.step(by: -1)
    case .action(let action) where [.up, .down, .left, .right].contains(action):
      // Before one is chosen, these are the entry's.
      if menu.chosen == nil, action != .down { return end() }
      menu.move(action, columns: screen.columns)
    case .character("\u{7}"), .character("\u{1B}"):
      setBuffer(menu.original)
      return !end()
    case .character("\r"), .character("\n"):
      // Enter takes the chosen one; the next Enter runs the entry.
      guard menu.chosen != nil else { return end() }
      setBuffer(menu.entry(isTaken: true))
      return !end()
    case .signal(let number) where number != SIGINT: return true
    case .character, .action, .paste, .signal, .end: return end()
    }
    self.menu = menu
    setBuffer(menu.entry())
    return false
  }

  private func end() -> Bool {
    menu = nil
    listedAt = nil
    return true
  }
}
