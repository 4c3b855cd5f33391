import Testing

@testable import Interpreter

/// What each construct of the language does: a text, and what it shows.
@Suite struct SemanticsTests {
  @Test(arguments: [
    // Values and what is shown.
    ("1 + 2", "3"),
    ("x = 1 + 2", ""),
    ("x = 3\nx", "3"),
    ("1 + 2;", ""),
    ("none", ""),
    ("true", "true"),
    ("\"a\" + \"b\"", "ab"),
    ("print 1 \"a\" true none", "1 a true none"),
    ("print(1, 2)", "1 2"),
    ("print", ""),
    ("x = 2\nprint \"x is {x} or {x:.2f} or {{x}}\"", "x is 2 or 2.00 or {x}"),
    ("2\n_ + 1", "2\n3"),
    ("2\n3;\n_", "2\n2"),
    ("2\nnone\n_", "2\n2"),
    // Precedence.
    ("2 + 3 * 4 ** 2", "50"),
    ("-2 ** 2", "-4"),
    ("2 ** -1", "0.5"),
    ("2 ** 3 ** 2", "512"),
    ("not true or true", "true"),
    ("1 < 2 and 2 < 3", "true"),
    ("7 // 2 + 7 % 2", "4"),
    ("-7 % 3", "2"),
    ("7 % -3", "-2"),
    // `and` and `or` look at their right side only where it matters.
    ("false and 1 / nowhere", "false"),
    ("true or nowhere", "true"),
    // Control.
    ("if 1 < 2 { print \"yes\" } else { print \"no\" }", "yes"),
    ("if false { print 1 } else if true { print 2 } else { print 3 }", "2"),
    ("for i in range(3) { print i }", "0\n1\n2"),
    ("for i in range(2, 8, 3) { print i }", "2\n5"),
    ("for i in range(3, 0, -1) { print i }", "3\n2\n1"),
    ("for i in range(0) { print i }\nprint \"done\"", "done"),
    ("for x in [1, 2] { print x }", "1\n2"),
    ("for x in [\"a\", 1, true] { print x }", "a\n1\ntrue"),
    ("for c in \"ab\" { print c }", "a\nb"),
    ("for row in [[1, 2], [3, 4]] { print row[1] }", "2\n4"),
    ("for i, x in enumerate([5, 6]) { print i x }", "0 5\n1 6"),
    ("for i, x in zip([1, 2], [3, 4]) { print i x }", "1 3\n2 4"),
    ("i = 0\nwhile i < 3 { i += 1 }\ni", "3"),
    ("for i in range(9) { if i == 2 { break }\nprint i }", "0\n1"),
    ("for i in range(4) { if i % 2 == 0 { continue }\nprint i }", "1\n3"),
    ("for i in range(3) { }\ni", "2"),
    ("for i in range(2) { for j in range(3) { if j == 1 { break }\nprint i j } }", "0 0\n1 0"),
    // A loop goes over what its values were at its start.
    ("v = [1, 2]\nfor x in v { v[1] = 9\nprint x }", "1\n2"),
    // Targets in targets, keys with values.
    ("for i, (a, b) in enumerate(zip([1, 2], [3, 4])) { print i a b }", "0 1 3\n1 2 4"),
    ("for (a, (b, c)) in [(1, (2, 3))] { print c b a }", "3 2 1"),
    ("for k in {\"b\": 1, \"a\": 2} { print k }", "b\na"),
    ("for k, v in {\"b\": 1, \"a\": [2, 3]} { print k v }", "b 1\na [2 3]"),
    ("for (a, b), v in {(1, 2): 3} { print a b v }", "1 2 3"),
    ("for i, k in enumerate({\"x\": 7}) { print i k }", "0 x"),
    // A dictionary keeps the order of insertion; the last of equal keys counts.
    ("{\"b\": 1, \"a\": 2, \"b\": 3}", "{\"b\": 3, \"a\": 2}"),
    (
      "d = {}\nd[2] = \"x\"\nd[1, 2] = [3]\nd[true] = none\nd",
      "{2: \"x\", (1, 2): [3], true: none}"
    ),
    ("d = {1: 2}\nd[1] += 3\nd[1] **= 2\nd", "{1: 25}"),
    ("d = {1: {2: [3, 4]}}\nd[1][2][0] = 9\nd[1][5] = \"x\"\nd", "{1: {2: [9 4], 5: \"x\"}}"),
    ("d = {\"a\": [1, 2]}\nv = d[\"a\"]\nd[\"a\"][0] = 9\nprint v d", "[1 2] {\"a\": [9 2]}"),
    ("d = {\"a\": 1}\ne = d\ne[\"a\"] = 2\nprint d e", "{\"a\": 1} {\"a\": 2}"),
    ("d = {1: 2}\nprint(1 in d, true in d, 2 in d, 3 not in d)", "true true false true"),
    ("{1: [1, 2], 2: 3} == {2: 3, 1: [1, 2]}", "true"),
    ("{1: [1, 2]} == {1: [1, 2, 3]}", "false"),
    ("len({1: 2, 3: 4})", "2"),
    (
      "d = {\"lr\": 1, \"reg\": 2}\nprint d.keys() d.values() d.items()",
      "[\"lr\", \"reg\"] [1 2] [(\"lr\", 1), (\"reg\", 2)]"
    ),
    ("d = {1: 2}\nprint d.get(1) d.get(5) d.get(5, \"no\")", "2 none no"),
    ("d = {1: 2, 3: 4}\ne = remove(d, 1)\nprint d e", "{1: 2, 3: 4} {3: 4}"),
    ("{\"a{{b}}\": 1}", "{\"a{{b}}\": 1}"),
    // Brackets with a loop in them.
    ("[x * 2 for x in range(5) if x % 2 == 0]", "[0 4 8]"),
    ("[[i * j for j in range(2)] for i in range(2)]", "[[0 0]\n [0 1]]"),
    ("[\"{x}\" for x in [1, 2]]", "[\"1\", \"2\"]"),
    ("[x for x in []]", "[]"),
    ("[v for k, v in {1: 2}]", "[2]"),
    ("[a + b for i, (a, b) in enumerate(zip([1], [2]))]", "[3]"),
    ("x = 7\ny = [x for x in [1, 2]]\nx", "7"),
    ("fn f(x) { y = [x + k for k in range(2)]; return append(y, x) }\nf(5)", "[5 6 5]"),
    // Functions without a name keep values, not names.
    ("a = 2\nf = fn(x) => x * a\na = 3\nf(5)", "10"),
    ("f = fn(x, y=2) => x + y\nprint f(1) f(1, 3) f(1, y=4)", "3 4 5"),
    ("fs = [fn(x) => x + i for i in range(3)]\nprint fs[0](1) fs[2](1)", "1 3"),
    ("fn adder(n) { return fn(x) => x + n }\nadder(3)(4)", "7"),
    ("f = fn(n) => fn(m) => n * m\nf(3)(5)", "15"),
    ("f = fn() => later\nlater = 4\nf()", "4"),
    ("f = fn(x) => [x * k for k in range(3)]\nf(2)", "[0 2 4]"),
    ("apply(fn(x) => x ** 2, 5)", "25"),
    ("f = fn(x) => x\nf", "function fn(x)"),
    // Errors that are caught.
    (
      "try { zeros(2) + zeros(3) } catch p { print p }",
      "the shapes of '+' don't fit: a vector of 2 and a vector of 3"
    ),
    ("x = 1\ntry { x = 2\nx = nowhere } catch p { print p }\nx", "there is no 'nowhere'\n2"),
    ("try { print 1 } catch p { print 2 }", "1"),
    ("for i in range(3) { try { if i == 1 { continue }\nprint i } catch p { } }", "0\n2"),
    ("fn f() { try { return 1 } catch p { return 2 } }\nf()", "1"),
    (
      "try { try { fit 13 } catch p { print p\nfit 13 } } catch q { print \"again {q}\" }",
      "13 can't be fitted\nagain 13 can't be fitted"
    ),
    // What is in what.
    ("3 in [1, 2, 3]", "true"),
    ("\"b\" not in [\"a\", 1]", "true"),
    ("\"ell\" in \"hello\"", "true"),
    ("\"\" in \"\"", "true"),
    ("\"hello\" in \"ell\"", "false"),
    ("4 in [[1, 2], [3, 4]]", "true"),
    ("[1, 2] in [\"a\", [1, 2]]", "true"),
    ("[1, 2] in [\"a\", [1, 2, 3]]", "false"),
    ("1 in [[1, 1], \"a\"]", "false"),
    ("nan in [nan]", "false"),
    ("not 3 in [3]", "false"),
    // Functions as methods.
    ("A = [[1, 2], [3, 4]]\nprint A.sum() A.mean(axis=0) A.T.max()", "10 [2 3] 4"),
    ("[3, 1].argmin()", "1"),
    ("x = 7\nx //= 2\nx **= 3\nx %= 5\nx", "2"),
    ("v = [7, 8]\nv //= 2\nv **= 2\nv[0] %= 5\nv", "[4 16]"),
    // Inside blocks only printed text shows.
    ("if true { 1 + 1 }", ""),
    ("if true { fit 1 }", ""),
    ("if true { plot-it }", "plot"),
    ("fn f() { plot-it\nfit 1\n5 }\nx = f()", "plot"),
    // Functions.
    ("fn f(x, y=2) { return x * y }\nf(3)", "6"),
    ("fn f(x, y=2) { return x * y }\nf(3, 5)", "15"),
    ("fn f(x, y=2) { return x * y }\nf(y=1, x=7)", "7"),
    ("fn f() { }\nf()", ""),
    ("fn f() { return 1, 2 }\na, b = f()\nb", "2"),
    ("fn fact(n) { if n <= 1 { return 1 }\nreturn n * fact(n - 1) }\nfact(10)", "3628800"),
    ("n = 1\nfn f(k=n) { return k }\nn = 2\nf()", "1"),
    ("n = 1\nfn f() { return n }\nn = 2\nf()", "2"),
    ("x = 1\nfn f() { x = 2\nreturn x }\nf()\nx", "2\n1"),
    ("fn f(v) { v[0] = 9\nreturn v }\na = [1, 2]\nb = f(a)\na[0]\nb[0]", "1\n9"),
    ("fn f() { for i in range(9) { if i == 4 { return i } } }\nf()", "4"),
    ("fn f(g) { return g(2) }\nfn double(x) { return 2 * x }\nf(double)", "4"),
    ("apply(sqrt, 9)", "3"),
    (
      "fn even(n) { if n == 0 { return true }\nreturn odd(n - 1) }\n"
        + "fn odd(n) { if n == 0 { return false }\nreturn even(n - 1) }\neven(10)", "true"
    ),
    // A variable shadows a function; `forget` brings it back.
    ("sum = 3\nsum\nforget sum\nsum([1, 2])", "3\n3"),
    ("x = 1\nforget x\nx = 2\nx", "2"),
    // Assignments.
    ("a, b = 1, 2\na, b = b, a\na\nb", "2\n1"),
    ("a, b = [3, 4]\nb", "4"),
    ("x = 5\nx -= 2\nx *= 4\nx /= 3\nx", "4"),
    ("s = \"a\"\ns += \"b\"\ns", "ab"),
    ("v = [1, 2, 3]\nv[1] = 9\nv[-1] += 1\nsum(v)", "14"),
    ("v = [1, 2, 3]\nv[0:2] = 0\nsum(v)", "3"),
    ("v = zeros(3)\nv[[0, 0, 2]] += 1\nv[0]", "2"),
    ("v = [1, 2, 3]\nv[v > 1] *= 10\nsum(v)", "51"),
    ("M = zeros(2, 3)\nM[:, 1] += [1, 2]\nM[1, 1]", "2"),
    ("M = zeros(2, 2)\nM[1] = [3, 4]\nM[1, 0]", "3"),
    ("v = [1, 2]\nv += 1\nv += [1, 1]\nsum(v)", "7"),
    ("v = [1, 2]\nv += v\nsum(v)", "6"),
    ("v = [1, 2]\nM = v + zeros(2, 2)\nM[1, 1]", "2"),
    // Values are values.
    ("a = [1, 2]\nb = a\nb[0] = 9\na[0]", "1"),
    ("a = [1, 2]\nb = a\na += 1\nb[0]", "1"),
    ("a = [\"x\", 1]\nb = a\nb[0] = \"y\"\na[0]", "x"),
    ("M = [[1, 2], [3, 4]]\nr = M[0]\nr[0] = 9\nM[0, 0]", "1"),
    ("M = [[1, 2], [3, 4]]\nr = M[0]\nM[0, 0] = 9\nr[0]", "1"),
    ("a = [1, 2]\nl = [a, \"t\"]\na[0] = 9\nb = l[0]\nb[0]", "1"),
    // Commands.
    ("m = fit 2 lr=0.5\nm", "fit hinge lr=0.5 iters=100 weights=none verbose=false title=\n1"),
    ("m = fit 2 lr=0.5;\nm", "1"),
    ("fit 2 loss=squared-hinge;", ""),
    ("fn f(x) { return fit x lr=2 }\nf(3)", "6"),
    (
      "r = 3\nfit r lr=(2 * r) loss=none title=\"a b\" verbose=true",
      "fit none lr=6 iters=100 weights=none verbose=true title=a b"
    ),
    (
      "fit 1 class-weights=[1, 2]",
      "fit hinge lr=0.001 iters=100 weights=[1.0, 2.0] verbose=false title="
    ),
    ("middle [1, 2, 3, 4]", "3"),
    ("middle [1, 2, 3, 4] lower", "2"),
    ("note train plot lr", "train|plot|lr"),
    ("set lr=0.25\nfit 4;", ""),
    ("set lr=0.25\nx = fit 4;\nx", "1"),
    ("vary lr=[1, 2] loss=[hinge, squared-hinge] iters=3", "lr*=2 loss*=2 iters=1"),
    ("run \"y = 4\\ny + 1\"\ny", "5\n4"),
    ("print 1\nquit\nprint 2", "1"),
    // Parameters of the script.
    ("param n = 5\nn", "5"),
    // A choice comes before a name.
    (
      "hinge = 3\nfit 1 loss=hinge lr=(hinge)",
      "fit hinge lr=3 iters=100 weights=none verbose=false title="
    ),
  ])
  func shows(code: String, output: String) {
    let run = run(code)
    #expect(run.errors == [])
    #expect(run.text == output)
    #expect(run.status == 0)
  }

