import Interpreter
import LinearAlgebra
import TestSupport
import Testing

@testable import Commands

/// Everything that a statement can do looks for a wish to stop often enough, and leaves old values
/// as they were where it stops.
@Suite(.serialized) struct InterruptionTests {
  /// A statement on large values.
  struct Row: CustomTestStringConvertible {
    /// What it shows the looks of: a function, a verb, or a word for other syntax.
    let name: String
    /// The statement. It assigns `r`, unless another variable is its `target`.
    let code: String
    /// The work, in operations of about a nanosecond; 0 where looks are not counted.
    let cost: Int
    /// The variable that it changes.
    let target: String
    /// Whether that has its old value until the end.
    let keeps: Bool

    init(
      _ name: String, _ code: String, cost: Int, target: String = "r", keeps: Bool = true
    ) {
      (self.name, self.code, self.cost) = (name, code, cost)
      (self.target, self.keeps) = (target, keeps)
    }

    var testDescription: String { code }
  }

  /// n, the number of entries of `x`, `m`, `M` and others.
  private static let n = 1 << 19
  private static let setup = """
    n = 2 ** 19
    x = rand(n) + 0.5
    places = floor(x * n / 2)
    m = x > 1
    M = reshape(rand(n), [1024, 512])
    N = M > 0.5
    column = rand(1024)
    small = rand(1000)
    s = "abc"
    while len(s) < 300000 { s = s + s }
    u = "äbc"
    while len(u) < 300000 { u = u + u }
    l = enumerate(rand(50000))
    dictionary = {}
    for i in range(20000) { dictionary[i] = i }
    Q = rand(300, 300)
    words = []
    for i in range(5000) { words = append(words, "w{i * 7919 % 5003}") }
    d = synth blobs n=4000 d=128 classes=4 seed=1
    W = rand(128, 4)
    model = train d iters=2;
    fn f(w) { return sum(w * w) }
    r = 7
    """

