import CKernels

/// The products of sparse rows, always in double. Centring does not fill the zeros in:
///
///     X′W = X (σ∘W) − 1 (μ∘σ)ᵀW + 1 b        b: the bias row of W
///     X′ᵀG = σ∘(XᵀG − μ 1ᵀG)                 bias row: 1ᵀG
///
/// A score is the sum over its row's entries in their order, and chunks depend on the data's size
/// alone: the same bits for any number of threads, and with any classes beside. Where |μ|σ is large
/// against the prepared values, digits cancel; `Features.cancellingColumn` finds that out.
struct SparsePass: Sendable {
  typealias Body = @Sendable (Range<Int>, UnsafeMutablePointer<Double>) throws -> Double

  private let matrix: SparseMatrix
  private let features: Features
  private let positions: [Int]?
  private let count: Int
  private let classes: Int
  private let chunks: Int
  private static let panel = 128

  /// The rows of `features`, or those of them that `positions` lists; nil where they are not sparse.
  init?(_ features: Features, _ positions: [Int]?, classes: Int) {
    guard let matrix = features.storage as? SparseMatrix else { return nil }
    self.matrix = matrix
    self.features = features
    self.positions = positions
    self.classes = classes
    count = positions?.count ?? features.rows
    // A chunk's gradient is a dense D×K: there should be entries enough to be worth it.
    let density = Double(matrix.entryCount) / Double(max(matrix.rows, 1))
    let entries = Int(density * Double(count))
    var chunks = 1
    while chunks < 16, entries / (2 * chunks) > max(2 * matrix.columns, 16384) { chunks *= 2 }
    self.chunks = count == 0 ? 0 : min(chunks, count)
  }

  private func storageRow(_ position: Int) -> Int {
    features.storageRow(positions?[position] ?? position)
  }

  private func range(ofChunk c: Int, of chunks: Int) -> Range<Int> {
    count * c / chunks..<count * (c + 1) / chunks
  }

  /// σ∘W, and what every score gets besides: b − (μ∘σ)ᵀW.
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
      return 0
    }.gradient
  }

  /// Scores, `body`, and the product with what it leaves in their place.
  func run(
    _ W: Matrix, finish: (@Sendable (Range<Int>, UnsafeMutablePointer<Double>) -> Void)? = nil,
    _ body: Body
  ) throws -> (loss: Double, gradient: Matrix) {
    let packed = try pack(W)
    defer { withExtendedLifetime(packed) {} }
    let result = try sum { range, slopes in
      scores(range, packed, into: slopes)
      return try body(range, slopes)
    }
    if count > 0 { finish?(0..<result.gradient.count, result.gradient.buffer.pointer) }
    return result
  }

  /// Σ of the losses and Xᵀ G, where `panel` writes the slopes of each panel.
  private func sum(_ panel: Body) throws -> (loss: Double, gradient: Matrix) {
    let (d, D) = (matrix.columns, features.columns)
    let size = (d + 1) * classes
    try MemoryLimit.require(rows: chunks + 1, columns: size, bytesPerEntry: 8)
    let parts = Buffer(zeros: chunks * size)
    let losses = Buffer(zeros: chunks)
    try Parallel.forEach(chunks) { c in
      let part = parts.pointer + c * size
      let own = range(ofChunk: c, of: chunks)
      let slopes = TypedScratch<Double>(min(Self.panel, own.count) * classes)
      for first in stride(from: own.lowerBound, to: own.upperBound, by: Self.panel) {
        try Interruption.check()
        let rows = first..<min(first + Self.panel, own.upperBound)
        losses.pointer[c] += try panel(rows, slopes.pointer)
        for (r, position) in rows.enumerated() {
          add(storageRow(position), slopes.pointer + r * classes, to: part)
        }
      }
    }
    // The chunks in their order; then σ and μ.
    let gradient = Buffer(zeros: D * classes)
    var totals = [Double](repeating: 0, count: classes)
    for c in 0..<chunks {
      for j in 0..<classes { totals[j] += parts.pointer[c * size + d * classes + j] }
    }
    let preparation = features.preparation
    let sums = totals
    try Parallel.forEachBlock(of: d, costEach: classes * (chunks + 1)) { block in
      for i in block {
        let target = gradient.pointer + i * classes
        for c in 0..<chunks {
          let part = parts.pointer + c * size + i * classes
          for j in 0..<classes { target[j] += part[j] }
        }
        if let mean = preparation.mean {
          for j in 0..<classes { target[j] -= mean[i] * sums[j] }
        }
        if let scale = preparation.scale {
          for j in 0..<classes { target[j] *= scale[i] }
        }
      }
    }
    if preparation.hasBias {
      for j in 0..<classes { gradient.pointer[d * classes + j] = totals[j] }
    }
    let loss = (0..<chunks).reduce(0.0) { $0 + losses.pointer[$1] }
    return (loss, Matrix(rows: D, columns: classes, sharing: gradient))
  }

  /// A row times its slopes, added to a chunk's gradient; the slopes themselves to its last row.
  private func add(
    _ row: Int, _ slopes: UnsafePointer<Double>, to part: UnsafeMutablePointer<Double>
  ) {
    var isZero = true
    for j in 0..<classes where slopes[j] != 0 { isZero = false }
    if isZero { return }
    let indices = matrix.indices(ofRow: row)
    let values = matrix.values(ofRow: row)
    svm_sparse_update(
      slopes, indices.baseAddress, values.baseAddress, indices.count, part, classes)
    let totals = part + matrix.columns * classes
    for j in 0..<classes { totals[j] += slopes[j] }
  }
}

extension Features {
  /// The first raw column of sparse features whose centring costs digits: |μ|σ > 1e3; nil where
  /// there is none, or the features are dense.
  public var cancellingColumn: Int? {
    guard storage is SparseMatrix, let mean = preparation.mean else { return nil }
    return mean.indices.first { abs(mean[$0]) * (preparation.scale?[$0] ?? 1) > 1e3 }
  }
}
