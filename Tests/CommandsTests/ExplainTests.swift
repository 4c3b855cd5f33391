import Testing

@testable import Commands

/// One sample's loss taken apart; the numbers are by hand.
@Suite struct ExplainTests {
  private static let one = """
    d = dataset([[2, 1]], [0], classes=["cat", "car", "frog"])

    """

  private func line(_ text: String, _ start: String) -> String? {
    text.split(separator: "\n").map { $0.drop { $0 == " " } }.first { $0.hasPrefix(start) }
      .map(String.init)
  }

  /// s = (6, 5.5, 1): the square of max(0, 1 − 0.5) is 0.25 and its slope 2 · 0.5 = 1; the
  /// logistic loss of a = −0.469 has the slope 1 / (1 + e^−0.469) = 0.6151.
  @Test func smoothLossesShowTheirSlopes() {
    let squares = run(Self.one + "explain [[3, 2.5, 0], [0, 0.5, 1]] on=d loss=squared-hinge")
    #expect(squares.text.contains("−φ′") && !squares.text.contains("1[·]"))
    #expect(line(squares.text, "car")?.split(separator: " ").suffix(3) == ["0.25", "1", "+x"])
    let logistic = run(
      """
      d = dataset([[1]], [1], classes=["a", "b"])
      explain [[0.469, 0]] on=d loss=logistic
      """)
    #expect(line(logistic.text, "a ")?.hasSuffix("0.6151  +0.6151x") == true, "\(logistic.text)")
  }

  /// s = (6, 5, 1) with Δ = 1 stands at the kink of car: 5 − 6 + 1 = 0.
  @Test func anExactKinkShowsTheInterval() {
    let kink = run(Self.one + "explain [[3, 2, 0], [0, 1, 1]] on=d")
    #expect(line(kink.text, "car ")?.hasSuffix("0  [0, 1]  0") == true, "\(kink.text)")
    #expect(
      kink.text.contains(
        "car stands exactly at the kink: each slope in [0, 1] is a subgradient"))
    let beside = run(Self.one + "explain [[3, 2.01, 0], [0, 1, 1]] on=d")
    #expect(!beside.text.contains("kink"))
  }

  /// s = (6, 5, 7): with the costs 0, 3 and 0.5 of confusing a cat, car has 5 − 6 + 3 = 2 and frog
  /// 7 − 6 + 0.5 = 1.5.
  @Test func structuredTermsHaveTheirCosts() {
    let run = run(
      Self.one
        + "e = explain [[3, 2, 3], [0, 1, 1]] on=d loss=structured "
        + "cost=[[0, 3, 0.5], [1, 0, 1], [1, 1, 0]]\nprint e.loss\nprint e.gradient")
    func words(_ name: String) -> [Substring] {
      line(run.text, name)?.split(separator: " ") ?? []
    }
    #expect(words("car ") == ["car", "5", "5", "−", "6", "+", "3", "2", "1", "+x"], "\(run.text)")
    #expect(words("frog ") == ["frog", "7", "7", "−", "6", "+", "0.5", "1.5", "0", "0"])
    #expect(run.shown.suffix(2) == ["2", "[[-2  2  0]\n [-1  1  0]]"], "\(run.shown)")
  }

  /// The loss of car is 5.5 − 6 + 1 = 0.5; a weight of 3 for cats makes it 1.5, and the gradient
  /// ∓3x with x = (2, 1).
  @Test func classWeightsCountAndTheGradientIsInNumbers() {
    let run = run(
      Self.one
        + "e = explain [[3, 2.5, 0], [0, 0.5, 1]] on=d class-weights=[3, 1, 1]\nprint e.loss\n"
        + "print e.gradient")
    #expect(run.text.contains("loss 1.5, with the class's weight 3"))
    #expect(line(run.text, "0 ")?.split(separator: " ") == ["0", "2", "-6", "6"])
    #expect(line(run.text, "1 ")?.split(separator: " ") == ["1", "1", "-3", "3"])
    #expect(run.shown.suffix(2) == ["1.5", "[[-6  6  0]\n [-3  3  0]]"], "\(run.shown)")
  }

  @Test func featuresHaveTheirNames() {
    let run = run("iris = load \"iris\"\niris = add-bias iris\nexplain (ones(5, 3)) on=iris")
    for name in ["sepal_length", "petal_width", "bias"] { #expect(run.text.contains(name)) }
  }

  @Test(arguments: [
    ("C=1", "C"), ("penalty=l1", "penalty"), ("regularize-bias=false", "regularize-bias"),
    ("penalty=elastic-net l1=0.1", "penalty"), ("l1=0.1", "l1"),
  ])
  func thePenaltysOptionsAreRefused(_ options: String, _ name: String) {
    let run = run(Self.one + "explain [[3, 2, 0], [0, 1, 1]] on=d \(options)")
    #expect(run.status == 3)
    #expect(run.report.contains("one sample's loss has no penalty, and '\(name)' belongs to it"))
    #expect(run.report.contains("help: leave out `\(name)=`"))
  }

  @Test(arguments: ["delta=2", "loss=logistic", "class-weights=balanced", "b=1"])
  func aModelHasItsOwnLoss(_ option: String) {
    let run = run(
      "d = synth blobs n=30 d=2 classes=3 seed=1\nm = train d iters=2\nexplain m on=d \(option)")
    #expect(run.status == 3)
    #expect(run.report.contains("a model has the loss that it was trained with"), "\(run.report)")
  }

  /// The columns that say what happens stay, whatever the width.
  @Test func narrowTerminalsKeepTheGradient() {
    let run = run(Self.one + "set width=40\nexplain [[3, 2.5, 0], [0, 0.5, 1]] on=d")
    #expect(line(run.text, "class")?.hasSuffix("=  1[·]  dW_j") == true, "\(run.text)")
    #expect(line(run.text, "car ")?.hasSuffix("0.5     1  +x") == true, "\(run.text)")
  }
}