  private static let functions: [Row] =
    [
      // Creation.
      Row("zeros", "r = zeros(n)", cost: 0), Row("ones", "r = ones(n)", cost: n),
      Row("full", "r = full([n], 3)", cost: n), Row("eye", "r = eye(724)", cost: n),
      Row("range", "r = range(n)", cost: n), Row("arange", "r = arange(n)", cost: n),
      Row("linspace", "r = linspace(0, 1, n)", cost: n),
      Row("logspace", "r = logspace(0, 1, n)", cost: 8 * n),
      Row("zeros_like", "r = zeros_like(x)", cost: n),
      Row("ones_like", "r = ones_like(x)", cost: n),
      Row("full_like", "r = full_like(x, 3)", cost: n),
      // Random.
      Row("rand", "r = rand(n)", cost: 4 * n), Row("randn", "r = randn(n)", cost: 8 * n),
      Row("randint", "r = randint(0, 9, n)", cost: 4 * n),
      Row("choice", "r = choice(n, n)", cost: 4 * n),
      Row("choice", "r = choice(n, n / 2, false)", cost: 8 * n),
      Row("choice", "r = choice(n * 32, n / 16, false)", cost: 4 * n),
      Row("permutation", "r = permutation(n)", cost: 16 * n),
      Row("permutation", "r = permutation(x)", cost: 16 * n),
      // Shapes.
      Row("hstack", "r = hstack(x, x)", cost: 2 * n),
      Row("hstack", "r = hstack(M, M)", cost: 2 * n),
      Row("vstack", "r = vstack(x, x)", cost: 2 * n),
      Row("vstack", "r = vstack(M, M)", cost: 2 * n),
      Row("repeat", "r = repeat(x, 3)", cost: 3 * n),
      Row("repeat", "r = repeat(M, 3, axis=0)", cost: 3 * n),
      Row("repeat", "r = repeat(M, 3, axis=1)", cost: 3 * n),
      Row("repeat", "r = repeat([1], n)", cost: n),
      Row("concatenate", "r = concatenate([x, x])", cost: 2 * n),
      Row("concatenate", "r = concatenate([M, M], axis=1)", cost: 2 * n),
      Row("stack", "r = stack([x, x])", cost: 2 * n),
      Row("stack", "r = stack([x, x], axis=1)", cost: 4 * n),
      Row("tile", "r = tile(x, 3)", cost: 3 * n), Row("tile", "r = tile(M, [2, 2])", cost: 4 * n),
      Row("pad", "r = pad(M, 3)", cost: 2 * n), Row("pad", "r = pad([1], n)", cost: 2 * n),
      Row("meshgrid", "r = meshgrid(small, small)", cost: 2_000_000),
      Row("transpose", "r = transpose(M)", cost: n),
      Row("flip", "r = flip(x)", cost: n), Row("flip", "r = flip(M, axis=0)", cost: n),
      Row("roll", "r = roll(x, 5)", cost: 2 * n),
      Row("roll", "r = roll(M, 5, axis=1)", cost: 2 * n),
      Row("diag", "r = diag(small)", cost: 0), Row("diag", "r = diag(M @ M.T)", cost: 0),
      Row("append", "r = append(x, 1)", cost: n),
      Row("append", "r = append(x, \"a\")", cost: 8 * n),
      Row("append", "r = append(l, 1)", cost: 400_000),
      Row("enumerate", "r = enumerate(x)", cost: 72 * n), Row("zip", "r = zip(x, x)", cost: 72 * n),
      Row("len", "r = len(s)", cost: 300_000), Row("len", "r = len(u)", cost: 8 * 300_000),
      // Reductions.
      Row("sum", "r = sum(M, axis=0)", cost: n), Row("sum", "r = sum(M, axis=1)", cost: n),
      Row("cumsum", "r = cumsum(x)", cost: 2 * n),
      Row("cumsum", "r = cumsum(M, axis=0)", cost: 2 * n),
      Row("cumsum", "r = cumsum(M, axis=1)", cost: 2 * n),
      Row("any", "r = any(zeros(n))", cost: n), Row("all", "r = all(x)", cost: n),
      Row("cumprod", "r = cumprod(x)", cost: 2 * n),
      Row("cumprod", "r = cumprod(M, axis=0)", cost: 2 * n),
      Row("diff", "r = diff(x)", cost: n), Row("diff", "r = diff(M, n=3, axis=0)", cost: 6 * n),
      // Linear algebra.
      Row("dot", "r = dot(x, x)", cost: n), Row("matmul", "r = matmul(x, x)", cost: n),
      Row("outer", "r = outer(small, small)", cost: 1_000_000),
      Row("trace", "r = trace(M @ M.T)", cost: 0),
      // LAPACK has a thread of its own, whose looks depend on time.
      Row("solve", "r = solve(Q, ones(300))", cost: 0), Row("inv", "r = inv(Q)", cost: 0),
      Row("det", "r = det(Q)", cost: 0), Row("svd", "r = svd(Q)", cost: 0),
      Row("eigh", "r = eigh(Q + Q.T)", cost: 0), Row("lstsq", "r = lstsq(Q, ones(300))", cost: 0),
      Row("matrix_rank", "r = matrix_rank(Q)", cost: 0),
      // Statistics.
      Row("median", "r = median(x)", cost: 8 * n),
      Row("median", "r = median(M, axis=0)", cost: 8 * n),
      Row("percentile", "r = percentile(x, 30)", cost: 8 * n),
      Row("percentile", "r = percentile(M, [30, 40], axis=1)", cost: 8 * n),
      Row("quantile", "r = quantile(x, [0.3, 0.4])", cost: 8 * n),
      Row("histogram", "r = histogram(x)", cost: 8 * n),
      Row("histogram", "r = histogram([1], bins=n)", cost: 2 * n),
      Row("cov", "r = cov(M)", cost: n), Row("cov", "r = cov(x, x)", cost: 4 * n),
      Row("corrcoef", "r = corrcoef(x, x)", cost: 4 * n),
      // Order.
      Row("sort", "r = sort(x)", cost: 16 * n), Row("sort", "r = sort(M)", cost: 16 * n),
      Row("sort", "r = sort(M, axis=0)", cost: 16 * n),
      Row("sort", "r = sort(words)", cost: 100_000),
      Row("unique", "r = unique(words)", cost: 100_000),
      Row("permutation", "r = permutation(words)", cost: 100_000),
      Row("choice", "r = choice(words, n)", cost: 8 * n),
      Row("argsort", "r = argsort(x)", cost: 16 * n),
      Row("argsort", "r = argsort(M, axis=0)", cost: 16 * n),
      Row("unique", "r = unique(x)", cost: 16 * n),
      Row("bincount", "r = bincount(places)", cost: 4 * n),
      // Entry by entry.
      Row("round", "r = round(x, 2)", cost: 4 * n), Row("clip", "r = clip(x, 0.7, 1)", cost: 2 * n),
      Row("maximum", "r = maximum(x, 1)", cost: n), Row("minimum", "r = minimum(x, x)", cost: n),
      Row("maximum", "r = maximum(M, reshape(column, [1024, 1]))", cost: n),
      Row("power", "r = power(x, 2)", cost: n), Row("mod", "r = mod(x, 2)", cost: n),
      Row("arctan2", "r = arctan2(x, 2)", cost: n),
      Row("nonzero", "r = nonzero(m)", cost: 2 * n), Row("argwhere", "r = argwhere(N)", cost: n),
      Row("isin", "r = isin(x, x)", cost: 16 * n),
      Row("isin", "r = isin(words, words)", cost: 5000 * 64),
      Row("searchsorted", "r = searchsorted(sort(x), x)", cost: 16 * n),
      Row("allclose", "r = allclose(x, x)", cost: 2 * n),
      Row("array_equal", "r = array_equal(x, x)", cost: 2 * n),
      Row("softmax", "r = softmax(x)", cost: 8 * n),
      Row("softmax", "r = softmax(M, axis=0)", cost: 8 * n),
      Row("onehot", "r = onehot(floor(x * 4))", cost: 8 * n),
      Row("where", "r = where(N)", cost: 2 * n), Row("where", "r = where(m)", cost: n),
      Row("where", "r = where(m, x, 1)", cost: 4 * n),
      // Dictionaries.
      Row("remove", "r = remove(dictionary, 7)", cost: 20000 * 64),
      // Text.
      Row("str", "r = str(l)", cost: 100_000 * 64),
      Row("format", "r = format(x, \".3f\")", cost: 64 * n),
    ]
    + [
      "sum", "mean", "std", "var", "min", "max", "argmin", "argmax", "norm", "prod", "nansum",
      "nanmean", "count_nonzero",
    ].map {
      Row($0, "r = \($0)(x)", cost: n)
    }
    + ["mean", "std", "var", "min", "max", "argmin", "argmax", "norm"].map {
      Row($0, "r = \($0)(M, axis=1)", cost: n)
    }
    + [
      "abs", "exp", "log", "log10", "sqrt", "sign", "floor", "ceil", "isnan", "isfinite", "log2",
      "log1p", "expm1", "square", "sin", "cos", "tan", "tanh", "trunc", "isinf", "int", "float",
    ].map {
      Row($0, "r = \($0)(x)", cost: n)
    }

