import TestSupport
import Testing

@testable import Notebook

/// Formulas in TeX and the MathML that the recommendation has for them, derived by hand.
@Suite struct FormulaTests {
  /// The elements of a formula, without those around it.
  private func elements(_ tex: String) throws -> String {
    let markup = try Formula(tex).markup(isDisplay: false)
    let start = try #require(markup.firstRange(of: "<semantics><mrow>"))
    let end = try #require(markup.firstRange(of: "</mrow><annotation"))
    return String(markup[start.upperBound..<end.lowerBound])
  }

  /// `Fixtures/formulas.tsv`: a formula and its elements in each line.
  @Test func theyAreAsDerivedByHand() throws {
    let lines = try Repository.text("Tests/NotebookTests/Fixtures/formulas.tsv").split(
      separator: "\n")
    #expect(lines.count > 55)
    for line in lines {
      let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      try #require(parts.count == 2)
      #expect(try elements(String(parts[0])) == parts[1], "\(parts[0])")
    }
    #expect(try elements("") == "")
    #expect(try elements("a % a remark\n b") == "<mi>a</mi><mi>b</mi>")
    let source = "<annotation encoding=\"application/x-tex\">a &lt; b</annotation>"
    #expect(
      try Formula("a < b").markup(isDisplay: true).hasPrefix("<math display=\"block\"><semantics>"))
    #expect(try Formula("a < b").markup(isDisplay: false).hasSuffix("\(source)</semantics></math>"))
  }

  /// What is not known is refused at its place, the mark.
  @Test(arguments: [
    ("a + ↑\\foo{x}", "'\\foo' is not among the commands of formulas"),
    ("↑\\frax{1}{2}", "'\\frax' is not among the commands of formulas"),
    ("x_i↑_j", "a second index"), ("x^2↑^3", "a second exponent"),
    ("↑{x", "'{' is never closed"), ("x↑}", "'}' closes nothing"),
    ("\\frac{a}↑", "'\\frac' lacks what it is for"), ("x^↑", "'^' lacks what it is for"),
    ("↑\\left( x", "'\\left' without '\\right'"), ("x ↑\\right)", "'\\right' without '\\left'"),
    ("\\left ↑x", "'\\left' wants a delimiter"), ("a ↑& b", "'&' is for environments"),
    ("a ↑\\\\ b", "a line ends outside of an environment"),
    ("↑\\begin{foo}", "there is no environment 'foo' in formulas"),
    ("↑\\begin{cases} a", "'\\begin{cases}' without its '\\end'"),
    ("\\begin{cases} a \\end{matrix}↑", "'\\end{matrix}' ends '\\begin{cases}'"),
    ("a ↑$ b", "'$' inside of a formula"), ("é↑#", "'#' inside of a formula"),
    ("\\text{a ↑$x$}", "a formula inside of '\\text'"), ("a↑\\", "nothing follows the '\\'"),
    ("\\operatorname ↑x", "'\\operatorname' wants a name in braces"),
    ("\\begin{array}{l|r}↑ a", "an array has columns l, c and r, and no '|'"),
  ])
  func whatIsNotKnownIsRefused(marked: String, message: String) throws {
    let mark = try #require(marked.firstIndex(of: "↑"))
    let offset = marked[..<mark].utf8.count
    let error = #expect(throws: Formula.Trouble.self) {
      _ = try Formula(marked.replacing("↑", with: ""))
    }
    #expect(error?.message == message)
    #expect(error?.offset == offset)
  }

  @Test func aMisspelledCommandIsCorrected() {
    let error = #expect(throws: Formula.Trouble.self) { _ = try Formula("\\lambdda") }
    #expect(error?.help == "did you mean '\\lambda'?")
  }

  /// However deep, however long: an answer and no crash.
  @Test func anyTextHasAnAnswer() {
    let deep = String(repeating: "{", count: 100_000)
    #expect(throws: Formula.Trouble.self) { _ = try Formula(deep) }
    #expect(throws: Formula.Trouble.self) {
      _ = try Formula(String(repeating: "\\frac", count: 50_000))
    }
    #expect(throws: Formula.Trouble.self) {
      _ = try Formula(String(repeating: "x^", count: 50_000))
    }
    let pieces = [
      "\\frac", "{", "}", "^", "_", "&", "\\\\", "\\left(", "\\right)", "x", "1", "\\begin{cases}",
      "\\end{cases}", "\\sqrt", "[", "]", "'", "\\text{", "$", " ", "%", "\n", "\\", "é", "|",
      "\\hat", "\\middle|", "\\sum", "\\limits", "-", "\\mathbf", "\\big", "\\not", "\\overset",
    ]
    var seed: UInt64 = 1
    for _ in 0..<3000 {
      var tex = ""
      for _ in 0..<12 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        tex += pieces[Int(seed >> 33) % pieces.count]
      }
      do throws(Formula.Trouble) {
        _ = try Formula(tex)
      } catch {
        #expect(error.offset <= tex.utf8.count, "\(tex)")
      }
    }
  }
}
