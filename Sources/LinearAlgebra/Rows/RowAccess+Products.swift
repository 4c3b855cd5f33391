import CKernels

/// Products of all rows with one vector, for methods that also need single rows. The shift m of
/// sparse rows enters by algebra: (V − 1mᵀ)w = Vw − m·w, (V − 1mᵀ)ᵀa = Vᵀa − mΣa.
extension RowAccess {
  /// Length of a vector in these products: D, padded with zeros for dense rows.
  package var paddedColumns: Int {
    if case .dense(_, let padded) = form { return padded }
    return columns
  }

  /// out ← X w, N numbers, with w of `paddedColumns`.
  ///
  /// - Throws: `Interrupted`; `out` is then partly written.
  package func multiply(_ w: Buffer, into out: Buffer) throws {
    let variant = Kernels.number
    guard case .dense(let first, let padded) = form else { return try multiplySparse(w, into: out) }
    let rows = UncheckedSendable(first)
    try Parallel.forEachBlock(of: count, costEach: padded) { block in
      try Interruption.check()
      svm_matrix_vector(
        variant, rows.value + block.lowerBound * padded, block.count, padded, w.pointer,
        out.pointer + block.lowerBound)
    }
  }

  /// out ← Xᵀ a, `paddedColumns` numbers, in blocks of rows that are added in their order.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`; `out` is then as before.
  package func multiplyTransposed(_ a: Buffer, into out: Buffer) throws {
    guard case .dense(let first, let padded) = form else {
      return try multiplySparseTransposed(a, into: out)
    }
    let variant = Kernels.number
    let rows = UncheckedSendable(first)
    let blocks = max(1, min(32, count / 512))
    let sums = Buffer(zeros: blocks * padded)
    let count = count
    try Parallel.forEach(blocks) { b in
      let own = sums.pointer + b * padded
      let panel = TypedScratch<Double>(padded)
      let end = count * (b + 1) / blocks
      for from in stride(from: count * b / blocks, to: end, by: 64) {
        try Interruption.check()
        let n = min(64, end - from)
        svm_vector_matrix(
          variant, a.pointer + from, n, rows.value + from * padded, padded, padded,
          panel.pointer)
        for d in 0..<padded { own[d] += panel.pointer[d] }
      }
    }
    for d in 0..<padded {
      var sum = 0.0
      for b in 0..<blocks { sum += sums.pointer[b * padded + d] }
      out.pointer[d] = sum
    }
  }

  private func multiplySparse(_ w: Buffer, into out: Buffer) throws {
    guard case .sparse(let sparse) = form else { return }
    let rows = UncheckedSendable(sparse)
    var constant = sparse.hasBias ? w.pointer[sparse.rawColumns] : 0
    if let shift = sparse.shift {
      for d in 0..<sparse.rawColumns { constant -= shift[d] * w.pointer[d] }
    }
    let added = constant
    try Parallel.forEachBlock(of: count, costEach: 2 * sparse.meanCount + 8) { block in
      try Interruption.check()
      let sparse = rows.value
      for i in block {
        let from = sparse.starts[2 * i]
        out.pointer[i] =
          svm_sparse_dot(
            sparse.indices + from, sparse.values + from, sparse.starts[2 * i + 1] - from, w.pointer)
          + added
      }
    }
  }

  private func multiplySparseTransposed(_ a: Buffer, into out: Buffer) throws {
    guard case .sparse(let sparse) = form else { return }
    let rows = UncheckedSendable(sparse)
    let (count, columns) = (count, columns)
    let blocks = max(1, min(16, count / 2048, count * sparse.meanCount / max(columns, 1)))
    try MemoryLimit.require(rows: blocks, columns: columns, bytesPerEntry: 8)
    let sums = Buffer(zeros: blocks * columns)
    try Parallel.forEach(blocks) { b in
      let sparse = rows.value
      let own = sums.pointer + b * columns
      let first = count * b / blocks
      let cost = 2 * sparse.meanCount + 8
      try Interruption.forEachRange(of: count * (b + 1) / blocks - first, costEach: cost) { range in
        for i in first + range.lowerBound..<first + range.upperBound where a.pointer[i] != 0 {
          let from = sparse.starts[2 * i]
          svm_sparse_axpy(
            a.pointer[i], sparse.indices + from, sparse.values + from,
            sparse.starts[2 * i + 1] - from, own)
          if sparse.hasBias { own[sparse.rawColumns] += a.pointer[i] }
        }
      }
    }
    for d in 0..<columns {
      var sum = 0.0
      for b in 0..<blocks { sum += sums.pointer[b * columns + d] }
      out.pointer[d] = sum
    }
    guard let shift = sparse.shift else { return }
    var total = 0.0
    for i in 0..<count { total += a.pointer[i] }
    for d in 0..<sparse.rawColumns { out.pointer[d] -= shift[d] * total }
  }
}
