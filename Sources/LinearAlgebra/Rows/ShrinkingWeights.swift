import CKernels

/// Weights D×K that are shrunk as a whole at every step while few of their rows change: W = aV, so
/// that shrinking is one multiplication, and a step costs what its sparse rows have entries.
///
/// A step for a batch of rows goes over blocks of the columns on all cores, each with the rows in
/// their order: every weight has the same bits as after one row after the other.
///
/// ‖W‖² is kept up to date beside, and computed anew now and then, so that its rounding does not
/// add up.
package final class ShrinkingWeights: @unchecked Sendable {
  private let sparse: RowAccess.SparseRows
  private let rows: RowAccess
  /// K.
  package let classes: Int
  /// Whether the bias row neither shrinks nor counts in the norm.
  private let sparesBias: Bool
  /// V: K numbers for each raw column, then for the bias, which is W's where it is spared.
  private let values: Buffer
  private var scale = 1.0
  private var squares = 0.0
  private var changes = 0

  /// Zeros; nil where the rows are dense, or shifted, so that every step changes all weights.
  ///
  /// - Throws: `MemoryRefused`.
  package init?(_ rows: RowAccess, classes: Int, sparesBias: Bool) throws {
    guard case .sparse(let sparse) = rows.form, sparse.shift == nil else { return nil }
    self.sparse = sparse
    self.rows = rows
    self.classes = classes
    self.sparesBias = sparesBias
    try MemoryLimit.require(rows: sparse.rawColumns + 1, columns: classes, bytesPerEntry: 8)
    values = Buffer(zeros: (sparse.rawColumns + 1) * classes)
  }

  /// How many numbers of V shrink; they come first.
  private var shrinkingCount: Int {
    sparesBias ? sparse.rawColumns * classes : values.count
  }

  /// V, a, ‖V‖² and the changes since it was computed: what going on to the same bits needs.
  package var state: SavedState {
    SavedState(
      Self.stateKind,
      [
        "values": values.array, "scale": [scale], "squares": [squares],
        "changes": [Double(changes)],
      ])
  }

  /// What `state` is called.
  package static let stateKind = "shrinking weights"

  /// Takes weights over from a state.
  ///
  /// - Throws: `StateMismatch` where it is of other columns or classes.
  package func restore(_ state: SavedState) throws {
    try state.require(Self.stateKind)
    values.fill(try state.array("values", count: values.count))
    scale = try state.number("scale")
    squares = try state.number("squares")
    changes = try state.count("changes")
  }

  /// Takes over W, row by row.
  package func read(from source: UnsafePointer<Double>) {
    values.pointer.update(from: source, count: rows.columns * classes)
    scale = 1
    sumSquares()
  }

  /// Writes W, row by row.
  package func write(to target: UnsafeMutablePointer<Double>) {
    let count = rows.columns * classes
    for i in 0..<min(count, shrinkingCount) { target[i] = scale * values.pointer[i] }
    if count > shrinkingCount {
      for i in shrinkingCount..<count { target[i] = values.pointer[i] }
    }
  }

  /// Entries of a row, on average.
  package var meanEntries: Int { rows.meanEntries }

  /// ‖W‖², without a spared bias.
  package var squaredNorm: Double { scale * scale * squares }

  /// Wᵀx_i, K numbers.
  package func scores(_ i: Int, into s: UnsafeMutablePointer<Double>) {
    let from = sparse.starts[2 * i]
    let count = sparse.starts[2 * i + 1] - from
    if classes == 1 {
      s[0] = svm_sparse_dot(sparse.indices + from, sparse.values + from, count, values.pointer)
    } else {
      for j in 0..<classes { s[j] = 0 }
      svm_sparse_scores(
        sparse.indices + from, sparse.values + from, count, values.pointer, classes, s)
    }
    let bias = values.pointer + sparse.rawColumns * classes
    for j in 0..<classes {
      s[j] *= scale
      if sparse.hasBias { s[j] += sparesBias ? bias[j] : scale * bias[j] }
    }
  }

  /// W ← factor · W.
  package func shrink(by factor: Double) {
    scale *= factor
    changes += 1
    if factor == 0 || abs(scale) < 1e-100 || abs(scale) > 1e100 {
      for i in 0..<shrinkingCount { values.pointer[i] *= scale }
      scale = 1
      sumSquares()
    } else if changes >= 1000 {
      sumSquares()
    }
  }

  /// W ← W + Σ x_i f_iᵀ, with K numbers f for each row of a batch.
  package func add(_ batch: [Int], _ factors: UnsafePointer<Double>) {
    let entries = batch.reduce(0) { $0 + sparse.starts[2 * $1 + 1] - sparse.starts[2 * $1] }
    if entries * classes < Self.leastWork {
      squares = max(squares + add(batch, factors, columns: nil), 0)
    } else {
      let changes = Buffer(zeros: ColumnBlocks.count)
      let shared = UncheckedSendable(factors)
      Parallel.forEach(ColumnBlocks.count) { block in
        changes.pointer[block] = add(batch, shared.value, columns: sparse.columnBlocks[block])
      }
      squares = max((0..<ColumnBlocks.count).reduce(squares) { $0 + changes.pointer[$1] }, 0)
    }
    guard sparse.hasBias else { return }
    let bias = values.pointer + sparse.rawColumns * classes
    var change = 0.0
    for r in 0..<batch.count {
      let f = factors + r * classes
      for j in 0..<classes {
        let step = sparesBias ? f[j] : f[j] / scale
        if !sparesBias { change += step * (2 * bias[j] + step) }
        bias[j] += step
      }
    }
    squares = max(squares + change, 0)
  }

  /// Products of entries and classes that are worth a second core.
  private static let leastWork = 1 << 15

  /// The rows' entries in some of the raw columns, or all; what that adds to ‖V‖².
  private func add(
    _ batch: [Int], _ factors: UnsafePointer<Double>, columns: Range<Int32>?
  ) -> Double {
    let whole = classes / 4 * 4
    let inverse = 1 / scale
    var (lanes, change) = (SIMDLanes.zero, 0.0)
    for (r, i) in batch.enumerated() {
      let f = factors + r * classes
      let (from, end) = (sparse.starts[2 * i], sparse.starts[2 * i + 1])
      let own =
        columns.map { ColumnBlocks.places(of: $0, in: sparse.indices, from: from, to: end) }
        ?? from..<end
      for k in own {
        let x = sparse.values[k] * inverse
        let place = values.pointer + Int(sparse.indices[k]) * classes
        for j in stride(from: 0, to: whole, by: 4) {
          let (step, old) = (x * SIMDLanes(at: f + j), SIMDLanes(at: place + j))
          lanes += step * (2 * old + step)
          (old + step).store(at: place + j)
        }
        for j in whole..<classes {
          let step = x * f[j]
          change += step * (2 * place[j] + step)
          place[j] += step
        }
      }
    }
    return lanes.sum() + change
  }

  private func sumSquares() {
    var sum = 0.0
    for i in 0..<shrinkingCount { sum += values.pointer[i] * values.pointer[i] }
    squares = sum
    changes = 0
  }
}
