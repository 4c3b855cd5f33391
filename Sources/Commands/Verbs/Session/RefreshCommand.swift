import Interpreter
import Text

/// `refresh [NAME…]`.
struct RefreshCommand: Command {
  static let name = "refresh"
  static let summary = "Run again what is stale, in order."
  static let discussion = """
    A name is stale where something that its value was made from has changed since: a name, a \
    function, a setting, the seed, a file. Only the statements that this concerns run again; of \
    given names, those that they need. `vars` says what is stale and why.
    """
  static let examples: [Example] = [
    """
    x = 1
    y = x + 1
    x = 5
    refresh
    print y
    → 6
    """
  ]
  static let group = CommandGroup.session
  static let mayAssignNames = true

  @Operands("The names; all unless given.", atLeastOne: false) var names: [Word]

  func run(in session: Session) throws -> Output {
    session.noteLookAtSession()
    for name in names { _ = try session.how(name.text) }
    let count = try session.refresh(names.map(\.text))
    let what = names.isEmpty ? "nothing" : names.count == 1 ? "\(names[0].text)" : "none of them"
    return Output(
      report: StyledText(
        count > 0
          ? "\(Quantity.count(count, "statement")) ran again"
          : what + (names.count == 1 ? " is not stale" : " is stale")))
  }
}
