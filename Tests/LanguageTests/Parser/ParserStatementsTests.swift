import Testing

@testable import Language

@Suite struct ParserStatementsTests {
  @Test(
    arguments: [
      ("x = 1", "x = 1.0"),
      ("a, b = f(x)", "a, b = f(x)"),
      ("a, b = b, a", "a, b = (tuple b a)"),
      ("(a, b) = c", "a, b = c"),
      ("x[0] = 1", "x[0.0] = 1.0"),
      ("x[:, j], y = 1, 2", "x[(slice _ _ _), j], y = (tuple 1.0 2.0)"),
      ("x += 1", "x += 1.0"),
      ("dW[:, j] -= X[i]", "dW[(slice _ _ _), j] -= X[i]"),
      ("x *= 2", "x *= 2.0"),
      ("x /= 2", "x /= 2.0"),
      ("x == 1", "(== x 1.0)"),
      ("d = split images train=850", "d = split 'images'|images train=850.0"),
      ("if a { b }", "if a {b}"),
      ("if a { b } else { c }", "if a {b} else {c}"),
      ("if a { b } else if c { d } else { e }", "if a {b} else if c {d} else {e}"),
      ("if a {\nb\nc; d\n\n}", "if a {b; c; d}"),
      ("if a {\n} else {\n}", "if a {} else {}"),
      ("if a { }", "if a {}"),
      ("for x in v { x }", "for x in v {x}"),
      (
        "for i, x in enumerate(v) { break; continue }",
        "for i, x in enumerate(v) {break; continue}"
      ),
      ("while a < b { a += 1 }", "while (< a b) {a += 1.0}"),
      ("fn f() { }", "fn f() {}"),
      ("fn f(a, b=1, c=[2]) { return a, b }", "fn f(a, b=1.0, c=[2.0]) {return (tuple a b)}"),
      ("fn f(a,\nb) {\nreturn\n}", "fn f(a, b) {return}"),
      ("fn f(d) { return train d }", "fn f(d) {return train 'd'|d}"),
      ("fn f(d) { m = train d lr=1\nreturn m }", "fn f(d) {m = train 'd'|d lr=1.0; return m}"),
      (
        "fn f() { for i in a { if b { return 1 } } }",
        "fn f() {for i in a {if b {return 1.0}}}"
      ),
      ("if a { ## no prose\n#> none\nb }", "if a {b}"),
    ])
  func reads(text: String, expected: String) {
    #expect(trees(text) == [expected])
  }

  @Test func endsOfStatements() {
    #expect(trees("a; b\nc;") == ["a", "b", "c"])
    #expect(trees(";;\n;a;;") == ["a"])
    #expect(trees("if a { b } c") == ["if a {b}", "c"])
    #expect(trees("") == [])
    #expect(trees("\n\n  \t\n# x") == [])
  }

