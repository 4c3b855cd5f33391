import CKernels

/// Weights W, D×K, that shrink as a whole at every step while few of their rows change. They are
/// stored as W = aV, so that shrinking is one multiplication, and a step costs O(entries of its
/// rows · K).
///
/// A step for a batch runs over column blocks on all cores, with the rows of the batch in order in
/// each. So every weight has the same bits as after one row after the other.
///
/// ‖W‖² is updated along with W, and computed anew every 1000 shrinks, so that rounding errors do
/// not accumulate.
package final class ShrinkingWeights: @unchecked Sendable {
  private let sparse: RowAccess.SparseRows
  private let rows: RowAccess
  /// K, the number of columns of W.
  package let classes: Int
  /// Whether the bias row neither shrinks nor counts in the norm.
  private let sparesBias: Bool
  /// V: (raw columns + 1) × K numbers, row by row. The last row is the bias, which is not scaled by
  /// a where it is spared.
  private let values: Buffer
  private var scale = 1.0
  private var squares = 0.0
  private var changes = 0

  /// W = 0; nil where the rows are dense or shifted, so that every step changes all weights.
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

  /// The number of entries of V that shrink; these come first.
  private var shrinkingCount: Int {
    sparesBias ? sparse.rawColumns * classes : values.count
  }

  /// V, a, ‖V‖² and the shrinks since it was computed: all that the bits of the next step depend
  /// on.
  package var state: SavedState {
    SavedState(
      Self.stateKind,
      [
        "values": values.array, "scale": [scale], "squares": [squares],
        "changes": [Double(changes)],
      ])
  }

  /// The kind of `state`.
  package static let stateKind = "shrinking weights"

  /// Sets W to what `state` held.
  ///
  /// - Throws: `StateMismatch` where the numbers of columns or classes differ.
  package func restore(_ state: SavedState) throws {
    try state.require(Self.stateKind)
    values.fill(try state.array("values", count: values.count))
    scale = try state.number("scale")
    squares = try state.number("squares")
    changes = try state.count("changes")
  }

  /// Sets W from D×K numbers, row by row.
  package func read(from source: UnsafePointer<Double>) {
    values.pointer.update(from: source, count: rows.columns * classes)
    scale = 1
    sumSquares()
  }

  /// Writes W as D×K numbers, row by row.
  package func write(to target: UnsafeMutablePointer<Double>) {
    let count = rows.columns * classes
    for i in 0..<min(count, shrinkingCount) { target[i] = scale * values.pointer[i] }
    if count > shrinkingCount {
      for i in shrinkingCount..<count { target[i] = values.pointer[i] }
    }
  }

  /// Average number of entries of a row, rounded down.
  package var meanEntries: Int { rows.meanEntries }

  /// ‖W‖², without a spared bias.
  package var squaredNorm: Double { scale * scale * squares }

  /// s ← Wᵀx_i, K numbers.
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

  /// W ← W + Σ x_i f_iᵀ over a batch, where `factors` has K numbers f_i for each row.
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

  /// The least number of entries times classes that is worth a second core.
  private static let leastWork = 1 << 15

  /// Adds the entries of the batch in some raw columns, or in all.
  ///
  /// - Returns: the change of ‖V‖².
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
