import LinearAlgebra

/// The narrowest dense form that holds all included numbers exactly: bytes where all are integers
/// from 0 to 255, singles where none loses a digit, else doubles.
struct NarrowestForm: Sendable {
  /// Whether all are integers from 0 to 255.
  private(set) var areBytes = true
  /// Whether all are singles; true for bytes, too.
  private(set) var areSingles = true

  /// Bytes of an entry.
  var entryBytes: Int { areBytes ? 1 : areSingles ? 4 : 8 }

  /// The form of nothing.
  init() {}

  /// The form of some numbers.
  init(of values: UnsafePointer<Double>, count: Int) {
    include(UnsafeBufferPointer(start: values, count: count))
  }

  /// Includes further numbers.
  mutating func include(_ values: UnsafeBufferPointer<Double>) {
    if areBytes { areBytes = values.areBytes }
    if !areBytes && areSingles { areSingles = values.areSingles }
  }

  /// Includes the numbers of another form.
  mutating func include(_ other: NarrowestForm) {
    areBytes = areBytes && other.areBytes
    areSingles = areSingles && other.areSingles
  }

  /// A matrix in this form, which must have included all of its entries.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  func features(_ matrix: Matrix) throws -> Features {
    let (rows, columns) = (matrix.rows, matrix.columns)
    if areBytes {
      return Features(
        try ByteMatrix(rows: rows, columns: columns) { target in
          nonisolated(unsafe) let target = target
          try Parallel.forEachBlock(of: rows, costEach: columns) { block in
            try Interruption.check()
            matrix.withEntries { source in
              for i in block.lowerBound * columns..<block.upperBound * columns {
                target[i] = UInt8(source[i])
              }
            }
          }
        })
    }
    guard areSingles else { return Features(DoubleMatrix(matrix)) }
    return Features(
      try SingleMatrix(rows: rows, columns: columns) { i, row in
        if i % 256 == 0 { try Interruption.check() }
        matrix.withEntries { source in
          for j in 0..<columns { row[j] = Float(source[i * columns + j]) }
        }
      })
  }
}
