import LinearAlgebra

/// Places of entries, and whether values are among others.
extension Builtins {
  static let searching: [BuiltinFunction] = [
    BuiltinFunction(
      "where", [.required("mask"), .optional("a"), .optional("b")], usage: "where(mask, a, b)",
      summary:
        "a where the mask is true, b elsewhere; the places that are true where both are left out.",
      examples: ["where([1, 2, 3] > 1, 1, 0)", "where([1, 2, 3] > 1)"]
    ) { arguments, _ in
      if arguments[1].isMissing && arguments[2].isMissing {
        return try places(arguments[0], "mask")
      }
      guard !arguments[1].isMissing, !arguments[2].isMissing else {
        throw Failure("'where' needs both values, or neither")
      }
      return try chosen(arguments[0], arguments[1], arguments[2])
    },
    BuiltinFunction(
      "nonzero", [.required("x")], usage: "nonzero(x)",
      summary: "The places of the entries that are not 0; rows and columns of a matrix.",
      examples: ["nonzero([0, 5, 7])", "rows, columns = nonzero([[0, 1], [2, 0]])"]
    ) { arguments, _ in try places(arguments[0], "x") },
    BuiltinFunction(
      "argwhere", [.required("x")], usage: "argwhere(x)",
      summary: "The places of the entries that are not 0, one in each row.",
      examples: ["argwhere([[0, 1], [2, 0]])"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].array("x")
      let places = try x.nonzeroPlaces()
      try MemoryLimit.require(rows: places.count, columns: x.rank, bytesPerEntry: 8)
      let result = NumericArray(uninitializedRows: places.count, columns: x.rank)
      try Interruption.forEachRange(of: places.count, costEach: 4) { range in
        for i in range {
          if x.rank == 1 {
            result.pointer[i] = Double(places[i])
          } else {
            result.pointer[2 * i] = Double(places[i] / x.columns)
            result.pointer[2 * i + 1] = Double(places[i] % x.columns)
          }
        }
      }
      return .array(result)
    },
    BuiltinFunction(
      "isin", [.required("x"), .required("values")], usage: "isin(x, values)",
      summary: "True where an entry is among the values.", examples: ["isin([1, 2, 3], [3, 1])"]
    ) { arguments, _ in
      if let given = try texts(arguments[0]), let values = try texts(arguments[1]) {
        var known: Set<String> = []
        try Interruption.forEachRange(of: values.all.count, costEach: 256) { range in
          for text in values.all[range] { known.insert(text) }
        }
        if given.isOne { return .bool(known.contains(given.all[0])) }
        let mask = NumericArray(uninitializedVector: given.all.count, isMask: true)
        try Interruption.forEachRange(of: mask.count, costEach: 64) { range in
          for i in range { mask.pointer[i] = known.contains(given.all[i]) ? 1 : 0 }
        }
        return .array(mask)
      }
      let values = try arguments[1].array("values")
      try MemoryLimit.require(rows: values.count, columns: 1, bytesPerEntry: 8)
      let sorted = NumericArray(uninitializedVector: values.count)
      try NumberOrder.sort(values.pointer, to: sorted.pointer, values.count)
      let x = try arguments[0].asNumber.map { Value.number($0) } ?? .array(arguments[0].array("x"))
      return try map(x, givesTruth: true) { entry in
        let place = Searching.place(of: entry, in: sorted, fromRight: false)
        return place < sorted.count && sorted.pointer[place] == entry ? 1 : 0
      }
    },
    BuiltinFunction(
      "searchsorted", [.required("sorted"), .required("x"), .optional("side")],
      usage: "searchsorted(sorted, x, side=\"left\")",
      summary: "Where x goes in so that the order stays; after equal ones with side=\"right\".",
      examples: ["searchsorted([1, 3, 5], 4)"]
    ) { arguments, _ in
      let sorted = try arguments[0].vector("sorted")
      let side = arguments[2].isMissing ? Value.string("left") : arguments[2]
      guard case .string(let box) = side, ["left", "right"].contains(box.text) else {
        throw Failure("'side' must be \"left\" or \"right\"")
      }
      let rises = try Interruption.allSatisfy(max(sorted.count - 1, 0)) {
        !(sorted.pointer[$0] > sorted.pointer[$0 + 1])
      }
      guard rises else {
        throw Failure(
          "'sorted' must be in rising order", help: "`sort(x)` puts the entries in order")
      }
      let isRight = box.text == "right"
      return try map(arguments[1]) {
        Double(Searching.place(of: $0, in: sorted, fromRight: isRight))
      }
    },
    BuiltinFunction(
      "allclose",
      [
        .required("a"), .required("b"), .optional("rtol"), .optional("atol"),
        .optional("equal_nan"),
      ],
      usage: "allclose(a, b, rtol=1e-5, atol=1e-8, equal_nan=false)",
      summary: "Whether |a - b| ≤ atol + rtol·|b| everywhere.",
      examples: ["allclose(0.1 + 0.2, 0.3)"]
    ) { arguments, _ in
      let relative = arguments[2].isMissing ? 1e-5 : try arguments[2].number("rtol")
      let absolute = arguments[3].isMissing ? 1e-8 : try arguments[3].number("atol")
      let nanIsNaN = try arguments[4].flag("equal_nan", orElse: false)
      let close = try pair("allclose", arguments[0], arguments[1]) { a, b in
        if a.isNaN || b.isNaN { return nanIsNaN && a.isNaN && b.isNaN ? 1 : 0 }
        return a == b || b.isFinite && abs(a - b) <= absolute + relative * abs(b) ? 1 : 0
      }
      return .bool(try isTrueEverywhere(close))
    },
    BuiltinFunction(
      "array_equal", [.required("a"), .required("b")], usage: "array_equal(a, b)",
      summary: "Whether both have one shape and equal entries.",
      examples: ["array_equal([1, 2], [1, 2])"]
    ) { arguments, _ in
      let (a, b) = (arguments[0], arguments[1])
      guard let x = Arithmetic.operand(a), let y = Arithmetic.operand(b) else {
        return .bool(try Arithmetic.equal(a, b))
      }
      guard x.rank == y.rank, x.rows == y.rows, x.columns == y.columns else {
        return .bool(false)
      }
      return .bool(try isTrueEverywhere(Arithmetic.binary(.equal, a, b)))
    },
  ]