  @Test(
    arguments: [
      Wrong(
        "⟦train⟧ = 1", "'train' is a verb, and can't be the name of a variable",
        help: "'train_'"),
      Wrong("⟦add-bias⟧ = 1", "'add-bias' is a verb", help: "'add_bias'"),
      Wrong("⟦rescale⟧ += 1", "'rescale' is a verb", help: "'rescale_'"),
      Wrong("loss, ⟦train⟧ = 1, 2", "'train' is a verb", help: "'train_'"),
      Wrong("⟦print⟧ = 1", "'print' is a verb", help: "'print_'"),
      Wrong("fn ⟦save⟧(x) { }", "can't be the name of a function", help: "'save_'"),
      Wrong("fn f(⟦seed⟧) { }", "can't be the name of a parameter", help: "'seed_'"),
      Wrong("for ⟦run⟧ in v { }", "can't be the name of a variable", help: "'run_'"),
      Wrong("⟦for⟧ = 1", "'for' is a keyword", help: "'for_'"),
      Wrong("⟦true⟧ = 1", "'true' is a keyword"),
      Wrong("⟦inf⟧ = 1", "'inf' is a number"),
      Wrong("⟦_⟧ = 3", "'_' is the last value shown"),
      Wrong("⟦_⟧[0] = 3", "'_' is the last value shown", help: "x = _"),
      Wrong("⟦1⟧ = x", "'1' can't be assigned to"),
      Wrong("⟦f(x)⟧ = 1", "'f(x)' can't be assigned to"),
      Wrong("a.⟦b⟧ = 1", "the field 'b' can't be assigned"),
      Wrong("⟦a[0][1]⟧ = 1", "only one index", help: "`a[0, 1] = …`"),
      Wrong("⟦a.b⟧[0] = 1", "only the entries of a variable", help: "x = a.b"),
      Wrong("a = b ⟦=⟧ 1", "one '='", help: "`b = …`"),
      Wrong("a, b ⟦+=⟧ 1", "changes one target"),
      Wrong("a ⟦**=⟧ 2", "there is no '**='", help: "`a = a ** …`"),
      Wrong("a ⟦%=⟧ 2", "there is no '%='", help: "`a = a % …`"),
      Wrong("a ⟦@=⟧ b", "there is no '@='", help: "`a = a @ …`"),
      Wrong("a ⟦//=⟧ b", "there is no '//='", help: "`a = a // …`"),
      Wrong("a =⟦⟧", "expected a value after '='"),
      Wrong("if a ⟦=⟧ b { }", "'=' assigns", help: "write `if a == b {`"),
      Wrong("if a⟦:⟧\nb = 1", "a block opens with '{', not ':'", help: "`if a {`"),
      Wrong("if ⟦{⟧ }", "'if' needs a condition"),
      Wrong("while⟦⟧\n", "'while' needs a condition"),
      Wrong("if a⟦⟧", "expected '{' and the block of 'if'"),
      Wrong("if a\n⟦{⟧ b }", "'{' stands on the line of its 'if'", help: "`if a {`"),
      Wrong(
        "if a { b }\n⟦else⟧ { c }", "'else' stands on the line of its '}'",
        help: "`} else {`"),
      Wrong("⟦else⟧ { c }", "'else' belongs to no 'if'"),
      Wrong("⟦elif⟧ a { }", "there is no 'elif'", help: "`} else if x { … }`"),
      Wrong("⟦def⟧ f(x) { }", "there is no 'def'", help: "`fn name(x) { … }`"),
      Wrong("⟦let⟧ x = 1", "there is no 'let'", help: "`x = 1`"),
      Wrong("⟦import⟧ numpy", "there is no 'import'", help: "`run \"FILE\"`"),
      Wrong("⟦break⟧", "'break' stands only in a loop"),
      Wrong("⟦continue⟧", "'continue' stands only in a loop"),
      Wrong("⟦return⟧ 1", "'return' stands only in a function"),
      Wrong("fn f() { ⟦break⟧ }", "'break' stands only in a loop"),
      Wrong("if a { ⟦fn⟧ f() { } }", "'fn' stands at top level only", help: "on line 1"),
      Wrong("fn f() { ⟦fn⟧ g() { } }", "'fn' stands at top level only"),
      Wrong("fn f⟦⟧\nx", "the parameters of 'f' are missing"),
      Wrong("fn f ⟦{⟧ }", "the parameters of 'f' are missing", help: "`fn f() {`"),
      Wrong("fn ⟦(⟧x) { }", "expected the name of a function after 'fn', not '('"),
      Wrong("fn f(a, ⟦a⟧) { }", "two parameters 'a'"),
      Wrong("fn f(a=1, ⟦b⟧) { }", "'b' has no default", help: "come last"),
      Wrong("fn f(⟦1⟧) { }", "expected the name of a parameter"),
      Wrong("for ⟦(⟧i in v) { }", "the head of 'for' has no brackets"),
      Wrong("for i in 0⟦:⟧10 { }", "not ':'", help: "`range(0, 5)`"),
      Wrong("for i in v⟦:⟧\n", "a block opens with '{', not ':'", help: "`for i in v {`"),
      Wrong("for i ⟦=⟧ 1 { }", "expected 'in' after the name, not '='", help: "in range(10)"),
      Wrong("⟦}⟧", "'}' closes nothing"),
      Wrong("⟦frobnicate⟧ d lr=1", "there is no verb 'frobnicate'"),
      Wrong("⟦trian⟧ d lr=1", "there is no verb 'trian'", help: "did you mean 'train'?"),
      Wrong("m = ⟦trian⟧ d lr=1", "there is no verb 'trian'", help: "did you mean 'train'?"),
      Wrong("⟦load-sesion⟧ \"a\"", "there is no verb 'load-sesion'", help: "'load-session'"),
      Wrong("x = ⟦print⟧ 1", "'print' gives no value"),
      Wrong("x = ⟦expect⟧ a", "'expect' gives no value"),
      Wrong("x = 1 ⟦}⟧", "'}' closes nothing"),
    ])
  func wrongStatement(wrong: Wrong) { check(wrong) }
}
