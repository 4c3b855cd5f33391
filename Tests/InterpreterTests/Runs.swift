import Language
import LinearAlgebra
import Text
import Testing

@testable import Interpreter

/// What a text showed and reported.
struct Run {
  var shown: [String] = []
  var errors: [String] = []
  var status: Int32 = 0

  /// Everything shown, a line end after each piece.
  var text: String { shown.joined(separator: "\n") }
}

/// A session that collects what it shows.
final class TestSession {
  let session: Session
  private(set) var shown: [String] = []
  private(set) var errors: [String] = []

  init(commands: [any Command.Type] = Toys.all, parameters: [String: String] = [:]) {
    session = Session(
      catalog: Vocabulary(commands: commands, functions: Builtins.all + Toys.functions))
    session.parameterTexts = parameters
    session.sink = Sink { [unowned self] text, _ in shown.append(text.plain) }
    session.report = { [unowned self] in errors.append($0.rendered(color: false)) }
  }

  /// Runs a text and gives what is new.
  @discardableResult
  func run(_ code: String, keepGoing: Bool = false) -> Run {
    shown = []
    errors = []
    let status = ScriptRunner(session, keepGoing: keepGoing).run(Source(code, name: "test.svm"))
    return Run(shown: shown, errors: errors, status: status)
  }
}

/// Runs a text in a session of its own.
func run(
  _ code: String, parameters: [String: String] = [:], keepGoing: Bool = false
) -> Run {
  TestSession(parameters: parameters).run(code, keepGoing: keepGoing)
}

/// A verb without examples.
protocol Toy: Command {}

extension Toy {
  static var examples: [Example] { [] }
  static var group: CommandGroup { .session }
}

/// Verbs and functions for tests of the machinery.
enum Toys {
  static let all: [any Command.Type] = [
    Fit.self, Middle.self, Note.self, Draw.self, Setting.self, Vary.self, Nested.self, Stop.self,
    Seed.self, Partial.self,
  ]

  /// `draw()` is a number of the statement's stream.
  static let functions = [
    BuiltinFunction("draw", [], usage: "draw()", summary: "A random number.") { _, session in
      .number(session.random.uniform())
    },
    BuiltinFunction(
      "apply", [.required("f"), .required("x")], usage: "apply(f, x)", summary: "f(x)."
    ) { arguments, session in
      guard case .function(let function) = arguments[0] else {
        throw Failure("'f' must be a function")
      }
      return try session.call(function, [arguments[1]])
    },
  ]

  enum Loss: String, StringChoice, CaseIterable {
    case hinge
    case squared = "squared-hinge"
    case none
  }

  struct Varied: ParameterGroup {
    @Option("Loss to minimize.") var loss = Loss.hinge
    @Option("Step size.", .positive) var lr = 1e-3
    @Option("Rounds.", .atLeastOne) var iters = 100
    @Option("Weights of the classes.") var classWeights: [Double]?
    @Option("Say more.") var verbose = false
  }

  struct Fit: Toy {
    static let name = "fit"
    static let summary = "Fit something."
    static let examples: [Example] = ["fit 1 lr=0.5\n→ fit…"]
    static let group = CommandGroup.learning
    @Operand("What to fit.") var data: Double
    @OptionGroup var varied: Varied
    @Option("A name.") var title = ""
    func run(in session: Session) throws -> Output {
      if data == 13 { throw Failure("13 can't be fitted", help: "try 14", category: .data) }
      if data == 14 { throw Failure("too many rounds", parameter: "iters") }
      return Output(
        .number(data * varied.lr),
        report: StyledText(
          "fit \(varied.loss.rawValue) lr=\(NumberText.shortest(varied.lr)) "
            + "iters=\(varied.iters) weights=\(varied.classWeights.map { "\($0)" } ?? "none") "
            + "verbose=\(varied.verbose) title=\(title)"))
    }
  }

  struct Middle: Toy {
    static let name = "middle"
    static let summary = "The middle of a vector."
    static let group = CommandGroup.data
    @Operand("Entries.") var data: [Double]
    @Operand("Which.", choices: ["lower", "upper"]) var which: String?
    func run(in session: Session) throws -> Output {
      Output(.number(data[(data.count - (which == "lower" ? 1 : 0)) / 2]))
    }
  }

  struct Note: Toy {
    static let name = "note"
    static let summary = "Words."
    @Operands("Words.") var words: [Word]
    func run(in session: Session) throws -> Output {
      Output(report: StyledText(words.map(\.text).joined(separator: "|")))
    }
  }

  struct Draw: Toy {
    static let name = "plot-it"
    static let summary = "Shown everywhere."
    static let group = CommandGroup.looking
    func run(in session: Session) throws -> Output {
      Output(report: StyledText("plot"), showsEverywhere: true)
    }
  }

  struct Setting: Toy {
    static let name = "set"
    static let summary = "Defaults."
    static let usesSettings = false
    @Option("Step size.", .positive) var lr: Double?
    func run(in session: Session) throws -> Output {
      if let lr { session.set("lr", to: .number(lr)) }
      return Output()
    }
  }

  struct Vary: Toy {
    static let name = "vary"
    static let summary = "Every combination."
    static let group = CommandGroup.learning
    @ListedOptions(of: Varied.self) var options
    func run(in session: Session) throws -> Output {
      Output(
        report: StyledText(
          options.map { "\($0.card.name)\($0.isVaried ? "*" : "")=\($0.values.count)" }
            .joined(separator: " ")))
    }
  }

  struct Nested: Toy {
    static let name = "run"
    static let summary = "Run a text."
    static let mayAssignNames = true
    @Operand("The text.") var text: String
    func run(in session: Session) throws -> Output {
      try session.runNested(Source(text, name: "nested.svm"))
      return Output()
    }
  }

  struct Stop: Toy {
    static let name = "quit"
    static let summary = "End."
    func run(in session: Session) throws -> Output {
      session.isFinished = true
      return Output()
    }
  }

  struct Seed: Toy {
    static let name = "seed"
    static let summary = "Set the seed."
    @Operand("The seed.", range: .nonNegative) var seed: Int
    func run(in session: Session) throws -> Output {
      session.reseed(UInt64(seed))
      return Output()
    }
  }

  /// Is interrupted, and has half of its work to show.
  struct Partial: Toy {
    static let name = "partial"
    static let summary = "Half a result."
    static let group = CommandGroup.learning
    func run(in session: Session) throws -> Output {
      Output(.number(0.5), report: StyledText("interrupted half way"), isInterrupted: true)
    }
  }
}
