import LinearAlgebra
import Text

/// Linear algebra: products, systems of equations, and factorizations by LAPACK.
extension Builtins {
  static let matrices: [BuiltinFunction] = [
    BuiltinFunction(
      "dot", [.required("a"), .required("b")], usage: "dot(a, b)",
      summary: "The matrix product, as `a @ b`.", examples: ["dot([1, 2], [3, 4])"]
    ) { arguments, _ in
      if arguments[0].asNumber != nil || arguments[1].asNumber != nil {
        return try Arithmetic.binary(.multiply, arguments[0], arguments[1])
      }
      return try Arithmetic.binary(.matrixProduct, arguments[0], arguments[1])
    },
    BuiltinFunction(
      "matmul", [.required("a"), .required("b")], usage: "matmul(a, b)",
      summary: "The matrix product, as `a @ b`.", examples: ["matmul([[1, 2], [3, 4]], [1, 1])"]
    ) { arguments, _ in try Arithmetic.binary(.matrixProduct, arguments[0], arguments[1]) },
    BuiltinFunction(
      "outer", [.required("a"), .required("b")], usage: "outer(a, b)",
      summary: "The products of each entry of a with each entry of b.",
      examples: ["outer([1, 2], [3, 4, 5])"],
      result: .array
    ) { arguments, _ in
      let a = try arguments[0].array("a")
      let b = try arguments[1].array("b")
      return .array(
        try Broadcasting.map(
          BroadcastOperand(a.reshaped(rank: 2, rows: a.count, columns: 1)),
          BroadcastOperand(b.reshaped(rank: 1, rows: 1, columns: b.count)), sign: "outer",
          isMask: false
        ) { $0 * $1 })
    },
    BuiltinFunction(
      "trace", [.required("A")], usage: "trace(A)", summary: "The sum of the diagonal.",
      examples: ["trace([[1, 2], [3, 4]])"]
    ) { arguments, _ in
      let entries = try diagonal(of: matrix(arguments[0], "trace"), 0)
      return .number(try ArrayReduction.sum(entries.pointer, entries.count))
    },
    BuiltinFunction(
      "solve", [.required("A"), .required("b")], usage: "solve(A, b)",
      summary: "The x with A @ x = b, for a square A.",
      examples: ["solve([[2, 0], [0, 4]], [1, 1])"],
      result: .array
    ) { arguments, _ in
      let a = try square(arguments[0], "solve")
      let b = try rightSide(arguments[1], rows: a.rows, "solve")
      return .array(try LAPACK.solution(a.matrix, column(b)).shaped(as: b))
    },
    BuiltinFunction(
      "inv", [.required("A")], usage: "inv(A)", summary: "The inverse of a square matrix.",
      examples: ["inv([[2, 0], [0, 4]])"],
      result: .array
    ) { arguments, _ in
      .array(NumericArray(try LAPACK.inverse(square(arguments[0], "inv").matrix)))
    },
    BuiltinFunction(
      "det", [.required("A")], usage: "det(A)", summary: "The determinant of a square matrix.",
      examples: ["det([[1, 2], [3, 4]])"]
    ) { arguments, _ in
      .number(try LAPACK.determinant(square(arguments[0], "det").matrix))
    },
    BuiltinFunction(
      "lstsq", [.required("A"), .required("b")], usage: "lstsq(A, b)",
      summary: "The x of least norm with least ‖A @ x - b‖.",
      examples: ["lstsq([[1, 0], [1, 1], [1, 2]], [1, 3, 5])"],
      result: .array
    ) { arguments, _ in
      let a = try finite(matrix(arguments[0], "lstsq"), "A")
      let b = try finite(rightSide(arguments[1], rows: a.rows, "lstsq"), "b")
      return .array(try LAPACK.leastSquares(a.matrix, column(b)).shaped(as: b))
    },
    BuiltinFunction(
      "svd", [.required("A"), .optional("full_matrices"), .optional("compute_uv")],
      usage: "svd(A, full_matrices=true, compute_uv=true)",
      summary: "U, s and Vt with A = U[:, range(len(s))] * s @ Vt[range(len(s))], s falling.",
      examples: ["U, s, Vt = svd([[3, 0], [0, 4]])", "svd([[3, 0], [0, 4]], compute_uv=false)"]
    ) { arguments, _ in
      let a = try finite(matrix(arguments[0], "svd"), "A")
      let isFull = try arguments[1].flag("full_matrices", orElse: true)
      let hasVectors = try arguments[2].flag("compute_uv", orElse: true)
      do {
        let (u, s, vt) = try LAPACK.singularValues(
          a.matrix, vectors: !hasVectors ? .none : isFull ? .all : .reduced)
        let values = Value.array(
          NumericArray(rank: 1, rows: 1, columns: s.count, buffer: s))
        guard hasVectors else { return values }
        return .tuple([.array(NumericArray(u)), values, .array(NumericArray(vt))])
      } catch let refused as MemoryRefused where isFull && hasVectors {
        throw Failure(refused.message, help: "`svd(A, full_matrices=false)` needs less")
      }
    },
    BuiltinFunction(
      "eigh", [.required("A")], usage: "eigh(A)",
      summary: "The eigenvalues of a symmetric matrix, rising, and its eigenvectors as columns.",
      examples: ["w, V = eigh([[2, 1], [1, 2]])"]
    ) { arguments, _ in
      let a = try finite(square(arguments[0], "eigh"), "A")
      try requireSymmetry(a)
      let (w, v) = try LAPACK.eigenvalues(a.matrix)
      return .tuple([
        .array(NumericArray(rank: 1, rows: 1, columns: w.count, buffer: w)),
        .array(NumericArray(v)),
      ])
    },
    BuiltinFunction(
      "matrix_rank", [.required("A")], usage: "matrix_rank(A)",
      summary: "How many singular values are not 0, but for rounding.",
      examples: ["matrix_rank([[1, 2], [2, 4]])"]
    ) { arguments, _ in
      let given = try arguments[0].array("A")
      if given.rank == 1 {
        let isZero = try Interruption.allSatisfy(given.count) { given.pointer[$0] == 0 }
        return .number(isZero ? 0 : 1)
      }
      let a = try finite(given, "A")
      let (_, s, _) = try LAPACK.singularValues(a.matrix, vectors: .none)
      let least = s.count > 0 ? s.pointer[0] * Double(max(a.rows, a.columns)) * .ulpOfOne : 0
      return .number(Double(s.array.filter { $0 > least }.count))
    },
  ]

