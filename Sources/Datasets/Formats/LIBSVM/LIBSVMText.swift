import Glibc
import LinearAlgebra
import Text

/// The content of a text in LIBSVM's format.
struct LIBSVMText {
  /// The number of rows.
  let rows: Int
  /// The number of columns.
  let columns: Int
  /// Whether indices count from 0.
  let isZeroBased: Bool
  /// The number of stored entries: all that are not 0, and −0.
  let entryCount: Int
  /// The rows of each chunk.
  private let parts: [LIBSVMRows]
  /// The entries of all chunks, one after the other.
  private let entries: SparseEntries

  /// Reads all lines, in chunks on all cores.
  ///
  /// - Parameter chunkSize: approximate bytes of a chunk; no result depends on it.
  /// - Throws: `DataError` for the first line that is wrong, `MemoryRefused`, `Interrupted`.
  init(_ file: TextFile, path: String, chunkSize: Int = TextChunk.usualSize) throws {
    let chunks = try TextChunk.cut(
      file, from: try file.start(), firstLine: 1, counting: UInt8(ascii: ":"), size: chunkSize)
    // Every entry has a colon.
    var (firsts, total) = ([Int](), 0)
    for chunk in chunks {
      firsts.append(total)
      total += chunk.marks
    }
    let (entries, firstEntries) = (try SparseEntries(capacity: total), firsts)
    self.entries = entries
    var parts = try Parallel.map(chunks.count) { c in
      try file.withPiece(chunks[c].range) { bytes, range in
        try LIBSVMRows(
          bytes, range, of: chunks[c], path: path, into: entries, from: firstEntries[c])
      }
    }
    // Colons that are no entries leave gaps.
    var place = 0
    for p in parts.indices {
      try Interruption.check()
      let first = parts[p].firstEntry
      entries.move(first..<first + parts[p].count, to: place)
      parts[p].firstEntry = place
      place += parts[p].count
    }
    self.parts = parts
    entryCount = place
    rows = parts.reduce(0) { $0 + $1.ends.count }
    let largest = parts.reduce(-1) { max($0, $1.largestIndex) }
    isZeroBased = parts.contains { $0.hasIndexZero }
    columns = max(0, largest + (isZeroBased ? 1 : 0))
    guard columns <= SparseMatrix.mostColumns else {
      throw DataError(
        "index \(largest) is too large, where indices begin at 0", path: path,
        help: "they go up to \(SparseMatrix.mostColumns - 1)")
    }
    guard isZeroBased else { return }
    let all = parts
    try Parallel.forEach(parts.count) { p in
      try Interruption.check()
      let first = all[p].firstEntry
      for k in first..<first + all[p].count { entries.indices[k] += 1 }
    }
  }

  /// Says what is not as everybody expects.
  func remark(to remarks: LoadRemarks) {
    if isZeroBased {
      remarks.foundIndexZero()
      remarks.note("indices begin at 0")
    }
    if parts.contains(where: { $0.hasQueries }) {
      remarks.note("the groups of a ranking (qid:) are not used")
    }
    let repeating = parts.reduce(0) { $0 + $1.repeating.rows }
    if let first = parts.first(where: { $0.repeating.rows > 0 })?.repeating.line {
      remarks.warn(
        "an index is there twice in \(Quantity.count(repeating, "row")), the first in line"
          + " \(first): its values are added", help: "write each index of a row once")
    }
  }

  /// The labels of all rows.
  func labels() -> LabelTable { LabelTable.joined(parts.map(\.labels)) }

  /// The rows: sparse where that takes less memory than the narrowest dense form.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  func features() throws -> Features {
    var form = NarrowestForm()
    for part in parts { form.include(part.form) }
    let sparse = 12 * Double(entryCount) + 8 * Double(rows)
    if sparse < Double(rows) * Double(columns) * Double(form.entryBytes) {
      return Features(try sparseMatrix())
    }
    if form.areBytes {
      return Features(
        try ByteMatrix(rows: rows, columns: columns) { target in
          nonisolated(unsafe) let target = target
          try scatter { place, value in target[place] = UInt8(value) }
        })
    }
    if form.areSingles { return Features(try singleMatrix()) }
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let buffer = Buffer(zeros: rows * columns)
    try scatter { place, value in buffer.pointer[place] = value }
    return Features(DoubleMatrix(Matrix(rows: rows, columns: columns, sharing: buffer)))
  }

  private func sparseMatrix() throws -> SparseMatrix {
    var starts = [0]
    starts.reserveCapacity(rows + 1)
    for part in parts {
      let first = starts[starts.count - 1]
      for end in part.ends { starts.append(first + end) }
    }
    // Where many colons were no entries, the memory behind them is given back.
    let isFull = entryCount >= entries.capacity / 8 * 7
    let own = isFull ? entries : try entries.copied(count: entryCount)
    return SparseMatrix(rows: rows, columns: columns, rowStarts: starts, takingOver: own)
  }

  private func singleMatrix() throws -> SingleMatrix {
    // `fill` is called for the rows in their order.
    var (p, first) = (0, 0)
    return try SingleMatrix(rows: rows, columns: columns) { i, row in
      if i % 256 == 0 { try Interruption.check() }
      while i - first >= parts[p].ends.count {
        first += parts[p].ends.count
        p += 1
      }
      for k in parts[p].entries(ofRow: i - first) {
        row[Int(entries.indices[k])] = Float(entries.values[k])
      }
    }
  }

  /// Calls `write` with the position of every entry in dense rows, and its value.
  private func scatter(_ write: @Sendable (Int, Double) -> Void) throws {
    var firsts = [0]
    for part in parts { firsts.append(firsts[firsts.count - 1] + part.ends.count) }
    let (parts, entries, firstRows, columns) = (self.parts, self.entries, firsts, self.columns)
    try Parallel.forEach(parts.count) { p in
      let part = parts[p]
      for i in part.ends.indices {
        if i % 256 == 0 { try Interruption.check() }
        let row = (firstRows[p] + i) * columns
        for k in part.entries(ofRow: i) { write(row + Int(entries.indices[k]), entries.values[k]) }
      }
    }
  }
}
