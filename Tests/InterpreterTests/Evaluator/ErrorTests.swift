import Testing

@testable import Interpreter

/// Errors, with their exact text and place.
@Suite struct ErrorTests {
  @Test(
    arguments: [
      ("x = 1\nprint y", 3, "there is no 'y'", "2:7"),
      ("alpha = 1\nprint alpah", 3, "there is no 'alpah'", "2:7"),
      ("fit 2;\n_", 3, "'_' is the last value shown, and nothing was shown yet", "2:1"),
      ("y += 1", 3, "there is no 'y'", "1:1"),
      ("fn f() { y += 1 }\nf()", 3, "'y' has no value yet", "1:10"),
      ("fn f() { print y\ny = 1 }\nf()", 3, "'y' has no value yet", "1:16"),
      ("if 1 { }", 3, "a condition must be true or false, not a number", "1:4"),
      ("while \"a\" { }", 3, "a condition must be true or false, not a string", "1:7"),
      ("if [1, 2] > 1 { }", 3, "a condition is one truth value, not a mask of 2", "1:4"),
      (
        "for i in 3 { }", 3,
        "a loop goes over a vector, matrix, list, dictionary, string or range, not a number", "1:10"
      ),
      ("d = {\"lr\": 1}\nd[\"lrr\"]", 3, "the dictionary has no key \"lrr\"", "2:1"),
      ("d = {1: 2}\nd[3] += 1", 3, "the dictionary has no key 3", "2:1"),
      ("d = {1: 2}\nd[3][0] = 1", 3, "the dictionary has no key 3", "2:1"),
      ("d = {1: 2}\nd[1:2]", 3, "a dictionary is indexed by a key, not a slice", "2:1"),
      ("d = {[1]: 2}", 3, nil, "1:5"),
      ("d = {nan: 2}", 3, "nan can't be a key: it equals no number, not even itself", "1:5"),
      ("d = {\"lr\": 1}\nd.lr", 3, "a dictionary has no fields", "2:3"),
      ("remove({1: 2}, 3)", 3, "the dictionary has no key 3", "1:1"),
      (
        "A = ones(2, 2)\nA[0][1] = 5", 3,
        "an entry of a matrix can't be indexed again in an assignment", "2:1"
      ),
      ("x = [1, 2].foo()", 3, "a vector has no method 'foo'", "1:12"),
      ("x = [1, 2].append(3)", 3, "a vector has no method 'append'", "1:12"),
      ("[1, 2].mean", 3, "a vector has no field 'mean'", "1:8"),
      ("3 in 4", 3, nil, "1:1"),
      ("f = fn(x) => x + y\nf(1)", 3, "there is no 'y'", "1:18"),
      ("f = fn(x) => x + [1, 2]\nf([1, 2, 3])", 3, nil, "1:14"),
      ("[x + z for x in [1]]", 3, "there is no 'z'", "1:6"),
      ("[x for a, b in [1]]", 3, "2 names need 2 values, not a number", "1:16"),
      ("try { stop 1 } catch p { }", 2, nil, nil),
      // A call of what nothing makes is found before anything runs.
      ("print 1\nx = sqrtt(2)", 2, "there is no 'sqrtt'", "2:5"),
      ("print 1\nfn f(x) { return g(x) }", 2, "there is no 'g'", "2:18"),
      ("a, b = 1, 2, 3", 3, "2 names need 2 values, but there are 3", "1:8"),
      ("a, b = 1", 3, "2 names need 2 values, not a number", "1:8"),
      ("x = 3\nx(1)", 3, "a number can't be called: only functions can", "2:1"),
      ("fn f(a, b) { }\nf(1)", 3, "'f' needs 'b'", "2:1"),
      ("fn f(a, b) { }\nf(1, 2, 3)", 3, "'f' takes 2 arguments, but 3 are given", "2:9"),
      ("fn f(a, b) { }\nf(1, c=2)", 3, "'f' has no parameter 'c'", "2:6"),
      ("fn f(a, b) { }\nf(1, a=2)", 3, "'a' is given twice", "2:6"),
      ("sqrt(1, 2)", 3, "'sqrt' takes 1 argument, but 2 are given", "1:9"),
      ("sum([1], axs=0)", 3, "'sum' has no parameter 'axs'", "1:10"),
      ("forget zebra", 3, "there is no 'zebra'", "1:8"),
      ("forget sqrt", 3, "'sqrt' comes with the language and can't be forgotten", "1:8"),
      ("_ = 3", 2, "'_' is the last value shown, and can't be assigned", "1:1"),
      ("timeit repeat=0 1", 3, "'repeat' must be a whole number that is at least 1, not 0", "1:15"),
      // Commands, before anything runs.
      ("print 1\nfit 1 itres=3", 2, "'fit' has no option 'itres'", "2:7"),
      ("fit", 2, "'fit' needs 'data' (a number)", "1:1"),
      ("fit 1 2", 2, "'fit' takes 1 operand, but here are 2", "1:7"),
      ("fit \"a\"", 2, "'data' must be a number, not a string", "1:5"),
      ("fit 1 lr=-1", 2, "'lr' must be above 0, not -1", "1:10"),
      ("fit 1 lr=fast", 3, "there is no 'fast'", "1:10"),
      ("fit 1 iters=1.5", 2, "'iters' must be a whole number, not 1.5", "1:13"),
      ("fit 1 iters=0", 2, "'iters' must be at least 1, not 0", "1:13"),
      ("fit 1 loss=hinje", 2, "'loss' can't be 'hinje'", "1:12"),
      ("fit 1 loss=squared-hing", 2, "'loss' can't be 'squared-hing'", "1:12"),
      ("fit 1 verbose=1", 2, "'verbose' must be true or false, not a number", "1:15"),
      ("fn f() { fit 1 itres=3 }", 2, "'fit' has no option 'itres'", "1:16"),
      ("vary lr=[1, -1]", 2, "'lr' must be above 0, not -1", "1:9"),
      ("vary loss=[hinge, hinje]", 2, "'loss' can't be 'hinje'", "1:11"),
      ("print \"{1:.2q}\"", 2, nil, nil),
      // Commands as they run.
      ("x = -1\nfit 1 lr=x", 3, "'lr' must be above 0, not -1", "2:10"),
      ("fit 13", 4, "13 can't be fitted", "1:1"),
      ("fit 14 iters=3", 3, "too many rounds", "1:14"),
      ("run \"x = 1\\ny\"", 3, "there is no 'y'", "nested.svm:2:1"),
      ("run \"fit 1 itres=2\"", 2, "'fit' has no option 'itres'", "nested.svm:1:7"),
    ] as [(String, Int32, String?, String?)])
  func reports(code: String, status: Int32, message: String?, place: String?) throws {
    let run = run(code)
    #expect(run.status == status)
    let error = try #require(run.errors.first)
    if let message { #expect(error.hasPrefix("error: \(message)\n"), "\(error)") }
    if let place {
      let whole = place.contains("svm") ? place : "test.svm:\(place)"
      #expect(error.contains("  \(whole)\n"), "\(error)")
    }
    if status == 2 { #expect(run.shown == []) }
  }

  @Test func theOneForm() {
    let run = run("m = fit 1 itres=1500")
    #expect(
      run.errors == [
        """
        error: 'fit' has no option 'itres'
          test.svm:1:11
            1 | m = fit 1 itres=1500
              |           ^^^^^
          help: did you mean 'iters'? `help fit` lists all options.
        """
      ])
  }

  @Test(arguments: [
    ("x = True", "write `true`"), ("None", "write `none`"), ("np.zeros(3)", "not `np.zeros(3)`"),
    ("Out[1]", "`_` is the last value shown"), ("whos", "`vars` lists what there is"),
    ("exit", "`quit` ends the session"), ("del(x)", "write `forget x`"),
  ])
  func namesOfOtherLanguages(code: String, help: String) {
    #expect(run(code).errors.first?.contains(help) == true, "\(run(code).errors)")
    // Who has such a name keeps it.
    #expect(run("np = 1; np").status == 0)
  }

  @Test func severalErrorsComeTogether() {
    let run = run("fit 1 itres=3 lr=-1\nprint 1\nfit loss=hinje")
    #expect(run.status == 2)
    #expect(run.shown == [])
    #expect(run.errors.count == 4)
  }

  @Test func aMissingOperandIsNotSaidTwice() {
    #expect(run("fit \"a\"").errors.count == 1)
  }

  @Test func theChainOfCalls() throws {
    let run = run(
      """
      fn inner(v) {
        return v[7]
      }
      fn around(M, k=2) {
        return inner(M[0]) + k
      }
      around(zeros(3, 4))
      """)
    let error = try #require(run.errors.first)
    #expect(error.contains("  test.svm:2:10\n"), "\(error)")
    #expect(error.contains("in inner(v: vector of 4), called at test.svm:5:10"), "\(error)")
    #expect(
      error.contains("in around(M: matrix 3×4, k: number), called at test.svm:7:1"), "\(error)")
  }

