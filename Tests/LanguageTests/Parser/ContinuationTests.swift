import TestSupport
import Testing

@testable import Language

/// What may stand at the cursor, compared with what the parser says of the text with it put in.
@Suite struct ContinuationTests {
  /// The continuations at `|`, each with the word that it takes the place of.
  private func expected(_ marked: String) -> [String] {
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
    let source = Source(parts.joined(), name: "t.svm")
    return Parser.continuations(of: source, at: parts[0].utf8.count, verbs: verbs).map {
      "\(source.text(in: $0.word)):\(describe($0.kind))"
    }
  }

  private func describe(_ kind: Continuation.Kind) -> String {
    switch kind {
    case .verb(let forms): "verb" + (forms == [.timeit] ? " with a value" : "")
    case .keywords(let words): words.map(\.rawValue).joined(separator: " ")
    case .value: "value"
    case .field(let value): "field of \(tree(value))"
    case .operand(let verb, let number): "operand \(number) of \(verb)"
    case .key(let verb, let given): "key of \(([verb] + given.sorted()).joined(separator: " "))"
    case .optionValue(let verb, let key): "\(key) of \(verb)"
    case .variable: "variable"
    case .argument(let callee, let positional, let given):
      "argument of \(([tree(callee), "\(positional)"] + given.sorted()).joined(separator: " "))"
    }
  }

  @Test(arguments: [
    ("x = |", [":verb with a value", ":not", ":value", ":true false none fn"]),
    ("x == |", [":value", ":true false none fn"]),
    ("d.train.X|", ["X:field of d.train"]), ("f(x)[i].|", [":field of f(x)[i]"]), ("d. |", []),
    ("train |", [":operand 0 of train", ":key of train"]),
    ("m = train d reg=1 cl|", ["cl:operand 1 of train", "cl:key of train reg"]),
    ("train d \\\n  lr=|", [":lr of train"]), ("train d lr = |", [":lr of train"]),
    ("train d loss=squared-h|", ["squared-h:loss of train"]),
    ("tune d lr=[1, |", [":lr of tune"]), ("tune d w=[[1, |", [":w of tune"]),
    ("train (d|", ["d:not", "d:value", "d:true false none fn"]),
    ("train (d)|", []), ("train d, |", []), ("trian d |", []), ("f(x) |", []),
    ("expect a |", [":key of expect"]), ("expect a ~= b within=1 |", [":key of expect within"]),
    ("timeit repeat=|", [":value", ":true false none fn"]),
    ("forget a |", [":variable"]), ("forget(|", [":variable"]),
    ("for i |", [":in"]), ("fn f(|", []), ("fn |", []), ("param |", []),
    ("load \"data/ir|", ["\"data/ir:operand 0 of load", "\"data/ir:key of load"]),
    ("print \"a\"|", []), ("\"\"\"a|", []), ("# a|", []), ("## a\n#> |", []),
    ("print \"loss {m.|", [":field of m"]), ("print \"{m:.|", []),
    ("print \"{|", [":not", ":value", ":true false none fn"]),
    ("print \"{{m|", ["\"{{m:value", "\"{{m:true false none fn"]),
    ("x = (1\n|", []), ("train-|", ["train-:verb"]),
    ("f(|", [":argument of f 0", ":not", ":value", ":true false none fn"]),
    ("f(a, 2, x=1, y|", ["y:argument of f 2 x", "y:not", "y:value", "y:true false none fn"]),
    ("f(x=|", [":not", ":value", ":true false none fn"]), ("f(a |", []),
  ])
  func whatMayStand(marked: String, kinds: [String]) {
    #expect(expected(marked) == kinds)
  }

  @Test func whatMayBeginAStatement() {
    #expect(expected("").isEmpty == false)
    let start = ["verb", "fn if for while try", "not", "value", "true false none fn"]
    for text in ["|", "x = 1; |", "x = 1\n|", "train d lr=\n|", "a )\n|"] {
      #expect(expected(text).suffix(start.count) == start.map { ":" + $0 }[...], "\(text)")
    }
    #expect(expected("if a { |").contains(":if for while try"))
    #expect(expected("while a { b; |").contains(":if for while break continue try"))
    #expect(expected("fn f() { |").contains(":if for while return try"))
    #expect(expected("if a { b } |").first == ":else")
    #expect(expected("if a { b } else |").first == ":if")
    #expect(expected("plot-asc|") == ["plot-asc:verb", "asc:value", "asc:true false none fn"])
  }

  // MARK: - What else is known at the cursor

  private func names(_ marked: String) -> [String] {
    let before = marked.prefix { $0 != "|" }
    let source = Source(marked.replacing("|", with: ""), name: "t.svm")
    return Parser.continuations(of: source, at: before.utf8.count, verbs: verbs)
      .first?.names.map(\.name) ?? []
  }

