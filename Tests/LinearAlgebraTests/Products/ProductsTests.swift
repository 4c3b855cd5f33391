import Testing

@testable import LinearAlgebra

/// Bounds on rounding: sums of D terms, relative to the largest entry.
private func tolerance(_ precision: Precision) -> Double { precision == .double ? 1e-13 : 2e-5 }

/// Storages of every kind, prepared and not, with and without a bias column.
private func examples(_ rows: Int, _ columns: Int) throws -> [Features] {
  let storages: [any FeatureStorage] = [
    try randomBytes(rows, columns), try randomSingles(rows, columns),
    DoubleMatrix(randomMatrix(rows, columns)), Undense(randomMatrix(rows, columns)),
    try randomSparse(rows, columns),
  ]
  return storages.flatMap { storage in
    [
      Features(storage), Features(storage).with(Preparation(hasBias: true)),
      Features(storage).with(somePreparation(columns)),
    ]
  }
}

/// A storage whose rows are not dense in memory, of a kind that the products do not know.
private final class Undense: FeatureStorage {
  let matrix: DoubleMatrix
  init(_ matrix: Matrix) { self.matrix = DoubleMatrix(matrix) }
  var rows: Int { matrix.rows }
  var columns: Int { matrix.columns }
  var memoryBytes: Int { 0 }
  var storageName: String { "sparse" }
  var denseRows: DenseRows? { nil }
  func decode(row: Int, into target: UnsafeMutablePointer<Double>) {
    matrix.decode(row: row, into: target)
  }
  func decode(row: Int, into target: UnsafeMutablePointer<Float>) {
    matrix.decode(row: row, into: target)
  }
}

@Suite struct ProductsAgainstTheTextbook {
  /// Both products of X with random factors of K columns.
  private func check(_ X: Features, classes K: Int) throws {
    let W = randomMatrix(X.columns, K)
    let G = randomMatrix(X.rows, K, seed: 4)
    for precision in Precision.allCases {
      let scores = try Products.scores(X, W, precision: precision)
      #expect(distance(scores, TextbookProducts.scores(X, W)) < tolerance(precision))
      let gradient = try Products.gradient(X, G, precision: precision)
      #expect(distance(gradient, TextbookProducts.gradient(X, G)) < tolerance(precision))
    }
  }

  /// Ragged shapes around the sizes of tiles.
  @Test(arguments: [1, 3, 4, 5, 9], [1, 15, 16, 17, 33])
  func raggedShapes(rows: Int, columns: Int) throws {
    for X in try examples(rows, columns) {
      for K in [1, 2, 3, 4, 5, 6, 11] { try check(X, classes: K) }
    }
  }

  /// Several blocks of rows with several panels each, and several blocks of columns.
  @Test func manyRowsAndColumns() throws {
    for (rows, columns, K) in [(330, 130, 7), (70, 1300, 3), (5, 2100, 2), (700, 2, 12)] {
      let bytes = Features(try randomBytes(rows, columns))
      try check(bytes.with(somePreparation(columns)), classes: K)
    }
  }

  @Test func nothingAtAll() throws {
    let none = try Features(randomBytes(3, 4)).selecting([])
    for precision in Precision.allCases {
      let W = randomMatrix(4, 2)
      #expect(try Products.scores(none, W, precision: precision).rows == 0)
      let gradient = try Products.gradient(none, Matrix(rows: 0, columns: 2), precision: precision)
      #expect(gradient == Matrix(rows: 4, columns: 2))
      let pass = try Products.pass(none, W, precision: precision) { _, _ in }
      #expect(pass == gradient)
      let some = Features(try randomBytes(3, 4))
      let noClasses = try Products.scores(some, Matrix(rows: 4, columns: 0), precision: precision)
      #expect(noClasses.rows == 3 && noClasses.columns == 0)
      let onlyBias = Features(try ByteMatrix(rows: 3, columns: 0, [])).with(
        Preparation(hasBias: true))
      let bias = try Products.scores(
        onlyBias, Matrix(rows: 1, columns: 1, [2.5]), precision: precision)
      #expect(bias.entries == [2.5, 2.5, 2.5])
    }
  }

  /// Selections of selections, with repeats, in any order.
  @Test func viewsOfRows() throws {
    let all = Features(try randomBytes(40, 20)).with(somePreparation(20))
    let view = try all.selecting(5..<35).selecting([3, 3, 0, 29, 7]).selecting(1..<5)
    let expected = try all.selecting([8, 5, 34, 12])
    let W = randomMatrix(21, 3)
    for precision in Precision.allCases {
      let scores = try Products.scores(view, W, precision: precision)
      #expect(scores == (try Products.scores(expected, W, precision: precision)))
      #expect(distance(scores, TextbookProducts.scores(view, W)) < tolerance(precision))
    }
  }