  private static let syntax: [Row] =
    ["+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!="].map {
      Row($0, "r = x \($0) x", cost: n)
    } + [
      Row("@", "r = x @ x", cost: n), Row("@", "r = M @ M.T", cost: 512 * n / 32),
      Row(".T", "r = M.T", cost: n), Row("-", "r = -x", cost: n), Row("not", "r = not m", cost: n),
      Row("and", "r = m and m", cost: n), Row("or", "r = m or m", cost: n),
      Row("+ of strings", "r = s + s + s + s + s + s + s + s", cost: 1_000_000),
      Row("{} of strings", "r = \"{s}{s}{s}{s}{s}{s}{s}{s}\"", cost: 200_000),
      Row("== of lists", "r = l == l", cost: 32 * 50_000), Row("[]", "r = [x, x]", cost: 2 * n),
      Row("[mask]", "r = x[m]", cost: 2 * n), Row("[places]", "r = x[places]", cost: 2 * n),
      Row("[::-1]", "r = x[::-1]", cost: n), Row("[:]", "r = x[1:]", cost: n),
      Row("[matrix mask]", "r = M[N]", cost: 2 * n), Row("[rows]", "r = M[range(1024)]", cost: n),
      Row("[:, columns]", "r = M[:, range(512)]", cost: n),
      Row("[rows, columns]", "r = M[floor(places / n), floor(places / n)]", cost: 4 * n),
      Row("[] of a string", "r = s[::2]", cost: 8 * 300_000),
      Row("[] of a string", "r = s[5]", cost: 300_000),
      Row("[] of a string", "r = u[::2]", cost: 8 * 300_000),
      Row("[] of a string", "r = u[5]", cost: 8 * 300_000),
      Row("< of strings", "r = s < s", cost: 4 * 300_000),
      Row("[] of a list", "r = l[::2]", cost: 8 * 50_000),
      Row("print", "print l", cost: 100_000 * 64), Row("show", "l", cost: 100_000 * 64),
      Row("~=", "expect x ~= x", cost: n),
      Row("for", "for c in s { }", cost: 8 * 300_000, target: "c", keeps: false),
      Row("for", "for c in u { }", cost: 16 * 300_000, target: "c", keeps: false),
      Row("unpacking", "r, q = [x, x]", cost: 2 * n),
    ]

