import Interpreter

/// The help topics about the language. The indented lines are examples: a test runs them.
extension Topics {
  static let language: [HelpTopic] =
    statements + values
    + [
      topic(
        "slicing", ["slice", "slices", "index", "indices"], "Parts of vectors, matrices and lists.",
        """
            v = range(10)
            v[2:5]; v[:3]; v[-2:]; v[::-1]
            A = reshape(range(12), [3, 4])
            A[1]; A[:, 0]; A[0:2, 1:3]; A[1, -1]

        A slice is start:stop:step; the stop is not in it, and each of the three may be left out. \
        `help indexing` has masks and vectors of indices.
        """),
      topic(
        "broadcasting", ["broadcast"], "How arrays of different shapes go together.",
        """
            A = ones(3, 4)
            A + 1
            A - [1, 2, 3, 4]
            A * reshape([1, 2, 3], [3, 1])

        An axis of length 1 is repeated; a vector is a row. So a vector of as many entries as the \
        matrix has columns goes to each row, and one number for a row stands in a column. Anything \
        else that does not fit is an error that shows both shapes.
        """),
      topic(
        "comments", ["comment", "prose", "#", "##"], "What the program does not run.",
        """
            # A comment ends with its line.
            x = 1  # So does this one.
            ## # Title
            ## Prose, in Markdown, between the cells of a notebook.

        At the start of a line at top level, `##` is prose, `# %% title` begins a cell, `#>` is \
        recorded output, and `#~` says how it is compared. The `##` lines above an `fn` are its \
        help.
        """),
      topic(
        "operators", ["and", "or", "not", "@", "**", "//", "%", "+", "-", "*", "/", "=="],
        "What may stand between values, loosest first.",
        """
            or
            and
            not
            ==  !=  <  <=  >  >=  in  not in
            +  -
            *  /  //  %  @
            -x  +x
            **

        They work entry by entry on arrays, `and`, `or` and `not` on masks. `@` is the product of \
        matrices, `//` divides and rounds down, `%` is the rest with the sign of the divisor, `**` \
        is the power and groups from the right. Comparisons don't chain.
        """),
    ]

  private static let statements = [
    topic(
      "fn", ["function", "functions", "parameters", "arguments"], "Functions of your own.",
      """
          fn area(width, height=1) {
            return width * height
          }
          area(3)
          area(3, height=2)
          double = fn(x) => x * 2
          double(4)

      A named function stands at top level. Its parameters may have defaults, and a call may name \
      them. A name that it assigns is its own; others are looked up when it runs. Without `return` \
      it gives `none`; `return a, b` gives several values. The lines above it that begin with `##` \
      are its help.

      `fn(x) => …` takes one expression, stands anywhere, and keeps the values that it mentions as \
      they are where it is written.
      """),
    topic(
      "if", ["else", "condition"], "Do something where a condition holds.",
      """
          x = 3
          if x > 2 { print "large" } else if x > 1 { print "middle" } else { print "small" }

      The condition is true or false; `any` and `all` make one of a mask. `else` stands on the \
      line of its `}`. `where(mask, a, b)` chooses entry by entry.
      """),
    topic(
      "for", ["loop", "loops"], "Go over the parts of a value.",
      """
          for i in range(3) { print i }
          for i, x in enumerate([5, 6]) { print i x }
          for row in [[1, 2], [3, 4]] { print row }
          for i, (a, b) in enumerate(zip([1, 2], [3, 4])) { print i a b }
          for key, value in {"lr": 0.1} { print key value }

      Over a vector, the rows of a matrix, a list, a string, or the keys of a dictionary, with two \
      names also the values. `break` ends a loop, `continue` begins its next round.
      """),
    topic(
      "while", [], "Repeat while a condition holds.",
      """
          x = 100
          while x > 1 { x /= 2 }

      `break` ends it, `continue` goes on with the condition.
      """),
    topic(
      "break", ["continue"], "End a loop, or its round.",
      """
          for i in range(9) { if i == 2 { continue }; if i == 4 { break }; print i }
      """),
    topic(
      "return", [], "End a function and give its value.",
      """
          fn halves(x) { return x / 2, x / 2 }
          a, b = halves(3)
      """),
    topic(
      "in", ["not in", "contains", "membership"], "Whether a value is among others.",
      """
          3 in [1, 2, 3]
          "lr" in {"lr": 0.1}
          "svm" in "svmrepl"
          4 not in [1, 2, 3]

      An item of a list, an entry of a vector or matrix, a key of a dictionary, a part of a string.
      """),
    topic(
      "try", ["catch", "error", "errors", "exception"], "Go on after an error.",
      """
          try { x = zeros(2) + zeros(3) } catch problem { print "no: {problem}" }

      An error while running ends the first block, and the name after `catch` is its text. What \
      the failing statement would have assigned keeps its old value. Ctrl-C is no error.
      """),
    topic(
      "assignment", ["=", "+=", "assign"], "Give values names.",
      """
          x = 3
          a, b = 1, 2
          x += 1
          v = zeros(3)
          v[0] = 5
          v[[1, 1]] += 1

      Values are values: after `w = v`, a change of `w` leaves `v` alone. The operators are += -= \
      *= /= //= %= **=.
      """),
  ]

