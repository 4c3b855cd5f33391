import LinearAlgebra

/// Random draws from the running statement's stream.
extension Builtins {
  static let random: [BuiltinFunction] = [
    BuiltinFunction(
      "rand", [.variadic("shape")], usage: "rand(shape)",
      summary: "Uniform numbers from 0 to below 1; one number without a shape.",
      examples: ["rand(2, 3)"]
    ) { arguments, session in
      let sizes = arguments[0].items
      if sizes.isEmpty { return .number(session.random.uniform()) }
      return try Shape(sizes, "rand").filled { _ in session.random.uniform() }
    },
    BuiltinFunction(
      "randn", [.variadic("shape")], usage: "randn(shape)",
      summary: "Standard normal numbers; one number without a shape.", examples: ["randn(3)"]
    ) { arguments, session in
      let sizes = arguments[0].items
      if sizes.isEmpty { return .number(session.random.normal()) }
      return try Shape(sizes, "randn").filled { _ in session.random.normal() }
    },
    BuiltinFunction(
      "randint", [.required("low"), .optional("high"), .optional("size")],
      usage: "randint(low, high, size=none)",
      summary: "Whole numbers from low to below high; from 0 where one bound is given.",
      examples: ["randint(0, 10, size=5)"]
    ) { arguments, session in
      let first = try arguments[0].whole("low")
      let hasHigh: Bool = if case .none = arguments[1] { false } else { !arguments[1].isMissing }
      let low = hasHigh ? first : 0
      let high = hasHigh ? try arguments[1].whole("high") : first
      guard high > low else {
        throw Failure("'randint' has nothing to draw from: low is \(low), high is \(high)")
      }
      func draw() -> Double { Double(low + session.random.integer(below: high - low)) }
      if arguments[2].isMissing { return .number(draw()) }
      return try Shape([arguments[2]], "randint").filled { _ in draw() }
    },
    BuiltinFunction(
      "choice", [.required("from"), .optional("size"), .optional("replace")],
      usage: "choice(from, size=none, replace=true)",
      summary: "Entries of a vector or a list of strings, or numbers below n, drawn at random.",
      examples: ["choice(10, size=3, replace=false)"]
    ) { arguments, session in
      if case .list(let box) = arguments[0], let texts = try box.texts() {
        return try chosen(texts, arguments, session)
      }
      let isCount = arguments[0].asNumber != nil
      let pool = isCount ? nil : try arguments[0].vector("from")
      let count = try pool?.count ?? arguments[0].whole("from", atLeast: 0)
      guard count > 0 else { throw Failure("'choice' has nothing to draw from") }
      func entry(_ i: Int) -> Double { pool.map { $0.pointer[i] } ?? Double(i) }
      if arguments[1].isMissing { return .number(entry(session.random.integer(below: count))) }
      let shape = try Shape([arguments[1]], "choice")
      if try arguments[2].flag("replace", orElse: true) {
        return try shape.filled { _ in entry(session.random.integer(below: count)) }
      }
      let wanted = shape.rows * shape.columns
      let drawn = try sample(wanted, of: count, session)
      return try shape.filled { entry(drawn[$0]) }
    },
    BuiltinFunction(
      "permutation", [.required("of")], usage: "permutation(of)",
      summary:
        "The numbers below n, or the entries of a vector or list of strings, in random order.",
      examples: ["permutation(5)"]
    ) { arguments, session in
      if arguments[0].asNumber != nil {
        let n = try arguments[0].whole("of", atLeast: 0)
        try MemoryLimit.require(rows: n, columns: 1, bytesPerEntry: 16)
        let order = try session.random.permutation(n)
        return try Shape([.number(Double(n))], "permutation").filled { Double(order[$0]) }
      }
      if case .list(let box) = arguments[0], let texts = try box.texts() {
        let order = try session.random.permutation(texts.count)
        return try .list(of: Interruption.map(texts.count) { texts[order[$0]] })
      }
      let vector = try arguments[0].vector("of")
      let order = try session.random.permutation(vector.count)
      return .array(try vector.gathered(vector.count, isMask: false) { order[$0] })
    },
  ]

  /// Places below `count`, all different.
  private static func sample(_ wanted: Int, of count: Int, _ session: Session) throws -> [Int] {
    guard wanted <= count else {
      throw Failure("\(wanted) can't be drawn from \(count) without replacement")
    }
    return try session.random.sample(wanted, of: count)
  }

  /// `choice` of texts: one, or a list of them.
  private static func chosen(
    _ texts: [String], _ arguments: [Value], _ session: Session
  ) throws -> Value {
    func draw() -> Int { session.random.integer(below: texts.count) }
    if arguments[1].isMissing { return .string(texts[draw()]) }
    let wanted = try arguments[1].whole("size", atLeast: 0)
    try MemoryLimit.require(rows: wanted, columns: 3, bytesPerEntry: 8)
    if try arguments[2].flag("replace", orElse: true) {
      return try .list(of: Interruption.map(wanted) { _ in texts[draw()] })
    }
    let drawn = try sample(wanted, of: texts.count, session)
    return try .list(of: Interruption.map(wanted) { texts[drawn[$0]] })
  }
}
