import Testing

@testable import Interpreter

/// An array that one name holds is updated where it is; one that two hold is copied first.
@Suite struct InPlaceTests {
  /// Where the entries of a name's array lie.
  private func address(_ name: String, _ test: TestSession) -> UnsafeMutablePointer<Double>? {
    guard case .array(let array)? = test.session.value(of: name) else { return nil }
    return array.pointer
  }

  @Test(arguments: [
    "M[0, 0] = 1", "M[:, 1] += [1, 2]", "M[1] = [1, 2, 3]", "M[M > 0] = 5", "M += 1",
    "M -= ones(2, 3)", "for i in range(3) { M[:, i] += [1, 2] }", "M[[0, 1], [0, 0]] += 1",
  ])
  func staysWhereItIs(code: String) {
    let test = TestSession()
    test.run("M = zeros(2, 3)")
    let before = address("M", test)
    #expect(before != nil)
    #expect(test.run(code).errors == [])
    #expect(address("M", test) == before)
  }

  @Test(arguments: ["M[0, 0] = 1", "M[:, 1] += [1, 2]", "M += 1"])
  func movesAwayFromWhatIsShared(code: String) {
    let test = TestSession()
    test.run("M = zeros(2, 3)\nN = M")
    let before = address("M", test)
    #expect(address("N", test) == before)
    #expect(test.run(code).errors == [])
    #expect(address("M", test) != before)
    #expect(address("N", test) == before)
    #expect(test.run("sum(N)").text == "0")
  }

  @Test func localArraysToo() {
    let run = run(
      """
      fn f(M) {
        N = M
        N[0] = 7
        M[1] = 8
        return N[0] + N[1] + M[0] + M[1]
      }
      v = [1, 2]
      f(v)
      sum(v)
      """)
    #expect(run.shown == ["18", "3"])
  }
}