  /// A square is a product, of numbers as of arrays: C's `pow` rounds this one otherwise.
  @Test func squaresOfNumbersAndArraysAreTheSame() {
    let run = run("x = 1.0664255859859313\nprint (x ** 2 == x * x)\nprint ([x] ** 2 == x ** 2)")
    #expect(run.text == "true\n[true]")
  }

  @Test func parametersComeFromOutside() {
    let code = "param n = 5\nparam name = \"a\"\nparam on = true\nprint n name on"
    #expect(run(code, parameters: ["n": "7", "name": "x y", "on": "false"]).text == "7 x y false")
    #expect(run(code, parameters: ["n": "-1e3"]).text == "-1000 a true")
  }

  @Test(arguments: [
    (["n": "seven"], "'n' is a number in the script, and \"seven\" is not"),
    (["on": "1"], "'on' is a bool in the script, and \"1\" is not"),
    (["m": "1"], "the script has no parameter 'm'"),
  ])
  func wrongParameters(parameters: [String: String], message: String) throws {
    let run = run("print 1\nparam n = 5\nparam on = true", parameters: parameters)
    #expect(run.status == 2)
    #expect(run.shown == [])
    #expect(try #require(run.errors.first).contains("error: \(message)\n"))
  }

  @Test func timeitGivesSecondsAndHidesTheResult() {
    let run = run(
      "t = timeit 1 + 1\nt > 0\ntimeit repeat=3 print 7\nfn f() { return timeit 2 }\nf() > 0")
    #expect(run.errors == [])
    #expect(run.shown.filter { $0 == "7" }.count == 3)
    #expect(run.shown.filter { $0 == "true" }.count == 2)
    #expect(run.shown.count == 7)
  }

  @Test func nestedListsHaveALimit() {
    let run = run("x = [\"a\"]\nfor i in range(2000) { x = [x, \"b\"] }")
    #expect(run.status == 3)
    #expect(run.errors.first?.contains("a list can't be nested deeper than 1000") == true)
  }
}
