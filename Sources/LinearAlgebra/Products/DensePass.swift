import CKernels

/// One pass over rows in panels that stay in the cache while both products are taken of them.
///
///     block b of the rows:  P_b = Σ_panels X_panelᵀ G_panel        XᵀG = P_0 + P_1 + …
///
/// Blocks depend on N and D alone, a score on its row and class alone, and the sum of a block is
/// the same however it is cut into panels. So the results have the same bits for any number of
/// threads, and whatever other classes W has.
struct DensePass<Scalar: KernelScalar>: Sendable {
  private let source: DecodedRows<Scalar>
  private let classes: Int
  private let panel: Int
  private let blocks: Int

  init(_ source: DecodedRows<Scalar>, classes: Int) {
    self.source = source
    self.classes = classes
    let n = source.count
    // A panel leaves room for weights and gradient in a second-level cache of 1 MB. With many
    // classes they exceed it anyway, and are read less often the taller the panel is.
    let rowBytes = source.padded * MemoryLayout<Scalar>.stride
    panel = min(max((classes > 20 ? 700_000 : 400_000) / rowBytes / 4 * 4, 8), 256)
    // Powers of two, which two or four threads share evenly. Below 96 rows or 32 768 entries,
    // adding the sums of blocks would cost more than a second thread gains.
    blocks =
      n == 0
      ? 0 : n < 96 || n * source.padded < 32768 ? 1 : min(max(floorPowerOfTwo(n / 96), 2), 32)
  }

  /// The positions of a block. All boundaries but the last are multiples of 4.
  private func positions(ofBlock b: Int) -> Range<Int> {
    func boundary(_ b: Int) -> Int {
      b == blocks ? source.count : source.count * b / blocks / 4 * 4
    }
    return boundary(b)..<boundary(b + 1)
  }

  /// Runs `body` on panels of about the same size that make up a block.
  private func forEachPanel(
    ofBlock b: Int, _ memory: WorkerMemory, _ body: (Range<Int>, RowsAhead) throws -> Void
  ) throws {
    let all = positions(ofBlock: b)
    let panels = (all.count + panel - 1) / panel
    let size = panels == 0 ? 0 : rowsWithTile(of: (all.count + panels - 1) / panels)
    source.locate(all, count: size, into: memory.raw)
    var first = all.lowerBound
    while first < all.upperBound {
      try Interruption.check()
      let range = first..<min(first + size, all.upperBound)
      source.read(range, rows: memory.rows, raw: memory.raw, tile: memory.tile)
      // From here on `raw` has the addresses of the next panel, for prefetching.
      if range.upperBound < all.upperBound {
        source.locate(range.upperBound..<all.upperBound, count: size, into: memory.raw)
      }
      try body(range, RowsAhead(pointers: memory.raw, entryBytes: source.entryBytes))
      first = range.upperBound
    }
  }

  /// X W, N×K.
  func scores(_ weights: Matrix) throws -> Matrix {
    try MemoryLimit.require(rows: source.count, columns: classes, bytesPerEntry: 8)
    let result = Buffer(uninitialized: source.count * classes)
    try scores(weights.buffer.pointer, inner: weights.rows, into: result.pointer)
    return Matrix(rows: source.count, columns: classes, sharing: result)
  }

  /// X W, with W `inner` × K; writes N×K numbers, row by row.
  func scores(
    _ weights: UnsafePointer<Double>, inner: Int, into result: UnsafeMutablePointer<Double>
  ) throws {
    let result = UncheckedSendable(result)
    let packed = try pack(weights, rows: inner)
    let memories = try makeMemories()
    let variant = Kernels.number
    try Parallel.run(blocks) { b, worker in
      let memory = memories[worker]
      try forEachPanel(ofBlock: b, memory) { range, ahead in
        Scalar.scores(
          variant, memory.rows, range.count, packed.pointer, classes: classes,
          padded: source.padded, scratch: memory.sums,
          into: result.value + range.lowerBound * classes, ahead: ahead)
      }
    }
  }

  /// Xᵀ G, D×K.
  func gradient(_ slopes: Matrix) throws -> Matrix {
    try sum { range, _, memory in
      let own = slopes.buffer.pointer + range.lowerBound * classes
      for i in 0..<range.count * classes { memory.slopes[i] = Scalar(own[i]) }
    }
  }

  /// Scores, `body`, and Xᵀ G with the slopes G that `body` leaves in place of the scores; D×K.
  func run(
    _ weights: Matrix, finish: Products.Finish?, _ body: Products.Body
  ) throws -> Matrix {
    let packed = try pack(weights.buffer.pointer, rows: weights.rows)
    let variant = Kernels.number
    return try sum(finish: finish) { range, ahead, memory in
      Scalar.scores(
        variant, memory.rows, range.count, packed.pointer, classes: classes,
        padded: source.padded, scratch: memory.sums, into: memory.scores,
        ahead: ahead)
      try body(range, memory.scores)
      for i in 0..<range.count * classes { memory.slopes[i] = Scalar(memory.scores[i]) }
    }
  }

