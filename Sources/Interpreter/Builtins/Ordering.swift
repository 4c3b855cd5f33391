import LinearAlgebra

/// Sorting and counting.
extension Builtins {
  static let ordering: [BuiltinFunction] = [
    BuiltinFunction(
      "sort", [.required("x"), .optional("axis")], usage: "sort(x, axis=-1)",
      summary: "The entries of each row in rising order, nan last; of each column with axis=0.",
      examples: ["sort([3, 1, 2])", "sort([\"b\", \"a\"])"]
    ) { arguments, _ in
      if case .list(let box) = arguments[0], let texts = try box.texts() {
        return try .list(of: sorted(texts))
      }
      let (x, axis) = try lines(arguments[0], axis: arguments[1])
      return .array(
        try Lines.map(x, axis: axis, to: x.length(of: axis), isMask: x.isMask) {
          try NumberOrder.sort($0, to: $1, x.length(of: axis))
        })
    },
    BuiltinFunction(
      "argsort", [.required("x"), .optional("axis")], usage: "argsort(x, axis=-1)",
      summary: "The places of each row's entries in rising order; equal ones stay in order.",
      examples: ["argsort([3, 1, 2])"],
      result: .array
    ) { arguments, _ in
      let (x, axis) = try lines(arguments[0], axis: arguments[1])
      let length = x.length(of: axis)
      return .array(
        try Lines.map(x, axis: axis, to: length) { line, places in
          let placed = try NumberOrder.placed(line, length)
          try Interruption.forEachRange(of: length) { range in
            for i in range { places[i] = Double(placed.pointer[i].place) }
          }
        })
    },
    BuiltinFunction(
      "unique", [.required("x"), .optional("return_counts")],
      usage: "unique(x, return_counts=false)",
      summary: "The different entries in rising order, and how often each occurs where asked for.",
      examples: ["unique([2, 1, 2])", "unique([2, 1, 2], return_counts=true)"]
    ) { arguments, _ in
      let isCounted = try arguments[1].flag("return_counts", orElse: false)
      let values: Value
      let firsts: [Int]
      let total: Int
      if case .list(let box) = arguments[0], let texts = try box.texts() {
        let sorted = try sorted(texts)
        total = sorted.count
        firsts = try Places.all(below: total) { $0 == 0 || sorted[$0] != sorted[$0 - 1] }
        values = try .list(of: Interruption.map(firsts.count) { sorted[firsts[$0]] })
      } else {
        let x = try arguments[0].array("x")
        total = x.count
        try MemoryLimit.require(rows: total, columns: 1, bytesPerEntry: 8)
        let sorted = NumericArray(uninitializedVector: total, isMask: x.isMask)
        let entries = sorted.pointer
        try NumberOrder.sort(x.pointer, to: entries, total)
        firsts = try Places.all(below: total) { i in
          i == 0 || (entries[i] != entries[i - 1] && !(entries[i].isNaN && entries[i - 1].isNaN))
        }
        values = .array(try sorted.gathered(firsts.count) { firsts[$0] })
      }
      guard isCounted else { return values }
      let counts = NumericArray(uninitializedVector: firsts.count)
      try Interruption.forEachRange(of: firsts.count) { range in
        for i in range {
          counts.pointer[i] = Double((i + 1 < firsts.count ? firsts[i + 1] : total) - firsts[i])
        }
      }
      return .tuple([values, .array(counts)])
    },
    BuiltinFunction(
      "bincount", [.required("x"), .optional("minlength")], usage: "bincount(x, minlength=0)",
      summary: "How often each whole number from 0 on occurs.", examples: ["bincount([0, 2, 2])"],
      result: .array
    ) { arguments, _ in
      let x = try arguments[0].vector("x")
      let least = arguments[1].isMissing ? 0 : try arguments[1].whole("minlength", atLeast: 0)
      var largest = -1
      try Interruption.forEachRange(of: x.count, costEach: 4) { range in
        for i in range {
          largest = max(largest, try Value.number(x.pointer[i]).whole("x", atLeast: 0))
        }
      }
      let counts = try Shape([.number(Double(max(least, largest + 1)))], "bincount").array()
      try counts.pointer.fill(0, count: counts.count)
      try Interruption.forEachRange(of: x.count, costEach: 8) { range in
        for i in range { counts.pointer[Int(x.pointer[i])] += 1 }
      }
      return .array(counts)
    },
  ]

  /// The array `x` and the axis of its lines: by default the last; without one (`none`) all
  /// entries are one line.
  static func lines(
    _ x: Value, axis: Value, named name: String = "x"
  ) throws -> (NumericArray, axis: Int) {
    let array = try x.array(name)
    if axis.isMissing { return (array, array.rank - 1) }
    guard let axis = try axis.axis(rank: array.rank) else {
      return (array.reshaped(rank: 1, rows: 1, columns: array.count), 0)
    }
    return (array, axis)
  }

  /// The texts in the order of Unicode's scalars.
  private static func sorted(_ texts: [String]) throws -> [String] {
    try texts.sorted { a, b in
      try Interruption.check()
      return try Arithmetic.precedes(a, b)
    }
  }
}
