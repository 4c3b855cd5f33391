import Interpreter
import TestSupport
import Testing

@testable import Commands

/// The fields that completion expects of a result are those that it has: in the examples of every
/// verb and function.
@Suite struct OutlineTests {
  private func fields(of text: String, in session: TestSession) -> [String] {
    Completion(of: text + ".", at: text.utf8.count + 1, in: session.session).candidates.map(\.text)
  }

  /// The verb of `name = verb …`.
  private func assigned(_ line: Substring) -> (name: String, verb: String)? {
    let words = line.split(separator: " ").map(String.init)
    guard words.count > 2, words[1] == "=",
      CommandCatalog.standard.command(named: words[2]) != nil
    else { return nil }
    return (words[0], words[2])
  }

  @Test func resultsOfVerbs() throws {
    var known: Set<String> = []
    for example in CommandCatalog.standard.signatures.flatMap(\.examples) {
      try TemporaryFolder().whileCurrent {
        let session = TestSession()
        for line in example.code.split(separator: "\n") {
          guard let (name, verb) = assigned(line) else {
            session.run(String(line))
            continue
          }
          let expected = fields(of: "\(line)\n\(name)", in: session)
          session.run(String(line))
          let found = fields(of: name, in: session)
          #expect(!found.isEmpty && found.filter(expected.contains) == expected, "\(line)")
          if !expected.isEmpty { known.insert(verb) }
        }
      }
    }
    #expect(
      known == [
        "split", "center", "standardize", "rescale", "add-bias", "synth", "train", "resume", "tune",
        "evaluate", "explain", "gradcheck", "predict-file", "rename-classes", "drop", "keep",
        "fill-missing",
      ])
  }

  @Test func resultsOfFunctions() throws {
    var count = 0
    for function in CommandCatalog.standard.functions {
      for example in function.examples {
        try TemporaryFolder().whileCurrent {
          let session = TestSession()
          let lines = Example(example).code.split(separator: "\n").map(String.init)
          session.run(lines.dropLast().joined(separator: "\n"))
          let last = lines.last ?? ""
          let call = last.firstRange(of: function.name + "(").map { last[$0.lowerBound...] } ?? ""
          let expected = fields(of: String(call), in: session)
          guard !expected.isEmpty else { return }
          count += 1
          session.run("result = \(call)")
          #expect(fields(of: "result", in: session) == expected, "\(call)")
        }
      }
    }
    #expect(count >= 30)
  }
}