  @Test(arguments: [
    ("fn f(a, b=1) {\n  |", ["f", "a", "b"]), ("fn f(a) {\n c = 1; |\n d = 2\n}", ["f", "a", "c"]),
    ("fn f(a) { b = 1 }\n|", ["f"]), ("x, y = f(1); z += 1\nv[0] = |", ["x", "y"]),
    ("x = |", []), ("for i, j in v {\n  print |", ["i", "j"]), ("param n = 1; |", ["n"]),
    ("a = 1 )\nb = 2\n|", ["b"]), ("timeit x = 1\n|", ["x"]), ("x = 1\nprint \"{|", ["x"]),
    ("m = train d; if a { n = 1 }; |", ["m", "n"]),
  ])
  func namesOfTheText(marked: String, expected: [String]) {
    #expect(names(marked) == expected)
  }

  private func openCall(_ marked: String) -> String? {
    let before = marked.prefix { $0 != "|" }
    let source = Source(marked.replacing("|", with: ""), name: "t.svm")
    return Parser.openCall(of: source, at: before.utf8.count, verbs: verbs).map { tree($0.callee) }
  }

  @Test(arguments: [
    ("f(|", "f"), ("f(a, |b)", "f"), ("f(a |", "f"), ("f(a)|", nil), ("f|(a)", nil),
    ("f(g(a), |", "f"), ("f(g(|", "g"), ("f([1, (2|", "f"), ("f(\n  a,\n|", "f"), ("f(a b, |", "f"),
    ("f(a b) |", nil), ("f(g(a b), |", "f"), ("print \"{f(|", "f"), ("print \"{f(a b} \" |", nil),
    ("g(\"{f(|", "f"), ("g(\"{f(1)}|", "g"), ("f(\"a|", "f"), ("f(a\nx = |", nil),
    ("train (f(|", "f"), ("train(|", nil), ("print(|", nil), ("m.f(|", "m.f"), ("f(a; g(|", "g"),
    ("f(1) + g(2, |", "g"), ("", nil), ("|", nil), ("f(x=|", "f"),
  ])
  func callAtTheCursor(marked: String, expected: String?) {
    #expect(openCall(marked) == expected)
  }

  /// Every beginning and every place of right and of wrong entries is read.
  @Test func everyPlaceIsRead() throws {
    let wrong = [
      "f(g(h(", "f(a b) + g(", "print \"{f(\"{g(", "fn f(a, b=g(1) { x = f(", "é(“", "f(\\\n",
      "f)(",
      "for i in f( { g(i } }", "x = x = f(", "[f(, ](", "?f(", "\u{FEFF}f(\r\na, ", "f(\"\"\"a",
    ]
    for entry in try entries() + wrong {
      let source = Source(entry, name: "t.svm")
      for cursor in -1...source.bytes.count + 1 {
        let call = Parser.openCall(of: source, at: cursor, verbs: verbs)
        #expect((call?.callee.span.upper ?? 0) <= max(cursor, 0))
        for found in Parser.continuations(of: source, at: cursor, verbs: verbs) {
          #expect(0 <= found.word.lower && found.word.lower <= found.word.upper)
        }
      }
    }
  }

  // MARK: - Against the parser

  /// The statements of the walkthroughs, each an entry of its own.
  private func entries() throws -> [String] {
    try ["cs231n_svm.svm", "worked_example.svm", "how_good.svm", "every_optimum.svm"]
      .flatMap { name in
        let source = Source(try walkthrough(name), name: name)
        return parse(try walkthrough(name)).script.statements.map {
          source.text(in: $0.statement.span)
        }
      }
  }

  /// What stands in a text that is right is what was expected before it was typed: at every word,
  /// and in every word.
  @Test func whatStandsThereIsExpected() throws {
    var counts = ["verb": 0, "key": 0, "keyword": 0, "name": 0]
    for entry in try entries() {
      let source = Source(entry, name: "t.svm")
      let result = Parser.parse(source, verbs: verbs)
      var words = result.words.map { ($0.role == .verb ? "verb" : "key", $0.span) }
      for token in Lexer.tokens(source)
      where !words.contains(where: {
        $0.1.lower <= token.span.lower && token.span.upper <= $0.1.upper
      }) {
        switch token.kind {
        case .keyword: words.append(("keyword", token.span))
        case .name: words.append(("name", token.span))
        default: break
        }
      }
      for (what, span) in words {
        let text = source.text(in: span)
        for cursor in span.lower...span.upper {
          let kinds = Parser.continuations(of: source, at: cursor, verbs: verbs)
            .filter { $0.word.lower <= span.lower }.map(\.kind)
          guard !isNewName(span, in: result) else { continue }
          let isExpected = kinds.contains { kind in
            switch (what, kind) {
            case ("verb", .verb(let forms)):
              verbs.contains(text) || forms.contains { $0.rawValue == text }
            case ("key", .key(_, let given)): !given.contains(text)
            case ("keyword", .keywords(let words)): words.contains { $0.rawValue == text }
            case ("keyword", .optionValue): ["true", "false", "none"].contains(text)
            case ("name", .value), ("name", .field), ("name", .operand), ("name", .optionValue),
              ("name", .variable):
              true
            default: false
            }
          }
          let isOperator = ["and", "or"].contains(text)
          #expect(isExpected || isOperator, "\(what) '\(text)' at \(cursor) of: \(entry)")
          counts[what, default: 0] += 1
        }
      }
    }
    #expect(counts.values.allSatisfy { $0 > 100 }, "\(counts)")
  }

