import Testing

@testable import Interpreter

@Suite struct ExpectTests {
  @Test(arguments: [
    "expect true", "expect 1 < 2", "expect 1 == 1 \"words\"", "expect 1 ~= 1 + 1e-7",
    "expect 5 ~= 6 within=1", "expect [1, 2] ~= [1, 2 + 1e-9]", "expect zeros(2, 2) ~= 0",
    "expect inf ~= inf", "expect \"a\" == \"a\"", "expect all([1, 2] == [1, 2])",
  ])
  func holds(code: String) {
    let run = run(code)
    #expect(run.errors == [])
    #expect(run.status == 0)
  }

  @Test(arguments: [
    ("expect false", ["expect failed: false", "it is false"]),
    ("x = 3\nexpect x > 5", ["expect failed: x > 5", "left:  3", "right: 5", "test.svm:2:1"]),
    ("expect 1 > 2 \"too small\"", ["expect failed: 1 > 2: too small"]),
    ("expect 1 ~= 2 within=0.5", ["expect failed: 1 ~= 2", "difference: 1, allowed: 0.5"]),
    ("expect nan ~= nan", ["expect failed: nan ~= nan"]),
    (
      "expect [1, 2, 3] ~= [1, 2.5, 3.25]",
      ["largest difference: 0.5 at [1], allowed: 1e-06", "2 of 3 entries"]
    ),
    ("expect [[1, 2], [3, 4]] ~= [[1, 2], [3, 7]]", ["largest difference: 3 at [1, 1]"]),
    ("expect 1 ~= [1, 3]", ["difference: 2 at [1]", "left[1]: 1", "right[1]: 3"]),
    ("expect [1, 3] ~= 1", ["difference: 2 at [1]", "left[1]: 3", "right[1]: 1"]),
    ("fn f() { expect 1 == 2 }\nf()", ["test.svm:1:10"]),
  ])
  func fails(code: String, parts: [String]) throws {
    let run = run(code + "\nprint \"on\"")
    #expect(run.status == 1)
    #expect(run.text == "on")
    let error = try #require(run.errors.first)
    for part in parts { #expect(error.contains(part), "\(error)") }
  }

  @Test(arguments: [
    ("expect 1", "a condition must be true or false, not a number"),
    ("expect [1, 2] == [1, 2]", "a condition is one truth value, not a mask of 2"),
    ("expect \"a\" ~= \"a\"", "'~=' compares numbers, vectors and matrices"),
    ("expect [1] ~= [1, 2]", "'~=' compares arrays of one shape"),
    ("expect 1 ~= 1 within=-1", "'within' must be a number that is at least 0"),
  ])
  func isNotACondition(code: String, message: String) {
    let run = run(code)
    #expect(run.status == 3)
    #expect(run.errors.first?.contains("error: \(message)") == true, "\(run.errors)")
  }

  @Test func pointsAreCounted() {
    let test = TestSession()
    test.run("expect 1 == 1 points=3\nexpect 1 == 2 points=2\nexpect true")
    let counted = test.session.expectations
    #expect(counted.passed == 2)
    #expect(counted.failed == 1)
    #expect(counted.points == 3)
    #expect(counted.pointsPossible == 5)
  }
}
