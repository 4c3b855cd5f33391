import CKernels

/// The products of sparse rows, always in double. Centering does not fill in the zeros:
///
///     X′W = X (σ∘W) − 1 (μ∘σ)ᵀW + 1 b        b: the bias row of W
///     X′ᵀG = σ∘(XᵀG − μ 1ᵀG)                 bias row: 1ᵀG
///
/// A score is summed over the entries of its row in order. An entry of XᵀG is summed over the rows
/// in order, block of columns by block of columns. So the bits are the same for any number of
/// threads, and whatever other classes W has. A block of the result stays in a core's cache. Beside
/// the result, nothing of the size of W is allocated but σ∘W, where columns are scaled. Where |μ|σ
/// is large against the prepared values, digits cancel: `Features.cancelingColumn` finds such
/// columns.
struct SparsePass: Sendable {
  private let matrix: SparseMatrix
  private let features: Features
  private let positions: [Int]?
  private let count: Int
  private let classes: Int
  /// Rows whose scores become slopes in one go.
  private static let panel = 128

  /// Slopes that are stored at once: 32 MB by default.
  private let slopesAtOnce: Int

  /// The rows of `features`, or only the ones that `positions` lists; nil where they are not
  /// sparse.
  init?(
    _ features: Features, _ positions: [Int]?, classes: Int, slopesAtOnce: Int = 1 << 22
  ) {
    self.slopesAtOnce = slopesAtOnce
    guard let matrix = features.storage as? SparseMatrix else { return nil }
    self.matrix = matrix
    self.features = features
    self.positions = positions
    self.classes = classes
    count = positions?.count ?? features.rows
  }

  private func storageRow(_ position: Int) -> Int {
    features.storageRow(positions?[position] ?? position)
  }

  /// σ∘W, and the constant part of every score: b − (μ∘σ)ᵀW.
  private struct Packed: @unchecked Sendable {
    let weights: UnsafePointer<Double>
    let offsets: [Double]
    let owners: [AnyObject]
  }

  private func pack(_ W: Matrix) throws -> Packed {
    let preparation = features.preparation
    let d = matrix.columns
    var offsets = [Double](repeating: 0, count: classes)
    var buffer = W.buffer
    if let scale = preparation.scale {
      try MemoryLimit.require(rows: d, columns: classes, bytesPerEntry: 8)
      buffer = Buffer(uninitialized: d * classes)
      for i in 0..<d {
        for j in 0..<classes {
          buffer.pointer[i * classes + j] = scale[i] * W.buffer.pointer[i * classes + j]
        }
      }
    }
    if let mean = preparation.mean {
      for i in 0..<d where mean[i] != 0 {
        for j in 0..<classes { offsets[j] -= mean[i] * buffer.pointer[i * classes + j] }
      }
    }
    if preparation.hasBias {
      for j in 0..<classes { offsets[j] += W.buffer.pointer[d * classes + j] }
    }
    return Packed(weights: UnsafePointer(buffer.pointer), offsets: offsets, owners: [buffer])
  }

  /// The scores of a range of positions, row by row.
  private func scores(
    _ range: Range<Int>, _ packed: Packed, into target: UnsafeMutablePointer<Double>
  ) {
    for (r, position) in range.enumerated() {
      let row = storageRow(position)
      let indices = matrix.indices(ofRow: row)
      let values = matrix.values(ofRow: row)
      let s = target + r * classes
      for j in 0..<classes { s[j] = 0 }
      svm_sparse_scores(
        indices.baseAddress, values.baseAddress, indices.count, packed.weights, classes, s)
      for j in 0..<classes { s[j] += packed.offsets[j] }
    }
  }

  /// X W, N×K.
  func scores(_ W: Matrix) throws -> Matrix {
    try MemoryLimit.require(rows: count, columns: classes, bytesPerEntry: 8)
    let result = Buffer(uninitialized: count * classes)
    let packed = try pack(W)
    try Parallel.forEachBlock(of: count, costEach: 16 * classes) { block in
      try Interruption.check()
      scores(block, packed, into: result.pointer + block.lowerBound * classes)
    }
    withExtendedLifetime(packed) {}
    return Matrix(rows: count, columns: classes, sharing: result)
  }

  /// Xᵀ G, D×K.
  func gradient(_ G: Matrix) throws -> Matrix {
    try sum { range, slopes in
      slopes.update(
        from: G.buffer.pointer + range.lowerBound * classes, count: range.count * classes)
    }
  }

  /// Scores, `body`, and Xᵀ G with the slopes that it leaves; D×K.
  func run(
    _ W: Matrix, finish: Products.Finish?, _ body: Products.Body
  ) throws -> Matrix {
    let packed = try pack(W)
    defer { withExtendedLifetime(packed) {} }
    return try sum(finish: finish) { range, slopes in
      scores(range, packed, into: slopes)
      try body(range, slopes)
    }
  }

