import Testing

@testable import Commands
@testable import Interpreter

/// What `refresh` runs again, and on what.
@Suite struct RefreshTests {
  /// `a` reads the `c` from before it was tripled. That value is made again, since nobody kept it,
  /// and is no newer than the one that is there: 8 + 2, and not 24 + 2.
  @Test func whatIsMadeAgainForItsValueReplacesNothing() {
    let run = run(
      """
      d = 4
      c = 2
      c = d + c
      c += d
      d = c + d
      e = d
      d = 3
      a = c + e
      c = c * 3
      refresh
      print "{a} {c} {d} {e}"
      e = 2
      if a > 4 { d = c } else { d = 1 }
      refresh
      print "{a} {c} {d} {e}"
      refresh
      undo
      """)
    #expect(run.status == 0, "\(run.report)")
    #expect(run.shown.filter { $0.hasPrefix("1") } == ["11 24 3 3", "10 24 24 2"])
    #expect(run.shown.contains("4 statements ran again") && run.shown.contains("nothing is stale"))
  }
}
