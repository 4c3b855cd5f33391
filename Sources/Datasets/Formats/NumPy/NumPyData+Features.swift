import LinearAlgebra

extension NumPyData {
  /// The entries as rows of features, in the narrowest form. Whatever the form, it alone is in
  /// memory.
  ///
  /// - Throws: as `array`.
  func features(rows: Int, columns: Int) throws -> Features {
    if isMatrixToTranspose, shape == [rows, columns] { return try transposedFeatures() }
    let data = try readable()
    if case .uint(1) = header.type, !isTransposed { return try data.byteFeatures(rows, columns) }
    // The first block says which form to try; a later one that does not fit, that it was wrong.
    let form = try data.withBlock(0, rows, columns) { block, values, _ in
      NarrowestForm(of: values, count: block.count * columns)
    }
    if form.areBytes, let features = try data.narrowed(to: data.byteMatrix, rows, columns) {
      return features
    }
    if case .float(4) = header.type, !isTransposed, !header.isBigEndian {
      return Features(try data.copiedSingles(rows, columns))
    }
    if form.areSingles, let features = try data.narrowed(to: data.singleMatrix, rows, columns) {
      return features
    }
    let buffer = try data.doubles(rows: rows, columns: columns)
    return Features(DoubleMatrix(Matrix(rows: rows, columns: columns, sharing: buffer)))
  }

  private func byteFeatures(_ rows: Int, _ columns: Int) throws -> Features {
    Features(
      try ByteMatrix(mostRows: rows, columns: columns) { target in
        guard let base = target.baseAddress else { return rows }
        let place = UncheckedSendable(base)
        let sums = try Parallel.map(blockCount(rows, columns)) { b in
          let block = self.block(b, rows, columns)
          let own = place.value + block.lowerBound * columns
          let start = header.offset + block.lowerBound * columns
          try file.read(start..<start + block.count * columns, into: own)
          return checksum(UnsafeRawBufferPointer(start: own, count: block.count * columns))
        }
        try verify(sums)
        return rows
      })
  }

  /// A number that a narrower form does not hold.
  private struct DoesNotFit: Error {}

  /// The features in a form; nil where it does not hold all numbers.
  private func narrowed(
    to form: (Int, Int) throws -> any FeatureStorage, _ rows: Int, _ columns: Int
  ) throws -> Features? {
    do {
      return Features(try form(rows, columns))
    } catch is DoesNotFit {
      return nil
    }
  }

  private func byteMatrix(_ rows: Int, _ columns: Int) throws -> any FeatureStorage {
    try ByteMatrix(mostRows: rows, columns: columns) { target in
      guard let base = target.baseAddress else { return rows }
      let place = UncheckedSendable(base)
      let sums = try map(rows, columns) { block, values in
        let own = place.value + block.lowerBound * columns
        guard ByteMatrix.narrow(values, count: block.count * columns, into: own) else {
          throw DoesNotFit()
        }
      }
      try verify(sums)
      return rows
    }
  }

  /// Singles as they are in the file.
  private func copiedSingles(_ rows: Int, _ columns: Int) throws -> SingleMatrix {
    try SingleMatrix(uninitializedRows: rows, columns: columns) { first, stride in
      let place = UncheckedSendable(first)
      let sums = try Parallel.map(blockCount(rows, columns)) { b in
        let block = self.block(b, rows, columns)
        let start = header.offset + 4 * block.lowerBound * columns
        return try file.withPiece(start..<start + 4 * block.count * columns) { raw in
          guard let base = raw.baseAddress else { return checksum(raw) }
          for (k, i) in block.enumerated() {
            UnsafeMutableRawPointer(place.value + i * stride)
              .copyMemory(from: base + 4 * k * columns, byteCount: 4 * columns)
          }
          return checksum(raw)
        }
      }
      try verify(sums)
    }
  }

  private func singleMatrix(_ rows: Int, _ columns: Int) throws -> any FeatureStorage {
    try SingleMatrix(uninitializedRows: rows, columns: columns) { first, stride in
      let place = UncheckedSendable(first)
      let sums = try map(rows, columns) { block, values in
        guard UnsafeBufferPointer(start: values, count: block.count * columns).areSingles else {
          throw DoesNotFit()
        }
        for (k, i) in block.enumerated() {
          let row = place.value + i * stride
          for j in 0..<columns { row[j] = Float(values[k * columns + j]) }
        }
      }
      try verify(sums)
    }
  }
}
