import Testing

@testable import Language

/// The verbs of the product; the special forms are always known.
let verbs: Set<String> = [
  "load", "split", "center", "standardize", "rescale", "add-bias", "describe", "synth", "save",
  "train", "resume", "tune", "gradcheck", "evaluate", "predict-file", "explain", "answer",
  "plot-ascii", "plot-file", "help", "vars", "history", "seed", "set", "run", "quit",
]

/// What the parser makes of a text.
func parsed(_ text: String) -> ParseResult {
  Parser.parse(Source(text, name: "test.svm"), verbs: verbs)
}

/// The tree of an expression as fully bracketed text, without places.
func bracketed(_ text: String) -> String {
  let result = parsed("it = " + text)
  guard result.diagnostics.isEmpty, let statement = result.script.statements.first else {
    return "error: " + (result.diagnostics.first?.message ?? "nothing")
  }
  var words = ""
  describe(statement.statement, to: &words)
  return words
}

/// Kinds and values of a tree in the order in which reflection finds them; spans are left out.
private func describe(_ value: Any, to words: inout String) {
  if value is Span { return }
  let mirror = Mirror(reflecting: value)
  if mirror.displayStyle == .enum {
    words += "(" + String(describing: value).prefix { $0 != "(" }
  } else if mirror.children.isEmpty {
    words += "(\(value)"
  } else {
    words += "("
  }
  for child in mirror.children { describe(child.value, to: &words) }
  words += ")"
}

/// A text in which `⟦` and `⟧` stand around the place of the error that is expected.
struct Marked {
  let text: String
  let span: Span

  init(_ marked: String) {
    var text: [UInt8] = []
    var lower = 0
    var upper = 0
    for character in marked {
      switch character {
      case "⟦": lower = text.count
      case "⟧": upper = text.count
      default: text += Array(String(character).utf8)
      }
    }
    self.text = String(decoding: text, as: UTF8.self)
    span = Span(lower, upper)
  }
}

/// Numbers of a fixed course, for cases that are made at random.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64
  /// Vigna's SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The assignment's script.
func assignment(source: String = #filePath) throws -> [UInt8] {
  let root = source.split(separator: "/").dropLast(3).joined(separator: "/")
  let path = "/\(root)/scripts/walkthroughs/cs231n_svm.svm"
  return try #require(fileBytes(path))
}