  /// Xᵀ G, D×K, where `panel` writes the slopes of each panel.
  private func sum(
    finish: Products.Finish? = nil, _ panel: Products.Body
  ) throws -> Matrix {
    let (d, D) = (matrix.columns, features.columns)
    // Whole panels, so that sums over them are the same however many fit.
    let panelsAtOnce = max(slopesAtOnce / max(classes, 1) / Self.panel, 1)
    let rowsAtOnce = max(min(count, panelsAtOnce * Self.panel), 1)
    try MemoryLimit.require(rows: D + rowsAtOnce, columns: classes, bytesPerEntry: 8)
    let gradient = Buffer(uninitialized: D * classes)
    let slopes = Slopes(rows: rowsAtOnce, classes: classes, panel: Self.panel)
    let blocks = matrix.columnBlocks
    let totals = Buffer(zeros: classes)
    var first = 0
    repeat {
      let rows = first..<min(first + rowsAtOnce, count)
      let panels = (rows.count + Self.panel - 1) / Self.panel
      try Parallel.forEach(panels) { p in
        try Interruption.check()
        let start = rows.lowerBound + p * Self.panel
        let own = start..<min(start + Self.panel, rows.upperBound)
        let target = slopes.values.pointer + p * Self.panel * classes
        try panel(own, target)
        slopes.summarize(p, rows: own.count)
      }
      for p in 0..<panels {
        for j in 0..<classes { totals.pointer[j] += slopes.totals.pointer[p * classes + j] }
      }
      let (isFirst, isLast) = (first == 0, rows.upperBound == count)
      // Nothing throws in here.
      Parallel.forEach(ColumnBlocks.count) { block in
        let columns = blocks[block]
        let entries = Int(columns.lowerBound) * classes..<Int(columns.upperBound) * classes
        if isFirst {
          (gradient.pointer + entries.lowerBound).initialize(repeating: 0, count: entries.count)
        }
        add(rows, slopes, columns: columns, to: gradient.pointer)
        guard isLast else { return }
        prepare(columns, totals: totals.pointer, gradient.pointer)
        if count > 0 { finish?(entries, gradient.pointer) }
      }
      first = rows.upperBound
    } while first < count
    if features.preparation.hasBias {
      (gradient.pointer + d * classes).update(from: totals.pointer, count: classes)
      if count > 0 { finish?(d * classes..<D * classes, gradient.pointer) }
    }
    return Matrix(rows: D, columns: classes, sharing: gradient)
  }

  /// The slopes of some rows, for the second product.
  private struct Slopes: Sendable {
    let classes: Int
    private let panel: Int
    /// G, row by row.
    let values: Buffer
    /// Whether a row's slopes are not all zero.
    let matters: TypedScratch<Bool>
    /// 1ᵀG of each panel.
    let totals: Buffer

    init(rows: Int, classes: Int, panel: Int) {
      (self.classes, self.panel) = (classes, panel)
      let panels = (rows + panel - 1) / panel
      values = Buffer(uninitialized: rows * classes)
      matters = TypedScratch(rows)
      totals = Buffer(zeros: panels * classes)
    }

    /// Sums the slopes of a panel, and marks the rows that are not all zero.
    func summarize(_ p: Int, rows: Int) {
      let total = totals.pointer + p * classes
      for j in 0..<classes { total[j] = 0 }
      for r in p * panel..<p * panel + rows {
        let own = values.pointer + r * classes
        var isZero = true
        for j in 0..<classes {
          if own[j] != 0 { isZero = false }
          total[j] += own[j]
        }
        matters.pointer[r] = !isZero
      }
    }
  }

  /// Adds x_i g_iᵀ of the rows, restricted to some columns.
  private func add(
    _ rows: Range<Int>, _ slopes: Slopes, columns: Range<Int32>,
    to gradient: UnsafeMutablePointer<Double>
  ) {
    let (places, values) = matrix.firstEntry
    for (r, position) in rows.enumerated() where slopes.matters.pointer[r] {
      let row = storageRow(position)
      let own = ColumnBlocks.places(
        of: columns, in: places, from: matrix.rowStarts[row], to: matrix.rowStarts[row + 1])
      svm_sparse_update(
        slopes.values.pointer + r * classes, places + own.lowerBound, values + own.lowerBound,
        own.count, gradient, classes)
    }
  }

  /// Applies μ and σ to some rows of XᵀG.
  private func prepare(
    _ columns: Range<Int32>, totals: UnsafePointer<Double>,
    _ gradient: UnsafeMutablePointer<Double>
  ) {
    let preparation = features.preparation
    if preparation.mean == nil && preparation.scale == nil { return }
    for i in Int(columns.lowerBound)..<Int(columns.upperBound) {
      let target = gradient + i * classes
      if let mean = preparation.mean {
        for j in 0..<classes { target[j] -= mean[i] * totals[j] }
      }
      if let scale = preparation.scale {
        for j in 0..<classes { target[j] *= scale[i] }
      }
    }
  }
}

extension Features {
  /// The first raw column of sparse features whose centering costs digits: |μ|σ > 1e3; nil where
  /// there is none, or the features are dense.
  public var cancelingColumn: Int? {
    guard storage is SparseMatrix, let mean = preparation.mean else { return nil }
    return mean.indices.first { abs(mean[$0]) * (preparation.scale?[$0] ?? 1) > 1e3 }
  }
}
