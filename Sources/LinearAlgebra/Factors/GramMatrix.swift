import CKernels

/// The weighted Gram matrix Σ_i h_i x_i x_iᵀ, D×D, of a set of rows that changes. A row leaves the
/// set when it is added again with the factor −h_i.
package final class GramMatrix: @unchecked Sendable {
  private let rows: RowAccess
  private let padded: Int
  /// Dense rows: blocks of 64 columns j, each with the entries (d, j) for d below the block's end.
  /// Sparse rows v: one block, the lower triangle in rows of one more than the raw columns; the
  /// last row has Σ h v and Σ h, which are the bias's entries, and what a shift m needs:
  /// Σ h (v − m)(v − m)ᵀ = Σ h v vᵀ − (Σ h v) mᵀ − m (Σ h v)ᵀ + (Σ h) m mᵀ.
  private var blocks: [Buffer]
  /// The rows of an `add` that was interrupted that each block has already; of sparse rows, those
  /// that the first part of the list has.
  private let done: TypedScratch<Int>
  private static let width = Int(svm_block)

  /// The zero matrix: no rows.
  ///
  /// - Throws: `MemoryRefused`.
  package init(_ rows: RowAccess) throws {
    self.rows = rows
    if case .sparse(let sparse) = rows.form {
      padded = sparse.rawColumns + 1
      try MemoryLimit.require(rows: padded, columns: padded, bytesPerEntry: 8)
      blocks = [Buffer(zeros: padded * padded)]
      done = Self.nothingDone(1)
      return
    }
    padded = rows.paddedColumns
    let (padded, width) = (padded, Self.width)
    try MemoryLimit.require(rows: padded, columns: padded, bytesPerEntry: 6)
    blocks = stride(from: 0, to: padded, by: width).map { first in
      let end = min(first + width, padded)
      return Buffer(zeros: end * (end - first))
    }
    done = Self.nothingDone(blocks.count)
  }

  private static func nothingDone(_ count: Int) -> TypedScratch<Int> {
    let done = TypedScratch<Int>(count)
    done.pointer.initialize(repeating: 0, count: count)
    return done
  }

  /// All that the next `add` depends on.
  package var state: SavedState {
    SavedState(
      "gram", ["done": (0..<blocks.count).map { Double(done.pointer[$0]) }],
      sharing: ["entries": blocks])
  }

  /// Goes on from a state.
  ///
  /// - Throws: `StateMismatch` where it is of rows of another form.
  package func restore(_ state: SavedState) throws {
    try state.require("gram")
    let entries = try state.buffers("entries", counts: blocks.map(\.count))
    for (b, count) in try state.array("done", count: blocks.count).enumerated() {
      done.pointer[b] = Int(count)
    }
    blocks = entries
  }

  /// Zeros again.
  package func reset() { blocks = blocks.map { Buffer(zeros: $0.count) } }

  /// Copies the blocks that a state shares, before they are written to.
  private func copySharedBlocks() throws {
    for b in blocks.indices where !isKnownUniquelyReferenced(&blocks[b]) {
      let copy = Buffer(uninitialized: blocks[b].count)
      try copy.pointer.copy(from: blocks[b].pointer, count: copy.count)
      blocks[b] = copy
    }
  }

  /// Adds Σ h_i x_i x_iᵀ over the listed rows, in their order. O(D²) for a dense row, O(entries²)
  /// for a sparse one.
  ///
  /// - Throws: `MemoryRefused`; `Interrupted`, and then the same `add` must be called again before
  ///   anything else is asked: it goes on where it stopped, to the same bits.
  package func add(_ list: [Int32], factors: [Double]) throws {
    if list.isEmpty { return }
    try copySharedBlocks()
    if case .sparse(let sparse) = rows.form { return try add(list, factors, sparse) }
    guard case .dense(let first, let padded) = rows.form else { return }
    let variant = Kernels.number
    let source = UncheckedSendable(first)
    let panel = 64
    let width = Self.width
    let (blocks, done) = (blocks, done)
    try Parallel.forEach(blocks.count) { b in
      // The last block is the largest.
      let block = blocks.count - 1 - b
      let from = block * width
      let end = min(from + width, padded)
      let scaled = TypedScratch<Double>(panel * width)
      let pointers = TypedScratch<UnsafePointer<Double>?>(panel)
      let out = blocks[block]
      for start in stride(from: done.pointer[block], to: list.count, by: panel) {
        done.pointer[block] = start
        try Interruption.check()
        let n = min(panel, list.count - start)
        for i in 0..<rowsWithTile(of: n) {
          let k = min(start + i, list.count - 1)
          let row = source.value + Int(list[k]) * padded
          pointers.pointer[i] = UnsafePointer(row)
          guard i < n else { continue }
          let target = scaled.pointer + i * width
          for j in from..<end { target[j - from] = factors[k] * row[j] }
        }
        let raw = UnsafeMutableRawPointer(pointers.pointer).assumingMemoryBound(
          to: UnsafeRawPointer?.self)
        Double.rankUpdate(
          variant, pointers.pointer, n, scaled.pointer, rowStride: width, classStride: 1,
          classes: end - from, columns: end, into: out.pointer, adds: true,
          ahead: RowsAhead(pointers: raw, entryBytes: 8))
      }
      done.pointer[block] = list.count
    }
    done.pointer.update(repeating: 0, count: blocks.count)
  }

  /// Long lists are cut into up to 8 blocks. Each has a sum of its own, and these are added in the
  /// order of the blocks.
  private func add(_ list: [Int32], _ factors: [Double], _ sparse: RowAccess.SparseRows) throws {
    let size = padded * padded
    let work = list.count * sparse.meanCount * sparse.meanCount
    // The count depends on the sizes alone, never on free memory: otherwise the bits would.
    let blockCount = min(max(work / (8 * size), 1), 8)
    try MemoryLimit.require(rows: blockCount - 1, columns: size, bytesPerEntry: 8)
    let sums = Buffer(zeros: (blockCount - 1) * size)
    let (out, rows, done) = (blocks[0], UncheckedSendable(sparse), done)
    try Parallel.forEach(blockCount) { b in
      let end = list.count * (b + 1) / blockCount
      if b > 0 {
        let H = sums.pointer + (b - 1) * size
        return try add(list, factors, rows.value, list.count * b / blockCount..<end, H) { _ in }
      }
      try add(list, factors, rows.value, done.pointer[0]..<end, out.pointer) {
        done.pointer[0] = $0
      }
      done.pointer[0] = end
    }
    done.pointer[0] = 0
    for b in 1..<blockCount {
      let own = sums.pointer + (b - 1) * size
      for i in 0..<size { out.pointer[i] += own[i] }
    }
  }

  /// Adds the rows of a part of the list to H; `reached` hears before each look for an interrupt
  /// which row comes next.
  private func add(
    _ list: [Int32], _ factors: [Double], _ sparse: RowAccess.SparseRows, _ part: Range<Int>,
    _ H: UnsafeMutablePointer<Double>, reached: (Int) -> Void
  ) throws {
    let (D, d) = (padded, sparse.rawColumns)
    let step = max(1 << 20 / max(sparse.meanCount * sparse.meanCount, 1), 1)
    for k in part {
      if k % step == 0 {
        reached(k)
        try Interruption.check()
      }
      let row = Int(list[k])
      let (from, end) = (sparse.starts[2 * row], sparse.starts[2 * row + 1])
      svm_sparse_outer(
        factors[k], sparse.indices + from, sparse.isUnit ? nil : sparse.values + from, end - from,
        H, D)
      guard sparse.hasBias || sparse.shift != nil else { continue }
      let bias = H + d * D
      svm_sparse_axpy(
        factors[k], sparse.indices + from, sparse.values + from, end - from, bias)
      bias[d] += factors[k]
    }
  }

  /// Writes the lower triangle of the first `count` rows and columns, with `stride` numbers from
  /// one row to the next.
  ///
  /// - Throws: `Interrupted`.
  package func write(to target: UnsafeMutablePointer<Double>, stride: Int, count: Int) throws {
    if case .sparse(let sparse) = rows.form {
      let (H, raw) = (blocks[0].pointer, sparse.rawColumns)
      for j in 0..<count {
        if j % 16 == 0 { try Interruption.check() }
        (target + j * stride).update(from: H + j * padded, count: j + 1)
        guard let m = sparse.shift else { continue }
        let (sums, total) = (H + raw * padded, H[raw * padded + raw])
        for d in 0..<min(j + 1, raw) {
          target[j * stride + d] -=
            j == raw ? total * m[d] : sums[j] * m[d] + m[j] * (sums[d] - total * m[d])
        }
      }
      return
    }
    let width = Self.width
    for (b, block) in blocks.enumerated() {
      let from = b * width
      let classes = min(from + width, padded) - from
      for j in from..<min(from + classes, count) {
        if j % 16 == 0 { try Interruption.check() }
        // Entry (d, j) with d ≤ j is entry (j, d) of the lower triangle.
        for d in 0...j {
          let start = d / width * width
          let ownWidth = min(width, from + classes - start)
          target[j * stride + d] =
            block.pointer[start * classes + (j - from) * ownWidth + d - start]
        }
      }
    }
  }
}
