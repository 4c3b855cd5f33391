import Glibc
import LinearAlgebra
import Testing

@testable import Interpreter

/// Each in a process of its own: the wish to stop is one for the whole process.
@Suite struct InterruptionTests {
  @Test func loopsStop() async {
    await #expect(processExitsWith: .success) {
      for code in [
        "while true { }", "while true { x = 1 }", "for i in range(1e15) { }",
        "fn f() { while true { } }\nf()", "timeit repeat=1e9 1",
      ] {
        Interruption.clear()
        let test = TestSession()
        let thread = InterruptionTests.interruptSoon()
        let run = test.run("kept = 5\n" + code + "\nprint 1")
        pthread_join(thread, nil)
        Interruption.clear()
        guard run.status == 130, run.shown.isEmpty, run.errors == ["interrupted"],
          test.run("kept").text == "5"
        else { exit(1) }
      }
    }
  }

  @Test func whatThereIsIsAssigned() async {
    await #expect(processExitsWith: .success) {
      let test = TestSession()
      let run = test.run("m = partial\nprint 1")
      guard run.status == 130, run.shown == ["interrupted half way"] else { exit(1) }
      Interruption.clear()
      guard test.run("m").text == "0.5" else { exit(2) }
      guard test.run("fn f() { return partial }\nn = f()\nprint 1").status == 130 else { exit(3) }
      Interruption.clear()
      guard test.run("n").text == "0.5" else { exit(4) }
      guard test.run("for i in range(3) { k = partial }").status == 130 else { exit(5) }
      Interruption.clear()
      guard test.run("print k i").text == "0.5 0" else { exit(6) }
    }
  }

  /// A wish that comes before the first statement is for the entry, and for no other.
  @Test func anEntryHeedsTheWishAndForgetsIt() async {
    await #expect(processExitsWith: .success) {
      let test = TestSession()
      Interruption.request()
      guard test.session.runEntry("x = 1") == 130 else { exit(1) }
      guard test.session.runEntry("x = 2") == 0 else { exit(2) }
    }
  }

  /// Asks for a stop after a moment, from another thread.
  static func interruptSoon() -> pthread_t {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        usleep(20_000)
        Interruption.request()
        return nil
      }, nil)
    return thread
  }
}