  private static func isTrueEverywhere(_ value: Value) throws -> Bool {
    guard case .array(let mask) = value else { return value.asNumber == 1 }
    return try Interruption.allSatisfy(mask.count) { mask.pointer[$0] != 0 }
  }

  /// The places of the entries that are not 0: those of a vector, or rows and columns of a matrix.
  private static func places(_ value: Value, _ name: String) throws -> Value {
    var x = try value.array(name)
    if case .list(let box) = value, let mask = try box.mask() { x = mask }
    let places = try x.nonzeroPlaces()
    func numbers(_ f: (Int) -> Int) throws -> Value {
      let result = NumericArray(uninitializedVector: places.count)
      try Interruption.forEachRange(of: places.count, costEach: 2) { range in
        for i in range { result.pointer[i] = Double(f(places[i])) }
      }
      return .array(result)
    }
    guard x.rank == 2 else { return try numbers { $0 } }
    return .tuple([try numbers { $0 / x.columns }, try numbers { $0 % x.columns }])
  }

  /// a where the mask is not 0, b elsewhere; all three are broadcast.
  private static func chosen(_ given: Value, _ a: Value, _ b: Value) throws -> Value {
    var mask = given
    if case .list(let box) = given, let array = try box.mask() { mask = .array(array) }
    // The shape of the result, and the mask in it.
    let whole = try pair("where", try pair("where", mask, a) { m, _ in m }, b) { m, _ in m }
    guard case .array(let places) = whole else { return whole.asNumber != 0 ? a : b }
    guard case .array(let kept) = try pair("where", whole, a, { _, x in x }),
      case .array(let others) = try pair("where", whole, b, { _, x in x })
    else { return whole }
    let result = NumericArray(uninitializedLike: places)
    try Interruption.forEachRange(of: result.count) { range in
      for i in range {
        result.pointer[i] = places.pointer[i] != 0 ? kept.pointer[i] : others.pointer[i]
      }
    }
    return .array(result)
  }

  /// A string, or a list of strings; nil for other values.
  private static func texts(_ value: Value) throws -> (all: [String], isOne: Bool)? {
    switch value {
    case .string(let box): ([box.text], true)
    case .list(let box): try box.texts().map { ($0, false) }
    default: nil
    }
  }
}

/// Search by halving.
enum Searching {
  /// How many entries of a sorted vector, nan last, come before `x`: those below it, and with
  /// `fromRight` those equal to it.
  static func place(of x: Double, in sorted: NumericArray, fromRight: Bool) -> Int {
    func precedes(_ a: Double, _ b: Double) -> Bool { a < b || b.isNaN && !a.isNaN }
    var (least, most) = (0, sorted.count)
    while least < most {
      let middle = (least + most) / 2
      let entry = sorted.pointer[middle]
      if fromRight ? !precedes(x, entry) : precedes(entry, x) {
        least = middle + 1
      } else {
        most = middle
      }
    }
    return least
  }
}
