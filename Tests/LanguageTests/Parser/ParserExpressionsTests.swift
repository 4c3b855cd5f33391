import Testing

@testable import Language

@Suite struct ParserExpressionsTests {
  /// Each text with the same in brackets: the trees must be the same, and not the trees of names.
  @Test(
    arguments: [
      // Levels, each with the next.
      ("a or b and c", "a or (b and c)"),
      ("a and b or c", "(a and b) or c"),
      ("not a and b", "(not a) and b"),
      ("a and not b", "a and (not b)"),
      ("not a == b", "not (a == b)"),
      ("not not a", "not (not a)"),
      ("a == b + c", "a == (b + c)"),
      ("a + b != c", "(a + b) != c"),
      ("a < b and c >= d", "(a < b) and (c >= d)"),
      ("a + b * c", "a + (b * c)"),
      ("a - b / c", "a - (b / c)"),
      ("a + b @ c", "a + (b @ c)"),
      ("a - b % c", "a - (b % c)"),
      ("a // b - c", "(a // b) - c"),
      ("-a * b", "(-a) * b"),
      ("a * -b", "a * (-b)"),
      ("a - -b", "a - (-b)"),
      ("a + +b", "a + (+b)"),
      ("- - a", "-(-a)"),
      ("-a + b", "(-a) + b"),
      // The power binds tighter than a sign before it, looser than one after it.
      ("-a ** b", "-(a ** b)"),
      ("a ** -b", "a ** (-b)"),
      ("a ** -b ** c", "a ** (-(b ** c))"),
      ("a ** b ** c", "a ** (b ** c)"),
      ("a * b ** c", "a * (b ** c)"),
      ("a ** b * c", "(a ** b) * c"),
      ("-2 ** 2", "-(2 ** 2)"),
      // Groups from the left.
      ("a - b - c", "(a - b) - c"),
      ("a / b / c", "(a / b) / c"),
      ("a * b @ c", "(a * b) @ c"),
      ("a @ b * c", "(a @ b) * c"),
      ("a % b // c", "(a % b) // c"),
      ("a or b or c", "(a or b) or c"),
      ("a and b and c", "(a and b) and c"),
      // What touches binds tightest.
      ("-a.b", "-(a.b)"),
      ("a ** b[0]", "a ** (b[0])"),
      ("-f(x)", "-(f(x))"),
      ("a.b.c[0](1).d", "((((a.b).c)[0])(1)).d"),
      ("X.T @ G / n + 2 * reg * W", "(((X.T) @ G) / n) + ((2 * reg) * W)"),
      ("loss / n + reg * sum(W * W)", "(loss / n) + (reg * (sum((W * W))))"),
      ("a + 1 in b and c not in d", "((a + 1) in b) and (c not in d)"),
      ("not a in b", "not (a in b)"),
      ("fn(x) => x + 1 == 2", "fn(x) => ((x + 1) == 2)"),
      ("[x in a for x in b if x in c]", "[(x in a) for x in (b) if (x in c)]"),
      ("1 == 2 or not a and b < -c ** 2", "(1 == 2) or ((not a) and (b < (-(c ** 2))))"),
    ])
  func binds(text: String, bracketed: String) {
    let found = trees(text)
    #expect(found == trees(bracketed))
    #expect(found.first?.hasPrefix("error") == false)
  }

