/// What helps against an error, as text with options. Each user of the engine can spell the options
/// in its own way.
///
///     EngineError(.option, "…", help: "use \(option: "solver", "fista")")
///
/// A Swift program reads "use solver 'fista'", and the prompt writes "use `solver=fista`".
public struct Advice: Sendable, Equatable, ExpressibleByStringInterpolation,
  CustomStringConvertible
{
  /// A change of data or weights.
  public enum Step: Sendable, Equatable {
    /// Features of ones, so that the last row of W is the bias.
    case addBias
    /// One preparation for all parts of a split.
    case prepareWholeSplit
    /// Labels 0 and 1 as −1 and 1.
    case mapLabels
    /// Features of mean 0 and variance 1.
    case standardize
    /// W as K×D.
    case transposeWeights
  }

  /// A part of the sentence.
  public enum Piece: Sendable, Equatable {
    /// Words.
    case text(String)
    /// An option with its suggested value; nil where that is left open.
    case option(String, String?)
    /// A change of data or weights.
    case step(Step)
  }

  /// The parts of the sentence.
  public let pieces: [Piece]

  /// Words without options.
  public init(stringLiteral text: String) { pieces = [.text(text)] }

  /// Words and options.
  public init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

  /// A sentence from its parts.
  public init(_ pieces: [Piece]) { self.pieces = pieces }

  /// Options with values, as in "a or b".
  static func anyOf(_ options: [(name: String, value: String)]) -> Advice {
    Advice(
      Array(options.map { [Piece.option($0.name, $0.value)] }.joined(separator: [.text(" or ")])))
  }

  /// Both sentences, without a space between them.
  public static func + (first: Advice, second: Advice) -> Advice {
    Advice(first.pieces + second.pieces)
  }

  /// The sentence, with the given spelling of options and steps.
  public func text(
    option: (_ name: String, _ value: String?) -> String, step: (Step) -> String
  ) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .option(let name, let value): option(name, value)
      case .step(let what): step(what)
      }
    }.joined()
  }

  /// The sentence in the engine's own spelling.
  public var description: String {
    text { name, value in
      value.map { "\(name) '\($0)'" } ?? "'\(name)'"
    } step: { step in
      switch step {
      case .addBias: "give the data a bias column"
      case .prepareWholeSplit: "prepare all parts of the data as one"
      case .mapLabels: "map labels 0 and 1 to -1 and 1"
      case .standardize: "standardize the features"
      case .transposeWeights: "W may be transposed"
      }
    }
  }

  /// Collects the parts of a sentence.
  public struct Interpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    /// An empty sentence; the capacities are ignored.
    public init(literalCapacity: Int, interpolationCount: Int) {}
    /// Words.
    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.text(literal)) }
    }
    /// A name or number.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      pieces.append(.text(value.description))
    }
    /// Advice within advice.
    public mutating func appendInterpolation(_ advice: Advice) { pieces += advice.pieces }
    /// An option with its suggested value.
    public mutating func appendInterpolation(option name: String, _ value: String? = nil) {
      pieces.append(.option(name, value))
    }
    /// A change of data or weights.
    public mutating func appendInterpolation(_ step: Step) { pieces.append(.step(step)) }
  }
}