  @Test func recursionWithoutEnd() throws {
    let run = run("fn f(n) { return f(n + 1) }\nf(0)")
    #expect(run.status == 3)
    let error = try #require(run.errors.first)
    #expect(error.hasPrefix("error: 'f' calls itself too deeply: the stack is full\n"), "\(error)")
    #expect(error.contains("more calls …"))
    #expect(error.count < 2000)
  }

  @Test func tenThousandCalls() {
    #expect(
      run("fn f(n) { if n == 0 { return 0 }\nreturn 1 + f(n - 1) }\nf(10000)").text == "10000")
  }

  @Test func whatFailsKeepsItsOldValue() {
    let test = TestSession()
    test.run("a = 1\nb = [1, 2]\nc = 3")
    #expect(test.run("a = nowhere").status == 3)
    #expect(test.run("a, b[7] = 5, 6").status == 3)
    #expect(test.run("b[0], b[7] = 5, 6").status == 3)
    #expect(test.run("b += [1, 2, 3]").status == 3)
    #expect(test.run("b[[0, 7]] = 9").status == 3)
    #expect(test.run("a += \"x\"").status == 3)
    #expect(test.run("c = fit 13").status == 4)
    #expect(test.run("print a b[0] b[1] c").text == "1 1 2 3")
  }

  @Test func aLoopKeepsItsRounds() {
    let test = TestSession()
    #expect(
      test.run("x = 0\nv = [5, 6, 7]\nfor i in range(9) { x += v[i] }").errors.first?.contains(
        "test.svm:3:26") == true)
    #expect(test.run("print x i").text == "18 3")
  }

  @Test func keepGoing() {
    let run = run("print 1\nnowhere\nprint 2\nfit 13\nprint 3", keepGoing: true)
    #expect(run.text == "1\n2\n3")
    #expect(run.status == 3)
    #expect(run.errors.count == 2)
  }

  @Test func aTextThatIsNotWhole() {
    #expect(run("print 1\nif true {").status == 2)
    #expect(run("print (1").shown == [])
  }
}