  /// Names that a statement makes are nobody's to offer: functions, parameters, loop variables.
  private func isNewName(_ span: Span, in result: ParseResult) -> Bool {
    func isNew(in statement: Statement) -> Bool {
      let names =
        switch statement.kind {
        case .function(let function): [function.nameSpan] + function.parameters.map(\.span)
        case .parameter(let name, _): [name.span]
        case .for(let targets, _, _): targets.flatMap(\.names).map(\.span)
        default: [Span]()
        }
      return names.contains(span)
        || statement.parts.contains {
          switch $0 {
          case .statement(let inner): isNew(in: inner)
          case .expression(let value): isNew(in: value)
          case .command: false
          }
        }
    }
    func isNew(in expression: Expression) -> Bool {
      if case .comprehension(let loop) = expression.kind,
        loop.targets.flatMap(\.names).contains(where: { $0.span == span })
      {
        return true
      }
      return expression.parts.contains(where: isNew)
    }
    return result.script.statements.contains { isNew(in: $0.statement) }
  }

  /// At every place of right and of changed entries: what is put in where it was expected is what
  /// the parser then reads there, and no error moves before it.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func whatIsPutInIsRead(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    var checked = 0
    for (number, entry) in try entries().enumerated() where number % 4 == Int(seed) {
      var bytes = Array(entry.utf8)
      for round in 0..<3 {
        let source = Source(String(decoding: bytes, as: UTF8.self), name: "t.svm")
        for cursor in 0...source.bytes.count {
          let found = Parser.continuations(of: source, at: cursor, verbs: verbs)
          guard Int.random(in: 0..<20, using: &numbers) == 0 else { continue }
          checked += putIn(found, at: cursor, of: source)
        }
        if round < 2 { change(&bytes, &numbers) }
      }
    }
    #expect(checked > 300)
  }

  private func putIn(_ continuations: [Continuation], at cursor: Int, of source: Source) -> Int {
    let before = Array(source.bytes[..<cursor])
    let first = firstError(before).map { min($0, cursor) }
    for continuation in continuations where before[continuation.word.lower...].first != 0x22 {
      for word in examples(of: continuation.kind) {
        let start = continuation.word.lower
        #expect(0 <= start && start <= cursor && continuation.word.upper == cursor)
        let bytes = before[..<start] + Array(word.utf8)
        let end = start + word.utf8.count
        let text = String(decoding: bytes, as: UTF8.self)
        let said = Comment(rawValue: "'\(word)' at the end of: \(text)")
        let error = firstError(Array(bytes)) ?? Int.max
        #expect(error >= min(first ?? start, start), said)
        let result = Parser.parse(Source(bytes: Array(bytes), name: "t.svm"), verbs: verbs)
        switch continuation.kind {
        case .verb:
          #expect(
            result.words.contains { $0.role == .verb && $0.span == Span(start, end) }, said)
        case .key:
          #expect(
            result.words.contains { $0.role == .key && $0.span == Span(start, end - 1) }, said)
        default: break
        }
      }
    }
    return continuations.count
  }

  private func examples(of kind: Continuation.Kind) -> [String] {
    switch kind {
    case .verb(let forms): ["train", "add-bias"] + forms.map(\.rawValue)
    case .keywords(let words): words.map(\.rawValue)
    case .key("timeit", _): ["repeat="]
    case .key(_, let given): given.contains("within") ? [] : ["within="]
    case .argument(_, _, let given): given.contains("zz") ? ["zz"] : ["zz", "zz="]
    case .value, .field, .operand, .optionValue, .variable: ["zz"]
    }
  }

  /// Where the first error is that more text can't take away.
  private func firstError(_ bytes: [UInt8]) -> Int? {
    Parser.parse(Source(bytes: bytes, name: "t.svm"), verbs: verbs).diagnostics
      .filter { !$0.message.hasSuffix("is not closed") }.compactMap(\.span).map(\.lower).min()
  }
}
