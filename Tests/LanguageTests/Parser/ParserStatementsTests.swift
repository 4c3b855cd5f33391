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
    arguments: wrongTexts(
      #"""
      ⟦train⟧ = 1 → 'train' is a verb, and can't be the name of a variable → 'train_'
      ⟦add-bias⟧ = 1 → 'add-bias' is a verb → 'add_bias'
      ⟦rescale⟧ += 1 → 'rescale' is a verb → 'rescale_'
      loss, ⟦train⟧ = 1, 2 → 'train' is a verb → 'train_'
      ⟦print⟧ = 1 → 'print' is a verb → 'print_'
      fn ⟦save⟧(x) { } → can't be the name of a function → 'save_'
      fn f(⟦seed⟧) { } → can't be the name of a parameter → 'seed_'
      for ⟦run⟧ in v { } → can't be the name of a variable → 'run_'
      ⟦for⟧ = 1 → 'for' is a keyword → 'for_'
      ⟦true⟧ = 1 → 'true' is a keyword
      ⟦inf⟧ = 1 → 'inf' is a number
      ⟦_⟧ = 3 → '_' is the last value shown
      ⟦_⟧[0] = 3 → '_' is the last value shown → x = _
      ⟦1⟧ = x → '1' can't be assigned to
      ⟦f(x)⟧ = 1 → 'f(x)' can't be assigned to
      a.⟦b⟧ = 1 → the field 'b' can't be assigned
      ⟦a.b⟧[0] = 1 → only the entries of a variable → x = a.b
      a = b ⟦=⟧ 1 → one '=' → `b = …`
      a, b ⟦+=⟧ 1 → changes one target
      a ⟦@=⟧ b → there is no '@=' → `a = a @ …`
      a =⟦⟧ → expected a value after '='
      if a ⟦=⟧ b { } → '=' assigns → write `if a == b {`
      if a⟦:⟧⏎b = 1 → a block opens with '{', not ':' → `if a {`
      if ⟦{⟧ } → 'if' needs a condition
      while⟦⟧⏎ → 'while' needs a condition
      if a⟦⟧ → expected '{' and the block of 'if'
      if a⏎⟦{⟧ b } → '{' stands on the line of its 'if' → `if a {`
      if a { b }⏎⟦else⟧ { c } → 'else' stands on the line of its '}' → `} else {`
      ⟦else⟧ { c } → 'else' belongs to no 'if'
      ⟦elif⟧ a { } → there is no 'elif' → `} else if x { … }`
      ⟦def⟧ f(x) { } → there is no 'def' → `fn name(x) { … }`
      ⟦let⟧ x = 1 → there is no 'let' → `x = 1`
      ⟦import⟧ numpy → there is no 'import' → `run "FILE"`
      ⟦%⟧timeit x → a statement can't start with '%' → write `timeit x`
      ⟦%⟧run my.svm → can't start with '%' → write `run "my.svm"`
      ⟦%⟧who → can't start with '%' → `vars`
      ⟦%⟧lsmagic → can't start with '%' → commands need no '%'
      ⟦break⟧ → 'break' stands only in a loop
      ⟦continue⟧ → 'continue' stands only in a loop
      ⟦return⟧ 1 → 'return' stands only in a function
      fn f() { ⟦break⟧ } → 'break' stands only in a loop
      if a { ⟦fn⟧ f() { } } → 'fn' stands at top level only → on line 1
      fn f() { ⟦fn⟧ g() { } } → 'fn' stands at top level only
      fn f⟦⟧⏎x → the parameters of 'f' are missing
      fn f ⟦{⟧ } → the parameters of 'f' are missing → `fn f() {`
      fn (x) ⟦{⟧ } → expected '=>' after the parameters, not '{' → has a name
      for i in ⟦{⟧ print i } → 'for' needs values to go over → range(10)
      for ⟦(⟧a, b in c) { } → the head of 'for' has no brackets → range(10)
      try { a }⟦⟧ → expected 'catch' after the block of 'try' → catch problem
      try { a } catch ⟦{⟧ b } → the name for the error's text is missing → catch problem {
      try { a }⏎⟦catch⟧ b { } → 'catch' stands on the line of its '}' → } catch problem {
      ⟦catch⟧ b { } → 'catch' belongs to no 'try'
      try⟦:⟧ a → a block opens with '{', not ':'
      fn f(a, ⟦a⟧) { } → two parameters 'a'
      fn f(a=1, ⟦b⟧) { } → 'b' has no default → come last
      fn f(⟦1⟧) { } → expected the name of a parameter
      for ⟦(⟧i in v) { } → the head of 'for' has no brackets
      for i in 0⟦:⟧10 { } → not ':' → `range(0, 5)`
      for i in v⟦:⟧⏎ → a block opens with '{', not ':' → `for i in v {`
      for i ⟦=⟧ 1 { } → expected 'in' after the name, not '=' → in range(10)
      ⟦}⟧ → '}' closes nothing
      ⟦frobnicate⟧ d lr=1 → there is no verb 'frobnicate'
      ⟦trian⟧ d lr=1 → there is no verb 'trian' → did you mean 'train'?
      m = ⟦trian⟧ d lr=1 → there is no verb 'trian' → did you mean 'train'?
      ⟦load-sesion⟧ "a" → there is no verb 'load-sesion' → 'load-session'
      x = ⟦print⟧ 1 → 'print' gives no value
      x = ⟦expect⟧ a → 'expect' gives no value
      x = 1 ⟦}⟧ → '}' closes nothing
      """#))
  func wrongStatement(wrong: Wrong) { check(wrong) }
}
