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
    arguments: [
      // Two readings: both are shown, and the line that says each.
      Wrong(
        "print ⟦f (x)⟧", "reads two ways: the call `f(x)`, or two operands",
        help: "write `print f(x)`\nfor two operands, write `print(f, x)`"),
      Wrong(
        "print ⟦a [0]⟧", "reads two ways: the index `a[0]`, or two operands",
        help: "write `print a[0]`"),
      Wrong(
        "print ⟦a -3⟧", "reads two ways: the difference `a - 3`, or two operands",
        help: "write `print (a - 3)`\nfor two operands, write `print(a, -3)`"),
      Wrong("print ⟦a +3⟧", "reads two ways: the sum `a + 3`, or two operands"),
      Wrong("print ⟦a-b⟧", "a word, or the difference `a - b`", help: "write `print (a-b)`"),
      Wrong(
        "describe ⟦f (x)⟧", "reads two ways: the call `f(x)`",
        help: "write `describe f(x)`\nfor two operands, give it a name first: `t = x`"),
      Wrong(
        "describe ⟦d -3⟧", "reads two ways: the difference `d - 3`",
        help: "write `describe (d - 3)`"),
      Wrong(
        "describe ⟦a-1⟧", "reads two ways: a word, or the difference `a - 1`",
        help: "for the difference, write `describe (a-1)`"),
      // Operators outside brackets.
      Wrong(
        "train d lr=2⟦*⟧base", "'*' must stand in brackets here",
        help: "write `train d lr=(2*base)`"),
      Wrong(
        "train d lr=2 ⟦*⟧ base", "'*' must stand in brackets here",
        help: "write `train d lr=(2 * base)`"),
      Wrong("print a ⟦+⟧ b", "'+' must stand in brackets here", help: "write `print (a + b)`"),
      Wrong("print a ⟦-⟧ b", "'-' must stand in brackets here", help: "write `print (a - b)`"),
      Wrong("print a ⟦>⟧ b", "'>' must stand in brackets here", help: "write `print (a > b)`"),
      Wrong("print a ⟦==⟧ b", "'==' must stand in brackets here", help: "`print (a == b)`"),
      Wrong("print a ⟦and⟧ b", "'and' must stand in brackets here", help: "`print (a and b)`"),
      Wrong("print ⟦not⟧ a", "'not' must stand in brackets here", help: "`print (not a)`"),
      Wrong("print a ⟦**⟧ b", "'**' must stand in brackets here", help: "`print (a ** b)`"),
      Wrong(
        "describe a b ⟦*⟧ c", "'*' must stand in brackets",
        help: "give it a name first: `t = b * c`"),
      Wrong("describe a ⟦@⟧ b", "'@' must stand in brackets here", help: "`describe (a @ b)`"),
      Wrong("m = train d lr=1⟦/⟧n", "in brackets or quotes", help: "`m = train d lr=(1/n)`"),
      Wrong("print ⟦-⟧a", "a sign stands only before a number", help: "write `print (-a)`"),
      Wrong(
        "train d lr=⟦-⟧a", "a sign stands only before a number",
        help: "write `train d lr=(-a)`"),
      Wrong("print ⟦- 3⟧", "a sign touches its number", help: "write `print -3`"),
      // Verbs that touch something.
      Wrong("⟦train(⟧d)", "'train' is a verb, not a function", help: "write `train d`"),
      Wrong(
        "m = ⟦train(⟧d, lr=1e-3)", "'train' is a verb, not a function",
        help: "write `m = train d lr=1e-3`"),
      Wrong("⟦describe[⟧0]", "'describe' is a verb, and no value"),
      Wrong("⟦history.⟧x", "'history' is a verb, and no value", help: "x = history"),
      Wrong(
        "⟦load\"a\"⟧", "a blank must stand between 'load' and what follows",
        help: "write `load \"a\"`"),
      Wrong(
        "x = train ⟦*⟧ 2", "expected an operand after 'train', not '*'",
        help: "'train' is a verb, and no value"),
      // Keys.
      Wrong("train d lr=1 ⟦lr⟧=2", "'lr=' is given twice"),
      Wrong("train d ⟦lr=⟧", "'lr=' needs a value", help: "`help train`"),
      // Operands.
      Wrong("train d⟦,⟧ lr=1", "separated by blanks, not commas", help: "write `train d lr=1`"),
      Wrong("print a⟦,⟧ b", "separated by blanks, not commas", help: "write `print(a, b)`"),
      Wrong("train d ⟦-v⟧", "there are no flags such as '-v'", help: "`v=true`"),
      Wrong(
        "train d ⟦--verbose⟧", "there are no flags such as '--verbose'",
        help: "`verbose=true`"),
      Wrong("train ⟦-v⟧", "there are no flags"),
      Wrong("train d ⟦--lr⟧=3", "there are no flags", help: "write `train d lr=3`"),
      Wrong("train d lr⟦:⟧ 1", "written with '=', not ':'", help: "write `train d lr=1`"),
      Wrong("print ⟦f⟧\"{a}\"", "a string has no 'f' before it", help: "write `print \"{a}\"`"),
      Wrong("print(⟦f⟧\"{a}\")", "a string has no 'f' before it", help: "`print(\"{a}\")`"),
      Wrong("load ⟦/⟧data/x.csv", "expected an operand, not '/'", help: "in quotes"),
      Wrong("load data⟦/⟧x.csv", "'/' must stand in brackets or quotes here", help: "in quotes"),
      Wrong(
        "load \"a\"⟦\"b\"⟧", "a blank must stand between two operands",
        help: "write `load \"a\" \"b\"`"),
      Wrong("train d ⟦)⟧", "')' closes nothing"),
      Wrong(
        "train d \"a\" ⟦(⟧x)", "opens with '(' only directly after the verb",
        help: "give it a name first: `t = x`"),
      Wrong("train lr=1 ⟦[⟧1]", "opens with '[' only directly after the verb"),
      Wrong("print(a) ⟦+⟧ 1", "nothing may follow 'print(…)'", help: "write `print ((a) + 1)`"),
      Wrong("print(a) ⟦b⟧", "nothing may follow 'print(…)'", help: "write `print (a) b`"),
      Wrong("print ⟦a⟧=1", "'print' has no option 'a'", help: "`print (a == …)`"),
      Wrong("print(⟦a⟧=1)", "'print' has no option 'a'", help: "'=='"),
    ])
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
