import Interpreter

/// `seed N`.
struct SeedCommand: Command {
  static let name = "seed"
  static let summary = "Set the seed of the session and restart all random streams."
  static let discussion = """
    Every top-level statement draws from a stream of its own, keyed by the seed, the first name \
    that it assigns, and how many statements of that key came before: a line inserted elsewhere \
    shifts nothing.
    """
  static let examples: [Example] = [
    """
    seed 231
    a = rand()
    seed 231
    b = a
    a = rand()
    print (a == b)
    → true
    """
  ]
  static let group = CommandGroup.session

  @Operand("A whole number.", range: .nonNegative) var seed: Int

  func run(in session: Session) throws -> Output {
    session.reseed(UInt64(seed))
    return Output()
  }
}
