import Testing

@testable import Interpreter

/// The methods of strings, with what Python 3.11 gives.
@Suite struct StringMethodTests {
  private func call(_ name: String, _ text: String, _ arguments: [Value]) throws -> Value {
    let method = try #require(StringMethods.method(name))
    return try TestSession().session.call(method, [.string(text)] + arguments)
  }

  @Test(arguments: [
    ("a,b", ",", ["a", "b"]), ("a,,b,", ",", ["a", "", "b", ""]), ("", ",", [""]),
    ("abc", "abc", ["", ""]), ("aaa", "aa", ["", "a"]), ("x--y", "--", ["x", "y"]),
    ("über·weit", "·", ["über", "weit"]),
  ])
  func split(text: String, separator: String, parts: [String]) throws {
    #expect(try texts(call("split", text, [.string(separator)])) == parts)
  }

  @Test(arguments: [
    ("  a  b\tc\n", ["a", "b", "c"]), ("", []), ("   ", []), ("one", ["one"]),
  ])
  func words(text: String, parts: [String]) throws {
    #expect(try texts(call("split", text, [])) == parts)
    #expect(try texts(call("split", text, [.none])) == parts)
  }

  private func texts(_ value: Value) -> [String] {
    value.items.map { if case .string(let box) = $0 { box.text } else { "?" } }
  }

  @Test(arguments: [
    ("join", ", ", [Value.list([.string("a"), .string("b")])], "a, b"),
    ("join", "-", [.string("abc")], "a-b-c"), ("join", ", ", [.vector([])], ""),
    ("join", "", [.list([.string("x")])], "x"),
    ("strip", "  a b \n", [], "a b"), ("strip", "xxaxx", [.string("x")], "a"),
    ("strip", "xyaxy", [.string("yx")], "a"), ("strip", "   ", [], ""),
    ("lower", "ÄBC", [], "äbc"), ("upper", "straße", [], "STRASSE"),
    ("replace", "a-b-c", [.string("-"), .string("+")], "a+b+c"),
    ("replace", "a-b-c", [.string("-"), .string("+"), .number(1)], "a+b-c"),
    ("replace", "aaa", [.string("aa"), .string("b")], "ba"),
    ("replace", "abc", [.string(""), .string("-")], "-a-b-c-"),
    ("replace", "abc", [.string(""), .string("-"), .number(2)], "-a-bc"),
    ("replace", "abc", [.string("b"), .string(""), .number(0)], "abc"),
  ])
  func text(name: String, text: String, arguments: [Value], expected: String) throws {
    guard case .string(let box) = try call(name, text, arguments) else {
      Issue.record("\(name) gives no string")
      return
    }
    #expect(box.text == expected)
  }

  @Test(arguments: [
    ("startswith", "iris.csv", "iris", true), ("startswith", "iris", "iris.csv", false),
    ("endswith", "iris.csv", ".csv", true), ("endswith", "a", "", true),
    ("startswith", "äx", "a", false),
  ])
  func ends(name: String, text: String, part: String, holds: Bool) throws {
    guard case .bool(let found) = try call(name, text, [.string(part)]) else {
      Issue.record("\(name) gives no truth value")
      return
    }
    #expect(found == holds)
  }

  @Test func wrongArguments() {
    for (name, arguments) in [
      ("split", [Value.string("")]), ("split", [.number(1)]), ("join", [.vector([1])]),
      ("join", [.list([.number(1)])]), ("replace", [.string("a"), .none]),
      ("startswith", [.number(1)]), ("strip", [.bool(true)]),
    ] {
      #expect(throws: Located.self) { try call(name, "abc", arguments) }
    }
    #expect(StringMethods.method("format") == nil)
  }
}