  /// Passes over a few rows, below and above the number that has a way of its own: rows of every
  /// kind, with repeats, in wide weights as alone, and every entry handed out once.
  @Test(arguments: 1...6) func fewRows(count: Int) throws {
    let rows = [2, 0, 2, 6, 5, 1].prefix(count).map { $0 }
    for X in try examples(7, 33) {
      let view = try X.selecting(rows)
      for K in [1, 3, 10] {
        let W = randomMatrix(X.columns, K)
        let G = randomMatrix(count, K, seed: 4)
        for precision in Precision.allCases {
          let (S, seen) = (Buffer(zeros: count * K), Buffer(zeros: X.columns * K))
          func pass(_ W: Matrix, _ classes: Range<Int>) throws -> Matrix {
            let k = W.columns
            return try Products.pass(
              X, W, rows: rows, precision: precision,
              finish: { entries, sums in
                if k == K { for i in entries { seen.pointer[i] += sums[i] } }
              }
            ) { positions, scores in
              for (r, i) in positions.enumerated() {
                for (c, j) in classes.enumerated() {
                  S.pointer[i * K + j] = scores[r * k + c]
                  scores[r * k + c] = G[i, j]
                }
              }
            }
          }
          let gradient = try pass(W, 0..<K)
          #expect((0..<seen.count).allSatisfy { seen.pointer[$0] == gradient.entries[$0] })
          let scores = Matrix(rows: count, columns: K, (0..<count * K).map { S.pointer[$0] })
          #expect(distance(scores, TextbookProducts.scores(view, W)) < tolerance(precision))
          #expect(distance(gradient, TextbookProducts.gradient(view, G)) < tolerance(precision))
          let alone = try pass(columns(W, K - 1..<K), K - 1..<K)
          #expect(sameBits(alone, columns(gradient, K - 1..<K)))
          #expect((0..<count * K).allSatisfy { S.pointer[$0] == scores.entries[$0] })
        }
      }
    }
  }

  /// One pass has the bits of the two products with what is done between them.
  @Test func passIsTheTwoProducts() throws {
    let X = Features(try randomBytes(130, 300)).with(somePreparation(300))
    let W = randomMatrix(301, 4)
    let batch = (0..<150).map { $0 * 7 % 130 }
    for precision in Precision.allCases {
      for rows in [nil, batch] {
        let view = try rows.map { try X.selecting($0) } ?? X
        let pass = try Products.pass(X, W, rows: rows, precision: precision) { positions, scores in
          for i in 0..<positions.count * 4 {
            scores[i] = scores[i] > 0 ? Double(positions.lowerBound + i / 4) : -0.5
          }
        }
        let S = try Products.scores(view, W, precision: precision)
        var G = S
        for i in 0..<S.rows { for j in 0..<4 { G[i, j] = S[i, j] > 0 ? Double(i) : -0.5 } }
        #expect(sameBits(pass, try Products.gradient(view, G, precision: precision)))
      }
    }
  }

  @Test func notNumbersAndInfinitiesComeThrough() throws {
    var numbers = randomMatrix(6, 40)
    numbers[2, 17] = .nan
    numbers[4, 39] = .infinity
    let X = Features(DoubleMatrix(numbers))
    let W = Matrix(rows: 40, columns: 2, [Double](repeating: 1, count: 80))
    let G = Matrix(rows: 6, columns: 1, [Double](repeating: 1, count: 6))
    for precision in Precision.allCases {
      let S = try Products.scores(X, W, precision: precision)
      #expect((0..<6).map { S[$0, 1].isNaN } == [false, false, true, false, false, false])
      #expect(S[4, 0] == .infinity && S[3, 0].isFinite && S[5, 1].isFinite)
      let gradient = try Products.gradient(X, G, precision: precision)
      #expect((0..<40).filter { gradient[$0, 0].isNaN } == [17])
      #expect((0..<40).filter { gradient[$0, 0] == .infinity } == [39])
    }
  }

  @Test func errorsAndWishesToStop() throws {
    struct Planted: Error {}
    let X = Features(try randomBytes(200, 200))
    #expect(throws: ShapeMismatch(product: "X W", columns: 200, rows: 7)) {
      try Products.scores(X, randomMatrix(7, 2), precision: .double)
    }
    #expect(throws: ShapeMismatch.self) {
      try Products.gradient(X, randomMatrix(7, 2), precision: .double)
    }
    #expect(throws: Planted.self) {
      try Products.pass(X, randomMatrix(200, 2), precision: .single) { _, _ in throw Planted() }
    }
  }
}

/// Bytes prepared inside of the product give what doubles give that were prepared before.
@Test func preparationInsideIsPreparationBefore() throws {
  let columns = 75
  let inside = Features(try randomBytes(30, columns)).with(somePreparation(columns))
  let before = Features(DoubleMatrix(try inside.matrix()))
  let W = randomMatrix(columns + 1, 5)
  let G = randomMatrix(30, 5)
  let scores = try Products.scores(inside, W, precision: .double)
  #expect(distance(scores, try Products.scores(before, W, precision: .double)) < 1e-14)
  let gradient = try Products.gradient(inside, G, precision: .double)
  #expect(distance(gradient, try Products.gradient(before, G, precision: .double)) < 1e-14)
}

