import Testing

@testable import Language

@Suite struct ParserSpecialFormsTests {
  @Test(
    arguments: [
      ("param a = 1", "param a = 1.0"),
      ("param a = -1.5", "param a = -1.5"),
      ("param a = \"x\"", "param a = \"'x'\""),
      ("param a = true", "param a = true"),
      ("param a = none", "param a = none"),
      ("param a = [1, [-2, \"b\"]]", "param a = [1.0, [-2.0, \"'b'\"]]"),
      ("expect a", "expect a"),
      ("expect accuracy(m, d.val) > 0.35", "expect (> accuracy(m, d.val) 0.35)"),
      ("expect a == b and c", "expect (and (== a b) c)"),
      ("expect a ~= b", "expect a ~= b"),
      ("expect a + 1 ~= -b", "expect (+ a 1.0) ~= (- b)"),
      ("expect a ~= b within=1e-9", "expect a ~= b within=1e-09"),
      ("expect a > b \"why\"", "expect (> a b) \"'why'\""),
      ("expect a \"why\" points=2", "expect a \"'why'\" points=2.0"),
      ("expect a points=2 \"why\"", "expect a \"'why'\" points=2.0"),
      ("expect a ~= b within=(x * 2) \"{a}\"", "expect a ~= b within=(* x 2.0) \"{a}\""),
      ("timeit f(x)", "timeit <f(x)>"),
      ("timeit repeat=10 f(x)", "timeit repeat=10.0 <f(x)>"),
      ("timeit repeat=(n + 1) m = train d", "timeit repeat=(+ n 1.0) <m = train 'd'|d>"),
      ("timeit for i in v { f(i) }", "timeit <for i in v {f(i)}>"),
      ("t = timeit repeat=3 f(x)", "t = timeit repeat=3.0 <f(x)>"),
      ("timeit repeat = 2 f(x)", "timeit repeat=2.0 <f(x)>"),
      ("print", "print"),
      ("print a", "print a"),
      ("print a b \"c {d}\"", "print a b \"'c '{d}\""),
      ("print a.b[0] f(x)", "print a.b[0.0] f(x)"),
      ("print -1", "print -1.0"),
      ("print (a + b)", "print (+ a b)"),
      ("print (a - b) c", "print (- a b) c"),
      ("print (a)[0]", "print a[0.0]"),
      ("print [1, 2]", "print [1.0, 2.0]"),
      ("print(a, b)", "print a b"),
      ("print (a, b)", "print a b"),
      ("print(a)", "print a"),
      ("print()", "print"),
      ("print(a + b, -c)", "print (+ a b) (- c)"),
      ("print((a, b))", "print (tuple a b)"),
      ("print true none", "print true none"),
      ("forget a", "forget a"),
      ("forget a b c", "forget a b c"),
      ("forget(a, b)", "forget a b"),
    ])
  func reads(text: String, expected: String) {
    #expect(trees(text) == [expected])
  }

  @Test(
    arguments: wrongTexts(
      #"""
      param a⟦⟧ → the value of 'a' is missing → `param a = 1`
      param⟦⟧ → expected the name of a parameter after 'param'
      param a = ⟦b⟧ → 'param' takes a literal → a number
      param a = ⟦1 + 2⟧ → 'param' takes a literal
      param a = ⟦"{b}"⟧ → 'param' takes a literal → without '{'
      param ⟦train⟧ = 1 → 'train' is a verb → 'train_'
      if a { ⟦param⟧ b = 1 } → 'param' stands at top level only
      ⟦expect⟧ → 'expect' needs a condition → `expect accuracy
      expect a ⟦=⟧ b → '=' assigns → write `expect a == b`
      expect a⟦,⟧ "why" → no ',' stands between → after a blank
      expect a ⟦witin⟧=1 → 'expect' has no option 'witin' → 'within'
      expect a ⟦within⟧=1 → 'within=' goes with '~=' → `expect a ~= b
      expect a ~= b within=1 ⟦within⟧=2 → 'within=' is given twice
      expect a "b" ⟦"c"⟧ → 'expect' takes one message
      expect a ~= b within=2⟦*⟧c → '*' must stand in brackets → within=(2*c)
      ⟦timeit⟧ → 'timeit' needs a statement
      timeit repeat=10⟦⟧ → 'timeit' needs a statement
      expect (a) ⟦(⟧b) → '(' must touch what it calls → write `expect (a)(b)`
      timeit ⟦fn⟧ f() { } → this statement can't be timed
      timeit ⟦param⟧ a = 1 → this statement can't be timed
      ⟦forget⟧ → 'forget' needs a name → `vars`
      forget a⟦,⟧ b → separated by blanks → `forget a b`
      forget a⟦.⟧b → expected a name after 'forget', not '.'
      forget ⟦1⟧ → expected a name after 'forget', not '1'
      forget ⟦train⟧ → 'train' is a verb
      """#))
  func wrongForm(wrong: Wrong) { check(wrong) }
}