  /// Updates in place, of arrays that are long enough to take more than ten milliseconds.
  private static let big = 17_000_000
  private static let updates: [Row] = [
    Row("+=", "big += 1", cost: big, target: "big"),
    Row("[] =", "big[:] = 1", cost: big, target: "big"),
    Row("[places] =", "big[places] = 1", cost: big, target: "big"),
    Row("shared", "r = x\nr[0] = 1", cost: n, keeps: false),
    Row("[] of a list =", "l[0] = 1", cost: 50_000, target: "l"),
  ]

  /// Functions of the engine and of files, and verbs.
  private static let engine: [Row] = [
    Row("svm_loss", "r = svm_loss(W, d)", cost: n), Row("scores", "r = scores(W, d)", cost: n),
    Row("predict", "r = predict(W, d)", cost: n), Row("accuracy", "r = accuracy(W, d)", cost: n),
    Row("confusion", "r = confusion(W, d)", cost: n),
    Row("dataset", "r = dataset(M, floor(column * 2))", cost: n / 2),
    Row("score_loss", "r = score_loss(M, floor(column * 9))", cost: 0),
    Row("margins", "r = margins(W, d)", cost: n),
    Row("phi", "r = phi(\"hinge\", x)", cost: n),
    Row("relative_error", "r = relative_error(x, x)", cost: 0),
    Row("prox_elastic_net", "r = prox_elastic_net(x, l1=1)", cost: 0),
    Row("numerical_gradient", "r = numerical_gradient(f, small)", cost: n),
    Row("savetxt", "savetxt(\"/dev/null\", x)", cost: n),
    Row("save_npy", "save_npy(\"/dev/null\", x)", cost: n),
    Row(".X", "r = d.X", cost: n), Row("d[]", "r = d[range(4000)]", cost: 0),
    Row("split", "r = split d train=0.5 shuffle=true", cost: 0),
    Row("drop", "r = drop d columns=0", cost: 0), Row("keep", "r = keep d columns=0", cost: 0),
    Row("fill-missing", "r = fill-missing d", cost: n),
    Row("center", "r = center d", cost: n), Row("standardize", "r = standardize d", cost: n),
    Row("rescale", "r = rescale d", cost: n), Row("add-bias", "r = add-bias d", cost: 0),
    Row("describe", "describe x", cost: n), Row("describe", "describe d", cost: n),
    Row("drop", "r = drop d columns=[0, 5]", cost: 0), Row("keep", "r = keep d columns=7", cost: 0),
    Row("fill-missing", "r = fill-missing d", cost: 0),
    Row("rename-classes", "r = rename-classes d from=\"0\" to=\"zero\"", cost: 0),
    Row("synth", "r = synth blobs n=4000 d=128", cost: n),
    Row("save", "save x to=\"x.npy\"", cost: 0),
    Row("save-session", "save-session to=\"all.svmsession\"", cost: 0),
    Row(
      "load-session", "save-session to=\"all.svmsession\"\nload-session \"all.svmsession\"", cost: 0
    ),
    Row("evaluate", "r = evaluate model on=d", cost: n),
    Row(
      "predict-file",
      "save d.X to=\"rows.npy\"\nr = predict-file \"rows.npy\" with=model to=\"out.csv\"", cost: 0),
    Row("explain", "r = explain model on=d sample=3", cost: 0),
    Row("gradcheck", "r = gradcheck svm_loss at=W on=d samples=20", cost: 8 * n),
    Row("plot-ascii", "plot-ascii x", cost: 0), Row("plot-ascii", "plot-ascii d", cost: 0),
    Row("plot-file", "plot-file x to=\"x.svg\"", cost: 0),
    Row("plot-file", "plot-file d to=\"d.png\"", cost: 0),
    Row("train", "r = train d iters=20 batch=4000", cost: n, keeps: false),
    Row("resume", "r = resume model iters=20", cost: 0, keeps: false),
    Row("resume", "r = resume search", cost: n, keeps: false),
    Row("tune", "r = tune d folds=2 lr=[1e-3, 1e-2] iters=5", cost: n, keeps: false),
  ]

