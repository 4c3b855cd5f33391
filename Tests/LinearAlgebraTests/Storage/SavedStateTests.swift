import Testing

@testable import LinearAlgebra

@Suite struct SavedStateTests {
  private let state = SavedState(
    "walk",
    [
      "w": [1, 2, 3], "t": [4], "half": [0.5], "nan": [.nan], "order": [2, 0, 1],
      "twice": [1, 1], "far": [0, 3],
    ], parts: [SavedState("leg")])

  @Test func whatFitsComesBack() throws {
    try state.require("walk", parts: 1)
    #expect(try state.array("w", count: 3) == [1, 2, 3])
    #expect(try state.count("t") == 4)
    #expect(try state.rows("order", below: 3) == [2, 0, 1])
    #expect(try !state.flag("t"))
  }

  /// Every read that a computation of another shape would make is an error, and none a trap.
  @Test func whatDoesNotFitIsAnError() {
    func message(_ read: () throws -> Void) -> String? {
      do {
        try read()
        return nil
      } catch { return "\(error)" }
    }
    #expect(
      message { try state.require("run", parts: 1) } == "the state is of 'walk', not of 'run'")
    #expect(message { try state.require("walk") } == "the state of 'walk' has 1 parts, not 0")
    #expect(message { _ = try state.array("v", count: 1) } == "the state of 'walk' has no 'v'")
    #expect(
      message { _ = try state.array("w", count: 4) } == "'w' of 'walk' has 3 numbers, not 4")
    #expect(
      message { _ = try state.rows("v", below: 3) } == "the state of 'walk' has no 'v'")
    for name in ["half", "nan"] { #expect(message { _ = try state.count(name) } != nil) }
    for name in ["twice", "far"] { #expect(message { _ = try state.rows(name, below: 3) } != nil) }
  }
}
