import Glibc
import Interpreter
import TestSupport
import Testing

@testable import Commands

/// What holds for every verb and function that there is.
@Suite struct CatalogTests {
  @Test func everyExampleRunsAsItSays() throws {
    for signature in CommandCatalog.standard.signatures {
      for example in signature.examples { try check(example, signature.name) }
    }
    for form in SpecialFormHelp.all {
      for example in form.examples { try check(example, form.name) }
    }
    for function in CommandCatalog.standard.functions {
      for example in function.examples { try check(Example(example), function.name) }
    }
  }

  private func check(_ example: Example, _ name: String) throws {
    try TemporaryFolder().whileCurrent {
      let run = run(example.code)
      #expect(run.status == 0, "\(name): \(example.code)\n\(run.report)")
      if let shows = example.shows {
        let last = run.shown.last ?? ""
        #expect(matches(last, shows), "\(name): \(example.code)\nshows\n\(last)\nnot\n\(shows)")
      }
    }
  }

  @Test func everyVerbHasAnExampleOrNeedsAFileOrEndsTheSession() {
    for signature in CommandCatalog.standard.signatures where signature.examples.isEmpty {
      #expect(["run", "quit"].contains(signature.name), "\(signature.name) has no example")
    }
  }

  /// The committed page is what the declarations say. With SVMREPL_RECORD set in the environment it
  /// is written anew, and this run fails.
  @Test func theReferencePageIsGenerated() throws {
    let page = ReferencePage.markdown(CommandCatalog.standard)
    let path = "Sources/Commands/Reference.md"
    if getenv("SVMREPL_RECORD") != nil {
      let file = fopen(Repository.path(path), "w")
      fputs(page, file)
      fclose(file)
      Issue.record("the page was written anew: look at the change, and commit it")
      return
    }
    #expect(
      try Repository.text(path) == page,
      "run SVMREPL_RECORD=1 scripts/test --filter theReferencePageIsGenerated")
  }

  @Test func helpKnowsEveryName() {
    let session = TestSession()
    for name in Help.topics(CommandCatalog.standard) {
      let run = session.run("help \"\(name)\"")
      #expect(run.status == 0 && !run.text.isEmpty, "\(name): \(run.report)")
      for line in run.text.split(separator: "\n") {
        #expect(line.count <= 100, "help \(name): \(line)")
      }
    }
    let all = session.run("help").text
    for signature in CommandCatalog.standard.signatures { #expect(all.contains(signature.name)) }
  }

  /// A verb that people would want as a name has a hyphen: those without are the design's.
  @Test func noFunctionIsAVerb() {
    for function in CommandCatalog.standard.functions {
      #expect(!CommandCatalog.standard.verbs.contains(function.name), "\(function.name)")
    }
  }
}