  /// What can't take long, and why.
  private static let short: Set<String> = [
    // They read or change a shape, and no entry.
    "shape", "size", "reshape", "ravel", "type",
    // They show texts of the program, or the names and types of variables.
    "help", "vars", "history", "answer", "how", "export", "export-session",
    // They change a setting, or bring old values back.
    "seed", "set", "quit", "undo",
    // What they run, or read in pieces with looks, is tested elsewhere.
    "run", "refresh", "load", "loadtxt", "load_npy", "sha256",
  ]

  @Test func everyFunctionAndVerbIsTried() {
    let tried = Set((Self.functions + Self.engine).map(\.name))
    let catalog = CommandCatalog.standard
    for name in catalog.functions.map(\.name) + catalog.verbs {
      #expect(tried.contains(name) != Self.short.contains(name), "\(name)")
    }
  }

  /// The looks that a statement makes; nil where it fails.
  private func looks(_ test: TestSession, _ code: String) -> Int? {
    let many = 1_000_000
    Interruption.request(afterLooks: many)
    defer { Interruption.clear() }
    let run = test.run(code)
    guard run.status == 0, let left = Interruption.looksLeft else { return nil }
    return many - left
  }

  /// Operations between two looks: about ten milliseconds at the worst, since a unit of the costs
  /// is a nanosecond at best.
  private static let mostBetween = 1 << 18

  private func check(
    _ rows: [Row], setup: String, prepare: (TestSession) -> Void = { _ in }
  ) throws {
    let test = TestSession()
    try #require(test.run(setup).errors == [])
    prepare(test)
    for row in rows {
      let looks = try #require(self.looks(test, row.code), "\(row.code)")
      #expect(looks >= 2 + row.cost / Self.mostBetween, "\(row.code): \(looks) looks")
      test.run("r = 7")
      let before = Fingerprint(test.session, except: nil)
      for look in [0, 1, looks / 2, looks - 1] {
        Interruption.request(afterLooks: look)
        let run = test.run(row.code)
        Interruption.clear()
        // Where a thread of its own is waited for, the looks depend on time.
        #expect(run.status == 130 || row.cost == 0, "\(row.code): look \(look) of \(looks)")
        // At its last look, the statement is done.
        let isDone = look == looks - 1 || row.cost == 0
        let exempt = isDone || !row.keeps ? row.target : nil
        let after = Fingerprint(test.session, except: exempt)
        #expect(after == before.without(exempt), "\(row.code): look \(look) of \(looks)")
      }
      #expect(test.run("print 1").shown == ["1"])
    }
  }

  /// What the variables hold.
  private struct Fingerprint: Equatable {
    private var values: [String: Int] = [:]

    init(_ session: Session, except exempt: String?) {
      for name in session.assignedNames where name != exempt {
        guard let value = session.peek(name) else { continue }
        values[name] = Self.hash(value)
      }
    }

    func without(_ name: String?) -> Fingerprint {
      var rest = self
      if let name { rest.values[name] = nil }
      return rest
    }

    private static func hash(_ value: Value) -> Int {
      var hasher = Hasher()
      switch value {
      case .array(let array):
        hasher.combine(array.columns)
        hasher.combine(
          bytes: UnsafeRawBufferPointer(start: array.pointer, count: array.count * 8))
      case .list(let box): for item in box.items.prefix(3) { hasher.combine(hash(item)) }
      case .string(let box): hasher.combine(box.text)
      case .number(let x): hasher.combine(x)
      default: hasher.combine(value.typeAndShape)
      }
      return hasher.finalize()
    }
  }

  @Test func engine() throws {
    try TemporaryFolder().whileCurrent {
      try check(Self.engine, setup: Self.setup) { test in
        let search = "search = tune d folds=2 lr=[1e-3, 1e-2] iters=5"
        let looks = self.looks(test, search) ?? 0
        Interruption.request(afterLooks: looks / 2)
        test.run(search)
        Interruption.clear()
      }
    }
  }
  @Test func functions() throws { try check(Self.functions, setup: Self.setup) }
  @Test func syntax() throws { try check(Self.syntax, setup: Self.setup) }
  @Test func updates() throws {
    try check(
      Self.updates,
      setup: "n = 2 ** 19\nx = rand(n)\nl = enumerate(rand(50000))\nr = 7\n"
        + "big = zeros(17000000)\nplaces = range(0, 17000000, 3)")
  }
}
