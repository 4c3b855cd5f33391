import Testing

@testable import Interpreter

/// Lists of strings are compared entry by entry, and lists of truth values select as masks do.
@Suite struct ListMaskTests {
  @Test(arguments: [
    ("[\"a\", \"b\"] == \"a\"", "[true false]"), ("\"b\" == [\"a\", \"b\"]", "[false true]"),
    ("[\"a\", \"b\"] != \"a\"", "[false true]"),
    ("[\"a\", \"b\"] == [\"a\", \"c\"]", "[true false]"),
    ("[\"a\", \"b\"] != [\"a\", \"c\"]", "[false true]"),
    ("where([\"cat\", \"dog\", \"cat\"] == \"cat\")", "[0 2]"),
    ("any([\"a\", \"b\"] == \"c\")", "false"),
    // Others stay one truth value.
    ("[\"a\", \"b\"] == [\"a\", \"b\", \"c\"]", "false"), ("[\"a\", 1] == [\"a\", 1]", "true"),
    ("[\"a\", 1] == \"a\"", "false"), ("[\"a\", \"b\"] == 1", "false"),
    ("[[\"a\"], [\"b\"]] == [[\"a\"], [\"b\"]]", "true"),
    ("[[\"a\"], [\"b\"]] == [[\"a\"], [\"c\"]]", "false"),
    // Masks.
    ("[5, 6, 7][[true, false, true]]", "[5 7]"),
    ("[[1, 2], [3, 4]][[true, false]]", "[[1 2]]"),
    ("[[1, 2], [3, 4]][:, [false, true]]", "[[2]\n [4]]"),
    ("[[1, 2], [3, 4]][[[true, false], [false, true]]]", "[1 4]"),
    ("[\"a\", \"b\", \"c\"][[true, false, true]]", "[\"a\", \"c\"]"),
    ("[\"a\", \"b\", \"c\"][[\"a\", \"b\", \"a\"] == \"a\"]", "[\"a\", \"c\"]"),
    ("where([true, false, true])", "[0 2]"), ("where([true, false], 1, 2)", "[1 2]"),
    ("sum([true, false, true])", "2"),
    ("x = [1, 2, 3]; x[[true, false, true]] = 0; x", "[0 2 0]"),
    ("M = [[1, 2], [3, 4]]; M[[[true, false], [false, true]]] = 0; M", "[[0 2]\n [3 0]]"),
    // Lists of strings in order, without repeats, and drawn.
    ("sort([\"b\", \"a\", \"B\", \"ä\"])", "[\"B\", \"a\", \"b\", \"ä\"]"),
    ("unique([\"b\", \"a\", \"b\"])", "[\"a\", \"b\"]"),
    ("sort(permutation([\"c\", \"a\", \"b\"]))", "[\"a\", \"b\", \"c\"]"),
    ("choice([\"a\"])", "a"), ("choice([\"a\"], size=2)", "[\"a\", \"a\"]"),
    ("sort(choice([\"a\", \"b\"], size=2, replace=false))", "[\"a\", \"b\"]"),
  ])
  func value(code: String, shows: String) {
    let run = run(code)
    #expect(run.errors == [])
    #expect(run.shown.last == shows)
  }

  @Test(arguments: [
    "[5, 6, 7][[true, false]]", "[5, 6][[true, 1]]", "sort([\"a\", 1])", "unique([\"a\", [1]])",
    "choice([\"a\"], size=2, replace=false)", "if [\"a\"] == \"a\" { }",
  ])
  func refused(code: String) { #expect(run(code).status == 3) }
}
