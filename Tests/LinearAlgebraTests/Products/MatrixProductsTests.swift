import Testing

@testable import LinearAlgebra

/// Every way that a product is computed, and the shapes around its edges.
@Test(arguments: [1, 2, 7, 8, 13], [0, 1, 3, 31, 32, 37])
func productsAgainstTheTextbook(rows: Int, inner: Int) throws {
  for columns in [1, 2, 7, 8, 10, 17, 33, 70] {
    let A = randomMatrix(rows, inner)
    let B = randomMatrix(inner, columns, seed: 9)
    #expect(
      distance(try A.product(with: B), TextbookProducts.product(A, B)) < 1e-14 * Double(inner + 1))
  }
}

@Test func productsOfLargerMatrices() throws {
  for (rows, inner, columns) in [(90, 150, 40), (1, 700, 100), (300, 5, 300), (200, 400, 1)] {
    let A = randomMatrix(rows, inner)
    let B = randomMatrix(inner, columns, seed: 9)
    #expect(distance(try A.product(with: B), TextbookProducts.product(A, B)) < 1e-13)
  }
}

/// Entries behind the end of a row belong to the next one, and must not leak.
@Test func productsKeepRowsApart() throws {
  for (rows, columns) in [(1, 3), (1, 10), (9, 3), (9, 10)] {
    var B = randomMatrix(40, columns)
    for i in 0..<40 { B[i, 0] = .nan }
    let C = try randomMatrix(rows, 40).product(with: B)
    for i in 0..<rows {
      #expect((0..<columns).map { C[i, $0].isNaN } == (0..<columns).map { $0 == 0 })
    }
  }
}

@Test func transposes() throws {
  for (rows, columns) in [(1, 1), (3, 70), (40, 17), (0, 5)] {
    let A = randomMatrix(rows, columns)
    let T = A.transposed
    #expect(T.rows == columns && T.columns == rows)
    for i in 0..<rows { for j in 0..<columns { #expect(T[j, i] == A[i, j]) } }
    let B = randomMatrix(rows, 4, seed: 5)
    #expect(distance(try A.transposedProduct(with: B), TextbookProducts.product(T, B)) < 1e-14)
  }
}

@Test func dotProducts() {
  for n in [0, 1, 5, 16, 33, 100] {
    let a = randomMatrix(1, n).entries
    let b = randomMatrix(1, n, seed: 8).entries
    let expected = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(MatrixProducts.dot(a, b, count: n) - expected) < 1e-13)
  }
}

@Test func shapesThatDoNotFit() {
  let A = randomMatrix(2, 3)
  #expect(throws: ShapeMismatch(product: "A B", columns: 3, rows: 2)) { try A.product(with: A) }
  #expect(throws: ShapeMismatch.self) { try A.transposedProduct(with: randomMatrix(3, 3)) }
  #expect(
    ShapeMismatch(product: "A B", columns: 3, rows: 2).description
      == "A B: the left factor has 3 columns, and the right one 2 rows")
}

@Test func refusesResultsLargerThanMemory() {
  let tall = Matrix(rows: 4_000_000, columns: 1)
  let wide = Matrix(rows: 1, columns: 4_000_000)
  #expect(throws: MemoryRefused.self) { try tall.product(with: wide) }
}