  private static let values = [
    topic(
      "number", ["numbers", "true", "false", "none", "bool"], "Numbers, truth values, nothing.",
      """
          49_000; 2.5e4; 1e-7; .5; inf; nan
          true; false; none

      Numbers are IEEE doubles. In arithmetic true is 1 and false is 0. `none` is no value, and is \
      not shown.
      """),
    topic(
      "string", ["strings", "text", "interpolation"], "Text, with values in it.",
      #"""
          loss = 9.0234
          print "loss: {loss:.3f}"
          "a" + "b"
          "{{braces}} and \"quotes\""
          len("text")

      `{expression}` is replaced by its value, `{expression:format}` by the value in Python's \
      format, of which `help formats` tells. \n is a line end, \t a tab, \\ a backslash. \
      `"""…"""` spans lines and replaces nothing.
      """#),
    topic(
      "vector", ["vectors", "matrix", "matrices", "array", "arrays", "shape"],
      "Vectors and matrices of numbers.",
      """
          v = [1, 2, 3]
          A = [[1, 2], [3, 4]]
          A.shape; A.T; A.size
          zeros(2, 3); ones([3]); range(5); linspace(0, 1, 3)
          A @ A.T
          A.mean(axis=0); sum(A, axis=1)

      All entries are doubles. Arithmetic goes entry by entry; what numpy has as a method works as \
      one. `describe A` says more, `help slicing` and `help indexing` have the parts.
      """),
    topic(
      "mask", ["masks", "boolean"], "True or false for each entry.",
      """
          v = [3, -1, 2]
          m = v > 0
          v[m]
          v[v < 0] = 0
          sum(m); any(m); all(m)
          m and v < 3

      A comparison of arrays makes one. It selects where it stands in an index; `and`, `or` and \
      `not` go entry by entry.
      """),
    topic(
      "list", ["lists", "append items"], "Values of any kind, in order.",
      """
          l = ["a", 1, [1, 2]]
          l[0]; l[-1]; len(l)
          l = append(l, "b")
          for x in l { print x }

      A bracket of numbers is a vector, one of vectors of one length is a matrix, and any other is \
      a list.
      """),
    topic(
      "comprehension", ["comprehensions"], "A list made by a loop.",
      """
          [x ** 2 for x in range(5)]
          [x for x in range(10) if x % 3 == 0]
          [[i * j for j in range(3)] for i in range(3)]

      A vector, matrix or list, as a bracket of the same items would be.
      """),
    topic(
      "dictionary", ["dictionaries", "dict", "keys and values"], "Values by key.",
      """
          d = {"lr": 1e-7, "reg": 2.5e4}
          d["lr"]
          d["lr"] *= 2
          d[1, 2] = "a tuple is a key"
          "reg" in d; len(d)
          for key, value in d { print "{key}: {value}" }
          d = remove(d, "reg")
          d.get("reg", 0); d.keys(); d.values()

      A key is a string, a number, true or false, or a tuple of them. The order of insertion stays.
      """),
    topic(
      "tuple", ["tuples"], "Several values from one expression.",
      """
          a, b = 1, 2
          t = (3, "x")
          t[0]
      """),
    topic(
      "methods", ["method"], "Functions after a dot.",
      """
          A = [[1, 2], [3, 4]]
          A.mean(axis=0); A.sum(); A.argmax()
          {"a": 1}.keys()

      The function with the value as its first argument, for what numpy and Python have as \
      methods. None changes its value: write `v = sort(v)`.
      """),
    topic(
      "commands", ["command", "verb", "operand", "option"], "Verbs with operands and options.",
      """
          d = load "iris"
          s = split d train=0.8 shuffle=true
          m = train s.train lr=0.01 iters=200;

      A statement that begins with a verb is a command: operands first, then key=value, separated \
      by blanks. What it returns can be assigned. An operand with an operator stands in brackets: \
      `lr=(2 * base)`. `;` at the end of a line hides the report.
      """),
  ]

  private static func topic(
    _ name: String, _ aliases: [String], _ summary: String, _ text: String
  ) -> HelpTopic {
    HelpTopic(name, aliases: aliases, group: "language", summary: summary, text: text)
  }
}
