import LinearAlgebra

/// Matrices in Fortran's order, by columns, which are read in tiles.
extension NumPyData {
  /// Whether the array is a matrix by its columns that is read in tiles: it is on disk, and not to
  /// be in memory twice.
  var isMatrixToTranspose: Bool {
    isTransposed && shape.count == 2 && file.pointer == nil && !isText
  }

  /// The same numbers in the order of the file.
  private var inFileOrder: NumPyData {
    NumPyData(header.inFileOrder, self, file)
  }

  /// The features of a matrix that is read in tiles, in the narrowest form.
  func transposedFeatures() throws -> Features {
    let (rows, columns) = (shape[0], shape[1])
    let file = inFileOrder
    let blocks = try Parallel.map(file.blockCount(count, 1)) { b in
      try file.withBlock(b, count, 1) { block, values, sum in
        (NarrowestForm(of: values, count: block.count), sum)
      }
    }
    try file.verify(blocks.map(\.1))
    let form = blocks.reduce(into: NarrowestForm()) { $0.include($1.0) }
    if form.areBytes {
      return Features(
        try ByteMatrix(mostRows: rows, columns: columns) { target in
          guard let base = target.baseAddress else { return rows }
          let place = UncheckedSendable(base)
          try forEachTile { i, j, value in
            guard let byte = UInt8(exactly: value) else { throw changed }
            place.value[i * columns + j] = byte
          }
          return rows
        })
    }
    if form.areSingles {
      return Features(
        try SingleMatrix(uninitializedRows: rows, columns: columns) { first, stride in
          let place = UncheckedSendable(first)
          try forEachTile { i, j, value in place.value[i * stride + j] = Float(value) }
        })
    }
    let buffer = try transposed(rows: rows, columns: columns, isVerified: true)
    return Features(DoubleMatrix(Matrix(rows: rows, columns: columns, sharing: buffer)))
  }

  private var changed: DataError {
    DataError("the file changed while it was read", path: path)
  }

  func transposed(rows: Int, columns: Int, isVerified: Bool = false) throws -> Buffer {
    // Tiles have no check sum: all that is in them is read once more for it.
    if !isVerified, file.checksum != nil { try inFileOrder.forEachBlock { _, _ in } }
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let buffer = Buffer(uninitialized: rows * columns)
    let place = UncheckedSendable(buffer.pointer)
    try forEachTile { i, j, value in place.value[i * columns + j] = value }
    return buffer
  }

  /// Calls `write` with row, column and value of each entry, on all cores, in tiles whose rows are
  /// a line of the cache.
  private func forEachTile(
    _ write: @Sendable (Int, Int, Double) throws -> Void
  ) throws {
    let (rows, columns) = (shape[0], shape[1])
    let (width, most) = (8, 1 << 12)
    let (across, down) = ((columns + width - 1) / width, (rows + most - 1) / most)
    let file = inFileOrder
    try Parallel.forEach(across * down) { tile in
      let (a, d) = (tile / down, tile % down)
      let (wide, tall) = (min(width, columns - a * width), min(most, rows - d * most))
      let room = TypedScratch<Double>(wide * tall)
      for j in 0..<wide {
        let start = (a * width + j) * rows + d * most
        _ = try file.convert(start..<start + tall, into: room.pointer + j * tall)
      }
      for i in 0..<tall {
        for j in 0..<wide { try write(d * most + i, a * width + j, room.pointer[j * tall + i]) }
      }
    }
  }
}