  @Test func treesByHand() {
    #expect(trees("a or b and not c") == ["(or a (and b (not c)))"])
    #expect(trees("a - b - c") == ["(- (- a b) c)"])
    #expect(trees("-a ** -b") == ["(- (** a (- b)))"])
    #expect(trees("a, b + c") == ["(tuple a (+ b c))"])
    #expect(trees("(a, b)") == ["(tuple a b)"])
    #expect(trees("(a)") == ["a"])
    #expect(trees("[a, (b, c), [d]]") == ["[a, (tuple b c), [d]]"])
    #expect(trees("[]") == ["[]"])
    #expect(trees("[1, 2,]") == ["[1.0, 2.0]"])
    #expect(trees("f()") == ["f()"])
    #expect(trees("f(a, reg=1, keepdims=true,)") == ["f(a, reg=1.0, keepdims=true)"])
    #expect(trees("f(x == 1)") == ["f((== x 1.0))"])
    #expect(trees("inf") == ["inf"])
    #expect(trees("-inf") == ["(- inf)"])
    #expect(trees("true and false") == ["(and true false)"])
    #expect(trees("none") == ["none"])
    #expect(trees("_ + 1") == ["(+ _ 1.0)"])
    #expect(trees("a not in b") == ["(not in a b)"])
    #expect(trees("{}") == ["{}"])
    #expect(trees("{\"a\": 1, (b, 2): [c],}") == ["{\"'a'\": 1.0, (tuple b 2.0): [c]}"])
    #expect(trees("x = {\n  a:\n 1,\n}[a]") == ["x = {a: 1.0}[a]"])
    #expect(trees("fn(x, y=2) => x + y") == ["(fn x y=2.0 => (+ x y))"])
    #expect(trees("f(fn() => 1, 2)") == ["f((fn  => 1.0), 2.0)"])
    #expect(
      trees("[a * b for a, (b, c) in d if a > 1]") == ["[(* a b) for a, (b, c) in d if (> a 1.0)]"])
    #expect(
      trees("train d lr=[10 ** i for i in e]").first == "train 'd'|d lr=[(** 10.0 i) for i in e]")
    #expect(trees("print {\"a\": 1}") == ["print {\"'a'\": 1.0}"])
    #expect(trees("if a { {b: c} }") == ["if a {{b: c}}"])
  }

  @Test(
    arguments: [
      ("a[0]", "a[0.0]"),
      ("a[:]", "a[(slice _ _ _)]"),
      ("a[1:]", "a[(slice 1.0 _ _)]"),
      ("a[:2]", "a[(slice _ 2.0 _)]"),
      ("a[1:2]", "a[(slice 1.0 2.0 _)]"),
      ("a[::3]", "a[(slice _ _ 3.0)]"),
      ("a[::-1]", "a[(slice _ _ (- 1.0))]"),
      ("a[1:2:3]", "a[(slice 1.0 2.0 3.0)]"),
      ("a[1::]", "a[(slice 1.0 _ _)]"),
      ("a[:, 0]", "a[(slice _ _ _), 0.0]"),
      ("a[0:5, :]", "a[(slice 0.0 5.0 _), (slice _ _ _)]"),
      ("a[n - 1:, -1]", "a[(slice (- n 1.0) _ _), (- 1.0)]"),
      ("S[range(n), y]", "S[range(n), y]"),
      ("s[y[i]]", "s[y[i]]"),
      ("a[b > 0]", "a[(> b 0.0)]"),
      ("a[\n1:\n2,\n]", "a[(slice 1.0 2.0 _)]"),
    ])
  func subscripts(text: String, expected: String) {
    #expect(trees(text) == [expected])
  }

  @Test(arguments: ["(\n1\n+\n2\n)", "(1 + # one\n2)", "(1 \\\n+ 2)", "1 + \\\n  2", "(\n\n1 + 2)"])
  func goesOnOverLines(text: String) {
    #expect(trees(text) == ["(+ 1.0 2.0)"])
  }

  @Test func marksInsideBracketsAreComments() {
    #expect(trees("[1,\n## two\n#> three\n2]") == ["[1.0, 2.0]"])
  }

  @Test func spansAreTheText() throws {
    let text = "x + (a * f(b)[0].c) - \"s\""
    let source = Source(text, name: "t")
    guard case .expression(let sum)? = parse(text).script.statements.first?.statement.kind,
      case .binary(_, let minus, let left, let right) = sum.kind,
      case .binary(_, let plus, _, let product) = left.kind,
      case .binary(_, _, _, let field) = product.kind
    else {
      Issue.record("another tree")
      return
    }
    #expect(source.text(in: sum.span) == text)
    #expect(source.text(in: minus) == "-")
    #expect(source.text(in: plus) == "+")
    #expect(source.text(in: product.span) == "(a * f(b)[0].c)")
    #expect(source.text(in: field.span) == "f(b)[0].c")
    #expect(source.text(in: right.span) == "\"s\"")
  }

  @Test(
    arguments: wrongTexts(
      #"""
      x = a < b ⟦<⟧ c → comparisons don't chain → `a < b and b < c`
      x = a == b ⟦==⟧ c → comparisons don't chain → `a == b and b == c`
      x = 0 <= f(i) ⟦<⟧ n → comparisons don't chain → `0 <= f(i) and f(i) < n`
      x = a == ⟦not⟧ b → 'not' needs brackets → (not b)
      x = a + ⟦not⟧ b → 'not' needs brackets
      x = 1 +⟦⟧ → expected a value after '+' → final '\'
      x = 1 +⟦⟧⏎y = 2 → expected a value after '+' → final '\'
      x = f(a) ⟦b⟧ → expected an operator or the end of the statement, not 'b'
      x = [[1, 2]⟦;⟧ [3, 4]] → expected ',' or ']', not ';' → [[1, 2], [3, 4]]
      x = f ⟦(⟧y) → '(' must touch what it calls → write `x = f(y)`
      x = a ⟦[⟧0] → '[' must touch what it indexes → write `x = a[0]`
      x = d ⟦.⟧train → '.' must touch the value before it → d.train
      x = d⟦.⟧ train → the name of a field is missing
      x = d⟦.⟧ → the name of a field is missing
      x = ⟦()⟧ → nothing stands in the brackets → none
      x = a⟦[]⟧ → an index is missing → x[:]
      x = (1, 2⟦]⟧ → '(' is closed by ')', not by ']' → column 5 of line 1
      x = [1, 2⟦)⟧ → '[' is closed by ']', not by ')'
      x = 1⟦)⟧ → ')' closes nothing
      x = [1⟦;⟧ 2] → expected ',' or ']', not ';' → [[1, 2], [3, 4]]
      x = [1 ⟦2⟧] → expected ',' or ']', not '2'
      x = f(a ⟦b⟧) → expected ',' or ')', not 'b'
      x = a ⟦if⟧ b else c → 'if' can't stand in an expression → where(x, a, b)
      x = (i ⟦for⟧ i in y) → 'for' makes the items of a list only in square brackets → [x * 2 for x
      x = [i for i in y ⟦for⟧ j in i] → a bracket has one 'for' → [[i * j for j
      x = [i for i in y, ⟦2⟧] → expected ']', not '2' → append
      x = [i for ⟦in⟧ y] → 'in' is a keyword
      x = a in b ⟦in⟧ c → comparisons don't chain → `a in b and b in c`
      x = a ⟦=>⟧ b → '=>' stands only after the parameters of 'fn' → '>='
      x = ⟦f⟧"{a}" → a string has no 'f' before it → write `x = "{a}"`
      x = a⟦.1⟧ → expected an operator or the end of the statement, not '.1'
      x = 0⟦:⟧5 → not ':' → range(0, 5)
      x = a ⟦~=⟧ b → '~=' stands only in 'expect' → abs(a - b)
      x = f(reg=1, ⟦a⟧) → stands after 'reg=' → come first
      x = f(a=1, ⟦a⟧=2) → the argument 'a' is given twice
      x = f(⟦if⟧=2) → 'if' is a keyword
      x = f(⟦class-weights⟧=2) → is written 'class_weights'
      x = {1⟦}⟧ → expected ':' after the key, not '}' → a list is written `[…]`
      x = {a: 1, b⟦,⟧ c: 2} → expected ':' after the key, not ','
      x = {a: 1 ⟦b⟧: 2} → expected ',' or '}', not 'b'
      x = {a: 1,⏎b ⟦c⟧}⏎y = 1 → expected ':' after the key, not 'c'
      x = {k: 1 ⟦for⟧ k in y} → not of dictionaries → d[x] = …
      x = fn(y)⟦⟧ → expected '=>' after the parameters → fn(x) => x * 2
      x = fn(y) ⟦{⟧ z } → expected '=>' after the parameters, not '{' → has a name
      x = ⟦fn⟧ y => 1 → a named function can't stand in an expression → fn(x) => x * 2
      x = 1 + ⟦train⟧ → 'train' is a verb, and can't stand in an expression
      x = (⟦load⟧ "a") → 'load' is a verb, and can't stand in an expression
      x = ⟦return⟧ 1 → 'return' starts a statement
      ⟦*⟧ 2 → a statement can't start with '*'
      print "{a ⟦b⟧}" → expected an operator or '}'
      print "{⟦(⟧a}" → '(' is not closed → before the '}'
      print "{⟦=⟧}" → '='
      """#))
  func wrongExpression(wrong: Wrong) { check(wrong) }
}
