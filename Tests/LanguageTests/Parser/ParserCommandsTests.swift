import Testing

@testable import Language

@Suite struct ParserCommandsTests {
  @Test(
    arguments: [
      ("vars", "vars"),
      ("load \"patches10\"", "load \"'patches10'\""),
      ("describe d", "describe 'd'|d"),
      ("describe d.train", "describe d.train"),
      ("describe W[0:5, :]", "describe W[(slice 0.0 5.0 _), (slice _ _ _)]"),
      ("describe accuracy(m, d.val)", "describe accuracy(m, d.val)"),
      ("describe (a + b)", "describe (+ a b)"),
      ("describe (a)[0]", "describe a[0.0]"),
      ("describe [1, 2]", "describe [1.0, 2.0]"),
      ("describe [[1, 2], [3, 4]]", "describe [[1.0, 2.0], [3.0, 4.0]]"),
      ("describe -3", "describe -3.0"),
      ("describe +3", "describe 3.0"),
      ("describe true", "describe 'true'|true"),
      ("describe none", "describe 'none'|none"),
      ("seed 231", "seed 231.0"),
      ("train d lr=-1", "train 'd'|d lr=-1.0"),
      ("train d lr=-inf", "train 'd'|d lr=-inf"),
      ("train d lr=(2 * base)", "train 'd'|d lr=(* 2.0 base)"),
      ("train d lr = 1 reg= 2 iters =3", "train 'd'|d lr=1.0 reg=2.0 iters=3.0"),
      ("train d loss=squared-hinge", "train 'd'|d loss='squared-hinge'"),
      ("train d penalty=none", "train 'd'|d penalty='none'|none"),
      ("train d class-weights=balanced", "train 'd'|d class-weights='balanced'|balanced"),
      (
        "train d loss=[hinge, squared-hinge]",
        "train 'd'|d loss=['hinge'|hinge, 'squared-hinge'|(- squared hinge)]"
      ),
      ("tune d lr=[5e-8, 1e-7]", "tune 'd'|d lr=[5e-08, 1e-07]"),
      ("tune d weights=[[1, 2], none]", "tune 'd'|d weights=[[1.0, 2.0], 'none'|none]"),
      ("add-bias d", "add-bias 'd'|d"),
      ("plot-ascii m.history", "plot-ascii m.history"),
      ("save-session to=\"a\"", "save-session to=\"'a'\""),
      ("help train", "help 'train'"),
      ("help if", "help 'if'"),
      ("answer \"q\" \"\"\"a\n{b}\"\"\"", "answer \"'q'\" \"'a\n{b}'\""),
      ("describe d \\\n  x=1", "describe 'd'|d x=1.0"),
      ("describe (a,\nb)", "describe (tuple a b)"),
      ("m = train d.train lr=1e-7", "m = train d.train lr=1e-07"),
      ("a, b = load \"x\"", "a, b = load \"'x'\""),
      // Fields and keys may be spelled as verbs.
      ("m.history", "m.history"),
      ("m.train.load", "m.train.load"),
      ("describe m seed=1 train=2", "describe 'm'|m seed=1.0 train=2.0"),
      ("f(seed=1)", "f(seed=1.0)"),
      // A name with the start or end of a verb is a name.
      ("training = 1", "training = 1.0"),
      ("load_ = 1", "load_ = 1.0"),
      ("a - load_", "(- a load_)"),
    ])
  func reads(text: String, expected: String) {
    #expect(trees(text) == [expected])
  }

  @Test func verbsAreOnlyThoseThatAreGiven() {
    let source = Source("train = 1\nbake x", name: "t")
    #expect(Parser.parse(source, verbs: []).diagnostics.count == 1)
    #expect(Parser.parse(source, verbs: ["bake"]).diagnostics.isEmpty)
  }