  private static func matrix(_ value: Value, _ function: String) throws -> NumericArray {
    guard case .array(let array) = value, array.rank == 2 else {
      throw Failure("'\(function)' needs a matrix, not \(article(value.typeAndShape))")
    }
    return array
  }

  private static func square(_ value: Value, _ function: String) throws -> NumericArray {
    let array = try matrix(value, function)
    guard array.rows == array.columns else {
      throw Failure(
        "'\(function)' needs a square matrix, not \(array.rows)×\(array.columns)",
        help: function == "solve" ? "`lstsq(A, b)` gives the x of least squares" : nil)
    }
    return array
  }

  /// The right side of A x = b.
  private static func rightSide(
    _ value: Value, rows: Int, _ function: String
  ) throws -> NumericArray {
    let b = try value.array("b")
    guard (b.rank == 1 ? b.count : b.rows) == rows else {
      throw Failure(
        "'b' of '\(function)' must have an entry or a row for each of the \(rows) rows of A, "
          + "not \(article(value.typeAndShape))")
    }
    return b
  }

  /// A vector as one column.
  private static func column(_ b: NumericArray) throws -> Matrix {
    try (b.rank == 1 ? b.reshaped(rank: 2, rows: b.count, columns: 1) : b).matrix
  }

  private static func finite(_ a: NumericArray, _ name: String) throws -> NumericArray {
    let areFinite = try Interruption.allSatisfy(a.count) { a.pointer[$0].isFinite }
    if areFinite { return a }
    for i in 0..<a.count where !a.pointer[i].isFinite {
      let place = a.rank == 1 ? "\(i)" : "\(i / a.columns), \(i % a.columns)"
      throw Failure(
        "'\(name)' must be finite, but \(name)[\(place)] is "
          + NumberText.shortest(a.pointer[i]))
    }
    return a
  }

  /// Refuses a matrix of which LAPACK would silently ignore a half.
  private static func requireSymmetry(_ a: NumericArray) throws {
    let n = a.rows
    let line = Line(a.pointer, a.count, 1)
    let largest = a.count == 0 ? 0 : try line.extreme("eigh") { abs($0) > abs($1) }.value
    var difference = 0.0
    try Interruption.forEachRange(of: n, costEach: 2 * n) { rows in
      for i in rows {
        for j in 0..<i {
          difference = max(difference, abs(a.pointer[i * n + j] - a.pointer[j * n + i]))
        }
      }
    }
    guard difference <= 1e-8 * abs(largest) else {
      throw Failure(
        "'eigh' needs a symmetric matrix, but A and A.T differ by up to "
          + NumberText.short(difference, digits: 3),
        help: "`eigh((A + A.T) / 2)` is of its symmetric part")
    }
  }
}

extension Matrix {
  /// A solution in the shape of its right side: a vector for a vector.
  fileprivate func shaped(as b: NumericArray) -> NumericArray {
    let array = NumericArray(self)
    return b.rank == 1 ? array.reshaped(rank: 1, rows: 1, columns: rows) : array
  }
}

extension LAPACKError: DescribedError {
  /// What is wrong with the matrix, or the machine.
  public var message: String {
    switch self {
    case .missing: "the library of linear algebra, LAPACK, is not on this machine"
    case .singular: "the matrix is singular: its rows depend on one another"
    case .notConverged: "the decomposition does not converge"
    case .tooLarge: "the matrix is too large for this: 16 000 rows and columns are the most"
    case .noMemory: "memory ran short in the decomposition"
    }
  }
  /// Another function, or a package.
  public var help: String? {
    switch self {
    case .missing: "install it: Debian's package is `liblapacke`"
    case .singular: "`lstsq(A, b)` gives the x of least squares; `matrix_rank(A)` counts"
    case .notConverged, .tooLarge, .noMemory: nil
    }
  }
}
