import Interpreter
import Text

/// `seed N`.
struct SeedCommand: Command {
  static let name = "seed"
  static let summary = "Set the seed of the session and restart all random streams."
  static let discussion = """
    Every top-level statement draws from a stream of its own, keyed by the seed, the first name \
    that it assigns, and how many statements of that key came before: a line inserted elsewhere \
    shifts nothing. `streams={"x": 2}` goes on where two statements that assign `x` have drawn: \
    `export` writes it.
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
  @Option("How many statements have drawn already, by the first name that they assign.")
  var streams: Value?

  func run(in session: Session) throws -> Output {
    session.reseed(UInt64(seed), counts: try counts())
    return Output()
  }

  private func counts() throws -> [String: UInt64] {
    guard let streams else { return [:] }
    guard case .dictionary(let box) = streams else {
      throw Failure(
        "'streams' must be a dictionary, not \(article(streams.typeAndShape))",
        help: "seed 0 streams={\"x\": 2}", parameter: "streams")
    }
    var counts: [String: UInt64] = [:]
    for (key, value) in zip(box.keys, box.values) {
      guard case .string(let name) = key, case .number(let count) = value, count >= 0,
        count.rounded() == count, count < 0x1p53
      else {
        throw Failure(
          "'streams' has whole numbers that are at least 0, by names",
          help: "seed 0 streams={\"x\": 2}",
          parameter: "streams")
      }
      counts[name] = UInt64(count)
    }
    return counts
  }
}