  @Test(
    arguments: wrongTexts(
      #"""
      print ⟦f (x)⟧ → reads two ways: the call `f(x)`, or two operands
        → write `print f(x)`⏎for two operands, write `print(f, x)`
      print ⟦a [0]⟧ → reads two ways: the index `a[0]`, or two operands → write `print a[0]`
      print ⟦a -3⟧ → reads two ways: the difference `a - 3`, or two operands
        → write `print (a - 3)`⏎for two operands, write `print(a, -3)`
      print ⟦a +3⟧ → reads two ways: the sum `a + 3`, or two operands
      print ⟦a-b⟧ → a word, or the difference `a - b` → write `print (a-b)`
      describe ⟦f (x)⟧ → reads two ways: the call `f(x)`
        → write `describe f(x)`⏎for two operands, give it a name first: `t = x`
      describe ⟦d -3⟧ → reads two ways: the difference `d - 3` → write `describe (d - 3)`
      describe ⟦a-1⟧ → reads two ways: a word, or the difference `a - 1`
        → for the difference, write `describe (a-1)`
      train d lr=2⟦*⟧base → '*' must stand in brackets here → write `train d lr=(2*base)`
      train d lr=2 ⟦*⟧ base → '*' must stand in brackets here → write `train d lr=(2 * base)`
      print a ⟦+⟧ b → '+' must stand in brackets here → write `print (a + b)`
      print a ⟦-⟧ b → '-' must stand in brackets here → write `print (a - b)`
      print a ⟦>⟧ b → '>' must stand in brackets here → write `print (a > b)`
      print a ⟦==⟧ b → '==' must stand in brackets here → `print (a == b)`
      print a ⟦and⟧ b → 'and' must stand in brackets here → `print (a and b)`
      print ⟦not⟧ a → 'not' must stand in brackets here → `print (not a)`
      print a ⟦**⟧ b → '**' must stand in brackets here → `print (a ** b)`
      describe a b ⟦*⟧ c → '*' must stand in brackets → give it a name first: `t = b * c`
      describe a ⟦@⟧ b → '@' must stand in brackets here → `describe (a @ b)`
      m = train d lr=1⟦/⟧n → in brackets or quotes → `m = train d lr=(1/n)`
      print ⟦-⟧a → a sign stands only before a number → write `print (-a)`
      train d lr=⟦-⟧a → a sign stands only before a number → write `train d lr=(-a)`
      print ⟦- 3⟧ → a sign touches its number → write `print -3`
      ⟦train(⟧d) → 'train' is a verb, not a function → write `train d`
      m = ⟦train(⟧d, lr=1e-3) → 'train' is a verb, not a function → write `m = train d lr=1e-3`
      ⟦describe[⟧0] → 'describe' is a verb, and no value
      ⟦history.⟧x → 'history' is a verb, and no value → x = history
      ⟦load"a"⟧ → a blank must stand between 'load' and what follows → write `load "a"`
      x = train ⟦*⟧ 2 → expected an operand after 'train', not '*' → 'train' is a verb, and no value
      train d lr=1 ⟦lr⟧=2 → 'lr=' is given twice
      train d ⟦lr=⟧ → 'lr=' needs a value → `help train`
      train d⟦,⟧ lr=1 → separated by blanks, not commas → write `train d lr=1`
      print a⟦,⟧ b → separated by blanks, not commas → write `print(a, b)`
      train d ⟦-v⟧ → there are no flags such as '-v' → `v=true`
      train d ⟦--verbose⟧ → there are no flags such as '--verbose' → `verbose=true`
      train ⟦-v⟧ → there are no flags
      train d ⟦--lr⟧=3 → there are no flags → write `train d lr=3`
      train d lr⟦:⟧ 1 → written with '=', not ':' → write `train d lr=1`
      print ⟦f⟧"{a}" → a string has no 'f' before it → write `print "{a}"`
      print(⟦f⟧"{a}") → a string has no 'f' before it → `print("{a}")`
      load ⟦/⟧data/x.csv → expected an operand, not '/' → in quotes
      load data⟦/⟧x.csv → '/' must stand in brackets or quotes here → in quotes
      load "a"⟦"b"⟧ → a blank must stand between two operands → write `load "a" "b"`
      train d ⟦)⟧ → ')' closes nothing
      train d "a" ⟦(⟧x) → opens with '(' only directly after the verb
        → give it a name first: `t = x`
      train lr=1 ⟦[⟧1] → opens with '[' only directly after the verb
      print(a) ⟦+⟧ 1 → nothing may follow 'print(…)' → write `print ((a) + 1)`
      print(a) ⟦b⟧ → nothing may follow 'print(…)' → write `print (a) b`
      print ⟦a⟧=1 → 'print' has no option 'a' → `print (a == …)`
      print(⟦a⟧=1) → 'print' has no option 'a' → '=='
      """#))
  func wrongCommand(wrong: Wrong) { check(wrong) }

  /// The line that a help shows is a line that is read.
  @Test(
    arguments: [
      "print f (x)", "print a [0]", "print a -3", "print a-b", "train d lr=2*base",
      "m = train d lr=2 * base", "train(d, lr=1e-3)", "print a + b", "print not a", "print -a",
      "print - 3", "print a, b", "print a, b + c", "print(a) + 1", "print(a) b", "train d, lr=1",
      "load \"a\"\"b\"", "describe f (x)", "describe a == b", "describe a-1", "print a == b c",
      "x = f (y)", "x = a [0]", "if a = b { }", "m = train d lr=-base", "print \"a\" b -3",
      "print a f (x, y)", "describe(a + b)", "describe([1, 2])", "for i in v { train d lr=2*i }",
      "print a\tf (x)", "y = 1; print f (x)", "save W to=a/b",
    ])
  func whatTheHelpShowsIsRight(text: String) throws {
    let found = parse(text).diagnostics
    let help = try #require(found.first?.help)
    let shown = help.matches(of: /write `([^`]*[^`… ])`/).map { String($0.output.1) }
    #expect(!shown.isEmpty, "\(help)")
    for line in shown where !line.contains("…") {
      // The head of a block has its block on the lines that follow.
      let whole = line.hasSuffix("{") ? line + " }" : line
      #expect(messages(whole) == [], "\(line)")
    }
  }

  /// White space alone never turns one valid line into another: blanks put in or taken out between
  /// two tokens give the same tree or an error.
  @Test(
    arguments: [
      "print f(x)", "print(a, b)", "print (a - b)", "print a b", "print -3", "x = a - b",
      "train d.train lr=1e-7 reg=(2 * r)", "tune d lr=[1, -2] loss=[hinge, logistic]",
      "x = a[0].b(1, c=2)", "expect a ~= b within=1e-6 \"m\" points=2", "x = -a ** -b",
      "describe W[0:5, :]", "forget a b", "param a = -1", "timeit repeat=10 f(x)", "add-bias d",
      "train d penalty=none", "m = train d lr = 1", "for i, x in v { x[i] -= 1 }",
    ])
  func blanksChangeNoMeaning(text: String) throws {
    let meaning = trees(text)
    try #require(meaning.first?.hasPrefix("error") == false)
    let tokens = Lexer.tokens(Source(text, name: "t")).dropLast()
    for (left, right) in zip(tokens, tokens.dropFirst()) {
      let head = String(decoding: Array(text.utf8)[..<left.span.upper], as: UTF8.self)
      let tail = String(decoding: Array(text.utf8)[right.span.lower...], as: UTF8.self)
      for blank in ["", " ", "  ", "\t", " \\\n "] {
        // Two words without a blank are another word, not the same line.
        if blank.isEmpty, head.last.map({ $0.isLetter || $0.isNumber }) == true,
          tail.first.map({ $0.isLetter || $0.isNumber || $0 == "-" }) == true
        {
          continue
        }
        let changed = head + blank + tail
        let found = trees(changed)
        #expect(found == meaning || found.first?.hasPrefix("error") == true, "\(changed)")
      }
    }
  }
}