extension SharedSettings {
  /// Slopes that depend on the score alone.
  private static let steps: @Sendable (Int) -> Products.Body = { K in
    { positions, scores in
      for i in 0..<positions.count * K { scores[i] = scores[i] > 0 ? scores[i] : -0.25 }
    }
  }

  @Test(arguments: Precision.allCases) func sameBitsForAnyThreads(precision: Precision) throws {
    let X = Features(try randomBytes(230, 150)).with(somePreparation(150))
    let W = randomMatrix(151, 6)
    let results = try [1, 2, 3].map { threads in
      try withThreads(threads) {
        try Products.pass(X, W, precision: precision, body: Self.steps(6))
      }
    }
    #expect(sameBits(results[0], results[1]) && sameBits(results[0], results[2]))
    let products = try [1, 2].map { threads in
      try withThreads(threads) { try randomMatrix(70, 90).product(with: randomMatrix(90, 33)) }
    }
    #expect(sameBits(products[0], products[1]))
  }

  /// A class alone has the bits that it has beside others; a row alone those that it has in a
  /// panel.
  @Test(arguments: Kernels.variants) func sameBitsAlone(variant: String) throws {
    let before = Kernels.variant
    Kernels.variant = variant
    defer { Kernels.variant = before }
    #expect(Kernels.variant == variant)
    let K = 12
    let X = Features(try randomBytes(110, 1100)).with(somePreparation(1100))
    let W = randomMatrix(1101, K)
    for precision in Precision.allCases {
      let all = try Products.scores(X, W, precision: precision)
      let pass = try Products.pass(X, W, precision: precision, body: Self.steps(K))
      for range in [0..<1, 3..<5, 4..<7, 6..<10, 7..<12] {
        let own = columns(W, range)
        let alone = try Products.scores(X, own, precision: precision)
        #expect(sameBits(alone, columns(all, range)))
        let passAlone = try Products.pass(
          X, own, precision: precision, body: Self.steps(range.count))
        #expect(sameBits(passAlone, columns(pass, range)))
      }
      for i in [0, 3, 57, 109] {
        let row = try Products.scores(X.selecting([i]), W, precision: precision)
        #expect((0..<K).allSatisfy { row[0, $0].bitPattern == all[i, $0].bitPattern })
      }
    }
  }

  @Test(arguments: Kernels.variants) func variantsDifferByRounding(variant: String) throws {
    let before = Kernels.variant
    defer { Kernels.variant = before }
    for (rows, inner, K) in [(9, 50, 7), (33, 130, 1), (4, 17, 16)] {
      Kernels.variant = variant
      for X in try examples(rows, inner) {
        let W = randomMatrix(X.columns, K)
        for precision in Precision.allCases {
          let pass = try Products.pass(X, W, precision: precision, body: Self.steps(K))
          var G = TextbookProducts.scores(X, W)
          for i in 0..<rows { for j in 0..<K where !(G[i, j] > 0) { G[i, j] = -0.25 } }
          #expect(
            distance(pass, TextbookProducts.gradient(X, G)) < 3 * tolerance(precision))
        }
      }
      let A = randomMatrix(rows, inner)
      let B = randomMatrix(inner, K)
      #expect(distance(try A.product(with: B), TextbookProducts.product(A, B)) < 1e-13)
    }
  }

  /// The portable sums, in the order that they are defined by: lanes of 32 bytes, halves on halves.
  @Test func portableOrderOfSums() throws {
    let before = Kernels.variant
    Kernels.variant = "portable"
    defer { Kernels.variant = before }
    let X = Features(DoubleMatrix(randomMatrix(3, 37)))
    let W = randomMatrix(37, 2)
    let scores = try Products.scores(X, W, precision: .double)
    for i in 0..<3 {
      for j in 0..<2 {
        var lane = [0.0, 0, 0, 0]
        for d in 0..<37 { lane[d % 4] += X.row(i)[d] * W[d, j] }
        let expected = (lane[0] + lane[2]) + (lane[1] + lane[3])
        #expect(scores[i, j].bitPattern == expected.bitPattern)
      }
    }
  }

  @Test func interruptionStopsAPass() throws {
    let X = Features(try randomBytes(200, 200))
    Interruption.request()
    defer { Interruption.clear() }
    #expect(throws: Interrupted.self) {
      try Products.scores(X, randomMatrix(200, 2), precision: .double)
    }
  }

  @Test func unknownVariantsChangeNothing() {
    let before = Kernels.variant
    Kernels.variant = "abacus"
    #expect(Kernels.variant == before)
    #expect(Kernels.variants.starts(with: ["auto", "portable"]))
    #expect(Kernels.variants.contains(Kernels.inForce))
  }
}
