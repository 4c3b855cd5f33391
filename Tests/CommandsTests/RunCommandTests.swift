import Interpreter
import Language
import TestSupport
import Testing

@testable import Commands

/// `run "FILE" NAME=VALUE`.
@Suite struct RunCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    folder.makeFolder("sub")
    try folder.write("outer.svm", "param k = 2\nrun \"sub/inner.svm\" n=(k * 3)\n")
    try folder.write("sub/inner.svm", "param n = 1\nrun \"other.svm\"\nprint n\n")
    try folder.write("sub/other.svm", "param m = 7\nprint \"other {m}\"\n")
    try folder.write("sub/wrong.svm", "x = 1\nzeros(2) + zeros(3)\n")
  }

  private func run(_ code: String) -> Run { TestSession().run(code) }

  @Test func isFoundBesideTheScriptThatRunsIt() {
    let run = run("run \"\(folder.path)/outer.svm\"")
    // What one script is given is not for those that it runs.
    #expect(run.text == "other 7\n6")
    #expect(run.report.isEmpty)
  }

  @Test func takesValuesOfTheDeclaredType() {
    #expect(run("run \"\(folder.path)/sub/other.svm\" m=5").text == "other 5")
    let wrong = run("run \"\(folder.path)/sub/other.svm\" m=\"a\"")
    #expect(wrong.status == 2 && wrong.report.contains("'m' is a number in the script"))
    let unknown = run("run \"\(folder.path)/sub/other.svm\" k=1")
    #expect(unknown.status == 2 && unknown.report.contains("no parameter 'k'"))
    #expect(unknown.report.contains("its parameters: m"))
  }

  @Test func whatItAssignsIsKnownAfterIt() throws {
    try folder.write("defines.svm", "fn twice(x) { return 2 * x }\n")
    let path = "\(folder.path)/defines.svm"
    #expect(run("run \"\(path)\"\nprint twice(4)").text == "8")
    #expect(run("if true { run \"\(path)\" }\nprint twice(4)").text == "8")
    #expect(run("fn f() { return twice(4) }\nrun \"\(path)\"\nf()").text == "8")
    #expect(run("print twice(4)\nrun \"\(path)\"").status == 2)
  }

  @Test func anErrorNamesTheLineThatRanIt() {
    let report = run("y = 1\nrun \"\(folder.path)/sub/wrong.svm\"").report
    #expect(report.contains("sub/wrong.svm:2:1"))
    #expect(report.contains("run at test.svm:2:1"))
  }

  @Test func aFunctionOverOneOfTheLanguageIsToldOfOnce() {
    let session = TestSession()
    let code = "fn svm_loss(W, X, y, reg) { return 1, W }"
    #expect(session.run(code).report.contains("`forget svm_loss` brings that one back"))
    #expect(session.run(code).report.isEmpty)
    #expect(session.run("fn mine(x) { return x }").report.isEmpty)
  }

  @Test func timeitSaysWhatItTimed() {
    #expect(run("timeit sum([1, 2])").text.hasPrefix("sum([1, 2]): "))
    #expect(run("timeit for i in range(3) {\n  x = i\n}").text.hasPrefix("for i in range(3) { …: "))
  }
}
