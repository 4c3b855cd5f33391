import TestSupport
import Testing
import Text

@testable import Interpreter

/// Vectors and matrices as text: no number is lost in the printing.
@Suite struct ArrayTextTests {
  @Test(arguments: [
    // Sizes that differ by more than 1e3: each has its own exponent.
    ("[1e-7, 2.5e4, 0.38]", "[1.0e-07 2.5e+04 3.8e-01]"),
    ("[0.5, 1e6]", "[5e-01 1e+06]"),
    ("[0.37, 0.38, 1e5 + 0.5]", "[3.7e-01 3.8e-01 1.0e+05]"),
    ("[[1, 1e-9], [0, -2]]", "[[ 1e+00  1e-09]\n [ 0e+00 -2e+00]]"),
    ("[1e-5, 0, nan, 1]", "[1e-05 0e+00 nan 1e+00]"),
    // Others have one form.
    ("[0.37, 0.38, 25]", "[0.37 0.38 25.00]"),
    ("[0.123, 100]", "[0.123 100.000]"),
    ("[1, 1000.5]", "[1.0000e+00 1.0005e+03]"),
    ("[1.25, 1000.5]", "[1.25 1000.50]"),
    ("[1e-7, 3e-7]", "1e-07 × [1 3]"),
    ("[1.5e10, 2e10]", "1e+10 × [1.5 2.0]"),
    ("[5e-324, 1e-323]", "[4.94066e-324 9.88131e-324]"),
    ("[1, 5000000]", "[1 5000000]"),
    ("[-0.0, 0]", "[-0 0]"),
  ])
  func text(code: String, shows: String) {
    let run = run(code)
    #expect(run.errors == [])
    #expect(run.text == shows)
  }

  @Test func aVectorWraps() {
    #expect(
      run("range(30)").text == """
        [ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25
         26 27 28 29]
        """)
    let run = run("1e-9 * range(60) + 1e-9")
    let lines = run.text.split(separator: "\n")
    #expect(lines.count > 1)
    #expect(run.text.hasPrefix("1e-08 × [0.1 0.2"))
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("         ") })
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(!run.text.contains("…"))
  }

  @Test func onlyPastAThousandEntriesTheMiddleIsLeftOut() {
    let whole = run("range(1000)").text
    #expect(!whole.contains("…"))
    #expect(whole.split { " []\n".contains($0) }.compactMap { Double($0) }.count == 1000)
    let cut = run("range(1001)").text
    #expect(cut.contains("…") && !cut.contains("\n"))
    #expect(cut.hasPrefix("[0 1 2") && cut.hasSuffix("1000]"))
  }

  /// The numbers in a printed vector or matrix, by its factor.
  private func numbers(in text: String) throws -> [Double] {
    var (factor, body) = (1.0, text[...])
    if let times = text.firstIndex(of: "×") {
      factor = try #require(Double(text[..<times].dropLast()))
      body = text[text.index(after: times)...]
    }
    return try body.split { " []\n".contains($0) }.map { try #require(Double($0)) * factor }
  }

  /// One unit in the third digit of a number.
  private func thirdDigit(_ x: Double) -> Double {
    let scientific = NumberText.formatted(abs(x), "e", digits: 17)
    guard let e = scientific.firstIndex(of: "e"),
      let exponent = Int(scientific[scientific.index(after: e)...])
    else { return 0 }
    return Double("1e\(exponent - 2)") ?? 0
  }

  /// Of arrays with entries of all sizes: a number that is not 0 never prints as 0, the printed
  /// number is the number to half a unit of its third digit, and two numbers that are more than
  /// that unit apart never print alike.
  @Test func noNumberIsLost() throws {
    var random = SeededNumbers(seed: 1)
    func uniform() -> Double { Double.random(in: 0..<1, using: &random) }
    func power(_ exponent: Double) -> Double { Double("1e\(Int(exponent))") ?? 1 }
    for round in 0..<1000 {
      let middle = (uniform() - 0.5) * (round % 3 == 0 ? 560 : 20)
      let spread = [0, 1, 3, 4, 12][round % 5]
      let count = 1 + Int(uniform() * 30)
      var entries = (0..<count).map { _ -> Double in
        if uniform() < 0.05 { return 0 }
        let mantissa = round % 2 == 0 ? uniform() * 9 + 1 : (uniform() * 900 + 100).rounded() / 100
        let size = mantissa * power(middle + uniform() * Double(spread))
        return uniform() < 0.3 ? -size : size
      }
      // Neighbors in the third digit.
      if count > 1 { entries[1] = entries[0] + 1.01 * thirdDigit(entries[0]) }
      let isMatrix = count % 4 == 0 && round % 7 == 0
      let array = NumericArray(vector: entries)
      let shaped =
        isMatrix ? array.reshaped(rank: 2, rows: count / 4, columns: 4) : array
      let text = ArrayText(shaped, on: Display()).text
      let printed = try numbers(in: text)
      try #require(printed.count == count, "\(text)")
      for (x, y) in zip(entries, printed) {
        #expect((x == 0) == (y == 0), "\(x) in \(text)")
        #expect(abs(x - y) <= 0.5001 * thirdDigit(x), "\(x) in \(text)")
      }
      for i in 0..<count {
        for j in 0..<i where abs(entries[i] - entries[j]) > 1.001 * thirdDigit(entries[i]) {
          #expect(printed[i] != printed[j], "\(entries[i]) and \(entries[j]) in \(text)")
        }
      }
    }
  }

  /// A person who asks for fewer digits gets fewer, and still no zero.
  @Test(arguments: [1, 2, 3, 6, 12]) func digits(_ digits: Int) throws {
    let entries = [0.0123456789, 1.23456789, -0.5, 9.87654321]
    let text = ArrayText(NumericArray(vector: entries), on: Display(digits: digits)).text
    let most = digits < 6 ? 0.5 : 0.005
    for (x, y) in zip(entries, try numbers(in: text)) {
      #expect(y != 0 && abs(x - y) <= most * abs(x), "\(text)")
    }
  }
}
