/// The help of a special form, whose operands are expressions and whose grammar the parser has.
public struct SpecialFormHelp: Sendable {
  /// The verb.
  public var name: String
  /// How it is written.
  public var usage: String
  /// A summary in one line.
  public var summary: String
  /// Paragraphs below the summary.
  public var discussion: String
  /// Options, with one line each.
  public var options: [(name: String, help: String)]
  /// Runnable examples.
  public var examples: [Example]
  /// Its group in the list of verbs.
  public var group: CommandGroup

  /// The forms, in the order in which they are listed.
  public static let all: [SpecialFormHelp] = [
    SpecialFormHelp(
      name: "timeit", usage: "timeit [repeat=N] STATEMENT",
      summary: "Run a statement and report the seconds that it takes.",
      discussion: "The statement's own result is not shown. The seconds can be assigned: "
        + "`t = timeit f(x)`. Repeated, the median is reported, with the fastest and slowest run.",
      options: [("repeat=1", "How often to run it.")],
      examples: ["timeit repeat=3 sum(range(1000))"], group: .learning),
    SpecialFormHelp(
      name: "print", usage: "print OPERAND…",
      summary: "Show values, joined by one blank.",
      discussion: "`{expression:format}` in a string is replaced by the value; the format is "
        + "Python's mini-language. `print(a, b)` is the same.",
      options: [], examples: ["print \"loss: {0.5:.3f}\"\n→ loss: 0.500"],
      group: .looking),
    SpecialFormHelp(
      name: "forget", usage: "forget NAME…", summary: "Remove names and their values.",
      discussion: "A function that a variable of the same name had hidden is back afterwards.",
      options: [], examples: ["x = 1\nforget x"], group: .session),
    SpecialFormHelp(
      name: "param", usage: "param NAME = LITERAL", summary: "Declare a parameter of the script.",
      discussion: "`svmrepl FILE NAME=other` gives it another value of the same type.",
      options: [], examples: ["param n = 5"], group: .session),
    SpecialFormHelp(
      name: "expect", usage: "expect CONDITION [\"message\"]",
      summary: "Check that something holds, and report where it does not.",
      discussion:
        "`expect a ~= b within=1e-6` compares numbers, vectors or matrices and reports the "
        + "largest difference. The script goes on; its exit status is then 1.",
      options: [
        ("within=1e-6", "Largest difference that is allowed, absolute, entry by entry."),
        ("points=", "What the line counts where a submission is graded."),
      ],
      examples: ["expect 1 + 1 == 2", "expect 0.1 + 0.2 ~= 0.3 within=1e-12"],
      group: .session),
  ]

  /// The form of this name.
  public static func named(_ name: String) -> SpecialFormHelp? { all.first { $0.name == name } }
}
