import SVMEngine
import Testing

@testable import Commands

/// What a refused training run says helps, typed.
@Suite struct RefusalTests {
  /// A run as it is typed: options by name, and whether the data have a bias column.
  private struct Attempt: CustomStringConvertible {
    var options: [String: String] = [:]
    var hasBias: Bool

    var description: String {
      let words = options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let classes = options["reduction"] == "binary" ? 2 : 3
      return "m = train \(hasBias ? "biased" : "plain")\(classes) iters=1 "
        + words.joined(separator: " ")
    }

    /// The run with what one of a hint's alternatives says; nil where it says nothing.
    func changed(by hint: Substring) -> Attempt? {
      var changed = self
      for match in hint.matches(of: #/(leave out )?`([a-zC0-9-]+)(?:=([^`]*))?`/#) {
        let (name, value) = (String(match.2), match.3.map(String.init) ?? "")
        if name == "add-bias" {
          changed.hasBias = true
        } else if match.1 != nil {
          guard changed.options.removeValue(forKey: name) == value else { return nil }
        } else {
          changed.options[name] = value.isEmpty ? "0.5" : value
        }
      }
      if hint.contains("a 'reg' above 0") { changed.options["reg"] = "0.5" }
      if hint.contains("in place of 'l1' and 'l2'") {
        changed.options["l1"] = nil
        changed.options["l2"] = nil
      }
      return changed.description == description ? nil : changed
    }
  }

  /// Of every loss, reduction, kind of penalty and of bias: all that a refusal offers is taken.
  @Test func whatARefusalOffersWorks() throws {
    let session = TestSession()
    let prepared = session.run(
      """
      X = [[1, 2], [2, 0.5], [-1, 1], [0.25, -1]]
      plain3 = dataset(X, [0, 1, 2, 1])
      plain2 = dataset(X, [-1, 1, 1, -1])
      biased3 = add-bias plain3
      biased2 = add-bias plain2
      """)
    #expect(prepared.status == 0, "\(prepared.report)")
    let losses = try LossCatalog.catalog.entries.flatMap { entry in
      guard case .margin = try entry.make(given: [:]) else {
        return [entry.name == "structured" ? [("cost", "(1 - eye(3))")] : []].map {
          ["loss": entry.name].merging($0) { $1 }
        }
      }
      return ReductionCatalog.catalog.names.map { ["loss": entry.name, "reduction": $0] }
    }
    let penalties = [
      ["penalty": "l2"], ["penalty": "half-l2", "reg": "0.5"], ["penalty": "none"],
      ["penalty": "l1", "reg": "0.5"], ["penalty": "elastic-net", "l1": "0.5"],
      ["penalty": "elastic-net", "l1": "0.5", "l2": "0.25"], ["C": "2"],
    ]
    let biases: [(hasBias: Bool, options: [String: String])] = [
      (true, [:]), (true, ["regularize-bias": "false"]), (false, [:]),
    ]
    var refused = 0
    // Rules of steps take everything, but where they bring a schedule of their own.
    let solvers = try SolverCatalog.catalog.entries.filter { try !$0.make(given: [:]).takesSteps }
    #expect(solvers.count == 5)
    for solver in solvers.map(\.name) {
      for loss in losses {
        for penalty in penalties {
          for bias in biases {
            var attempt = Attempt(hasBias: bias.hasBias)
            for options in [["solver": solver], loss, penalty, bias.options] {
              attempt.options.merge(options) { $1 }
            }
            let run = session.run(attempt.description)
            guard run.status != 0 else { continue }
            refused += 1
            let help = run.report.split(separator: "help: ").dropFirst().first ?? ""
            let alternatives = help.replacing("; or ", with: " or ").split(separator: " or ")
              .compactMap { attempt.changed(by: $0) }
            #expect(!alternatives.isEmpty, "\(attempt): \(run.report)")
            for alternative in alternatives {
              let second = session.run(alternative.description)
              #expect(
                second.status == 0,
                "\(attempt): \(run.report)\n\(alternative): \(second.report)")
            }
          }
        }
      }
    }
    #expect(refused > 1000)
  }
}