  /// Xᵀ G, D×K, where `panel` writes the slopes of each panel.
  private func sum(
    finish: Products.Finish? = nil,
    _ panel: @Sendable (Range<Int>, RowsAhead, WorkerMemory) throws -> Void
  ) throws -> Matrix {
    try MemoryLimit.require(rows: source.columns, columns: classes, bytesPerEntry: 8)
    let gradient = Buffer(uninitialized: source.columns * classes)
    if blocks == 0 { gradient.pointer.initialize(repeating: 0, count: gradient.count) }
    let partialEntries = source.padded * classes
    let partialBytes = max(1, partialEntries * MemoryLayout<Scalar>.stride)
    // As many partial sums at once as fit in 64 MB. They are added in the order of the blocks in
    // any case.
    let slots = min(blocks, max(Parallel.threads, 67_108_864 / partialBytes))
    try MemoryLimit.require(
      rows: slots * source.padded, columns: classes,
      bytesPerEntry: MemoryLayout<Scalar>.stride)
    let partials = TypedScratch<Scalar>(slots * partialEntries)
    let memories = try makeMemories()
    let variant = Kernels.number
    var first = 0
    while first < blocks {
      let (count, base) = (min(slots, blocks - first), first)
      try Parallel.run(count) { slot, worker in
        let memory = memories[worker]
        let partial = partials.pointer + slot * partialEntries
        var adds = false
        try forEachPanel(ofBlock: base + slot, memory) { range, ahead in
          try panel(range, ahead, memory)
          Scalar.rankUpdate(
            variant, memory.rows, range.count, memory.slopes, rowStride: classes, classStride: 1,
            classes: classes, columns: source.padded, into: partial, adds: adds, ahead: ahead)
          adds = true
        }
      }
      let width = Int(svm_block)
      let columnBlocks = (source.columns + width - 1) / width
      Parallel.forEachBlock(of: columnBlocks, costEach: width * classes * count) { block in
        let rows = block.lowerBound * width..<min(block.upperBound * width, source.columns)
        Scalar.unpack(
          partials.pointer, count: count, partialStride: partialEntries, classes: classes,
          padded: source.padded, rows, into: gradient.pointer, adds: base > 0)
        if base + count == blocks {
          finish?(rows.lowerBound * classes..<rows.upperBound * classes, gradient.pointer)
        }
      }
      first += count
    }
    return Matrix(rows: source.columns, columns: classes, sharing: gradient)
  }

  /// W transposed: K padded rows.
  private func pack(
    _ weights: UnsafePointer<Double>, rows: Int
  ) throws -> TypedScratch<Scalar> {
    try MemoryLimit.require(
      rows: classes, columns: source.padded, bytesPerEntry: MemoryLayout<Scalar>.stride)
    let packed = TypedScratch<Scalar>(classes * source.padded)
    let weights = UncheckedSendable(weights)
    Parallel.forEachBlock(of: source.padded, costEach: 2 * classes) { block in
      Scalar.pack(
        weights.value, rows: rows, classes: classes, block,
        into: packed.pointer, padded: source.padded)
    }
    return packed
  }

  private func makeMemories() throws -> [WorkerMemory] {
    let count = max(1, min(Parallel.threads, blocks))
    let rows = min(panel, rowsWithTile(of: source.count))
    let bytes = WorkerMemory.bytes(source, rows: rows, classes: classes)
    try MemoryLimit.require(rows: count, columns: 1, bytesPerEntry: bytes)
    return (0..<count).map { _ in WorkerMemory(source, rows: rows, classes: classes) }
  }

  /// The buffers of one worker, for one panel.
  final class WorkerMemory: @unchecked Sendable {
    let rows: Scalar.RowPointers
    let raw: UnsafeMutablePointer<UnsafeRawPointer?>
    let tile: UnsafeMutablePointer<Scalar>
    let sums: UnsafeMutablePointer<Scalar>
    let scores: UnsafeMutablePointer<Double>
    let slopes: UnsafeMutablePointer<Scalar>
    private let memory: Scratch

    init(_ source: DecodedRows<Scalar>, rows count: Int, classes: Int) {
      memory = Scratch(bytes: Self.bytes(source, rows: count, classes: classes))
      rows = memory.take(count, of: UnsafePointer<Scalar>?.self)
      raw = memory.take(count, of: UnsafeRawPointer?.self)
      tile = memory.take(source.isInPlace ? 0 : count * source.padded, of: Scalar.self)
      sums = memory.take(count * Int(svm_scratch_entries), of: Scalar.self)
      scores = memory.take(count * classes, of: Double.self)
      slopes = memory.take(count * classes, of: Scalar.self)
    }

    static func bytes(_ source: DecodedRows<Scalar>, rows: Int, classes: Int) -> Int {
      2 * Scratch.bytes(for: rows, of: UnsafeRawPointer?.self)
        + Scratch.bytes(for: source.isInPlace ? 0 : rows * source.padded, of: Scalar.self)
        + Scratch.bytes(for: rows * Int(svm_scratch_entries), of: Scalar.self)
        + Scratch.bytes(for: rows * classes, of: Double.self)
        + Scratch.bytes(for: rows * classes, of: Scalar.self)
    }
  }
}

/// Uninitialized memory for `count` elements; `pointer` is valid as long as this object.
package final class TypedScratch<Element: BitwiseCopyable>: @unchecked Sendable {
  package let pointer: UnsafeMutablePointer<Element>
  private let memory: Scratch

  package init(_ count: Int) {
    memory = Scratch(bytes: Scratch.bytes(for: count, of: Element.self))
    pointer = memory.take(count, of: Element.self)
  }
}

/// The largest power of two that is not above `n`, which is at least 1.
private func floorPowerOfTwo(_ n: Int) -> Int {
  1 << (Int.bitWidth - 1 - n.leadingZeroBitCount)
}
