import Testing

@testable import Commands

/// `phi`: the margin functions by the names of their losses.
@Suite struct MarginFunctionTests {
  /// The values follow from the formulas by hand.
  @Test(arguments: [
    ("phi(\"hinge\", [-1, 0.5, 1, 2])", "[2.0 0.5 0.0 0.0]"),
    ("phi(\"hinge\", [-1, 0.5, 1, 2], slope=true)", "[-1 -1 0 0]"),
    ("phi(\"hinge\", 3, delta=10)", "7"),
    ("phi(\"squared-hinge\", [[-1, 0], [0.5, 3]])", "[[4.00 1.00]\n [0.25 0.00]]"),
    ("phi(\"smooth-hinge\", 0, gamma=2)", "0.25"),
    ("phi(\"smooth-hinge\", [-3, 0], gamma=2, slope=true)", "[-1.0 -0.5]"),
    ("phi(\"modified-huber\", -2)", "8"),
    ("phi(\"ramp\", -7, s=-1)", "2"),
    ("phi(\"pinball\", [0, 3], tau=0.25)", "[1.0 0.5]"),
    ("\"{phi(\"logistic\", 0):.6f}\"", "0.693147"),
    ("phi(\"hinge\", [])", "[]"),
    ("phi(\"hinge\", [nan, inf, -inf])", "[nan 0 inf]"),
  ])
  func valueAndSlope(call: String, expected: String) {
    let run = run("print \(call.hasPrefix("\"") ? call : "(\(call))")")
    #expect(run.text == expected, "\(call): \(run.report)")
  }

  @Test(arguments: [
    ("phi(\"hing\", 1)", "there is no loss 'hing'"),
    ("phi(\"softmax\", 1)", "'softmax' is a loss of whole rows of scores: it has no φ"),
    ("phi(\"structured\", 1)", "'structured' is a loss of whole rows of scores: it has no φ"),
    ("phi(\"hinge\", 1, gamma=2)", "loss 'hinge' takes no 'gamma'"),
    ("phi(\"smooth-hinge\", 1, gamma=0)", "'gamma' must be above 0, not 0"),
    ("phi(1, 1)", "'loss' must be a name in quotes, not a number"),
    ("phi(\"hinge\", \"a\")", "'a' must be a number, not a string"),
  ])
  func refusals(call: String, message: String) {
    let run = run("x = \(call)")
    #expect(run.status != 0 && run.report.contains(message), "\(call): \(run.report)")
  }
}
