import CKernels

/// Products of all rows with one vector, for methods that need the rows themselves as well. Only of
/// dense rows.
extension RowAccess {
  /// Entries of a vector in these products: D, and zeros up to whole vectors.
  public var paddedColumns: Int {
    if case .dense(_, let padded) = form { return padded }
    return columns
  }

  private var dense: (first: UnsafeMutablePointer<Double>, padded: Int) {
    guard case .dense(let first, let padded) = form else {
      preconditionFailure("rows are dense here")
    }
    return (first, padded)
  }

  /// out ← X w, N numbers, with w of `paddedColumns`.
  public func multiply(_ w: Buffer, into out: Buffer) throws {
    let (first, padded) = dense
    let variant = Kernels.number
    let rows = SharedPointer(first)
    try Parallel.forEachBlock(of: count, costEach: padded) { block in
      svm_matrix_vector(
        variant, rows.pointer + block.lowerBound * padded, block.count, padded, w.pointer,
        out.pointer + block.lowerBound)
    }
  }

  /// out ← Xᵀ a, `paddedColumns` numbers, in chunks of rows that are added in their order.
  public func multiplyTransposed(_ a: Buffer, into out: Buffer) throws {
    let (first, padded) = dense
    let variant = Kernels.number
    let rows = SharedPointer(first)
    let chunks = max(1, min(32, count / 512))
    let parts = Buffer(zeros: chunks * padded)
    let count = count
    try Parallel.forEach(chunks) { c in
      let own = parts.pointer + c * padded
      let panel = TypedScratch<Double>(padded)
      let end = count * (c + 1) / chunks
      for from in stride(from: count * c / chunks, to: end, by: 64) {
        let n = min(64, end - from)
        svm_vector_matrix(
          variant, a.pointer + from, n, rows.pointer + from * padded, padded, padded,
          panel.pointer)
        for d in 0..<padded { own[d] += panel.pointer[d] }
      }
    }
    for d in 0..<padded {
      var sum = 0.0
      for c in 0..<chunks { sum += parts.pointer[c * padded + d] }
      out.pointer[d] = sum
    }
  }
}

/// Σ_i h_i x_i x_iᵀ over a set of rows that changes: rows that come and go are added and taken away.
public final class GramMatrix {
  private let rows: RowAccess
  private let padded: Int
  /// Blocks of 64 columns j, each with the entries (d, j) for d below the block's end.
  private let blocks: [Buffer]
  private static let width = Int(svm_strip)

  /// Zeros.
  ///
  /// - Throws: `MemoryRefused`.
  public init(_ rows: RowAccess) throws {
    self.rows = rows
    padded = rows.paddedColumns
    let (padded, width) = (padded, Self.width)
    try MemoryLimit.require(rows: padded, columns: padded, bytesPerEntry: 6)
    blocks = stride(from: 0, to: padded, by: width).map { first in
      let end = min(first + width, padded)
      return Buffer(zeros: end * (end - first))
    }
  }

  /// All entries that are kept, for going on later.
  public var state: [Double] {
    get { blocks.flatMap { Array(UnsafeBufferPointer(start: $0.pointer, count: $0.count)) } }
    set {
      var k = 0
      for block in blocks {
        for i in 0..<block.count where k < newValue.count {
          block.pointer[i] = newValue[k]
          k += 1
        }
      }
    }
  }

  /// Zeros again.
  public func reset() {
    for block in blocks { block.pointer.update(repeating: 0, count: block.count) }
  }

  /// Adds Σ h_i x_i x_iᵀ over the listed rows, in their order.
  public func add(_ list: [Int32], factors: [Double]) throws {
    guard case .dense(let first, let padded) = rows.form, !list.isEmpty else { return }
    let variant = Kernels.number
    let source = SharedPointer(first)
    let panel = 64
    let width = Self.width
    let blocks = blocks
    try Parallel.forEach(blocks.count) { b in
      // The last block is the largest.
      let block = blocks.count - 1 - b
      let from = block * width
      let end = min(from + width, padded)
      let scaled = TypedScratch<Double>(panel * width)
      let pointers = TypedScratch<UnsafePointer<Double>?>(panel)
      let out = blocks[block]
      for start in stride(from: 0, to: list.count, by: panel) {
        try Interruption.check()
        let n = min(panel, list.count - start)
        for i in 0..<rowsWithTile(of: n) {
          let k = min(start + i, list.count - 1)
          let row = source.pointer + Int(list[k]) * padded
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
    }
  }

  /// Writes the lower triangle into rows of `stride` numbers, as far as `count` columns.
  public func write(to target: UnsafeMutablePointer<Double>, stride: Int, count: Int) {
    let width = Self.width
    for (b, block) in blocks.enumerated() {
      let from = b * width
      let classes = min(from + width, padded) - from
      for j in from..<min(from + classes, count) {
        // Entry (d, j) with d ≤ j is entry (j, d) of the lower triangle.
        for d in 0...j {
          let strip = d / width * width
          let stripWidth = min(width, from + classes - strip)
          target[j * stride + d] =
            block.pointer[strip * classes + (j - from) * stripWidth + d - strip]
        }
      }
    }
  }
}
