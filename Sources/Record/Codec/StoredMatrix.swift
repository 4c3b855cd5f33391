import LinearAlgebra

// Buffers and matrices. Those that share a buffer share it again.

extension ByteWriter {
  /// Adds a buffer.
  public func add(_ buffer: Buffer) {
    share(buffer) {
      add(buffer.count)
      add(
        raw: UnsafeRawBufferPointer(
          UnsafeBufferPointer(start: buffer.pointer, count: buffer.count)), of: buffer)
    }
  }

  /// Adds a matrix.
  public func add(_ matrix: Matrix) {
    add(matrix.rows)
    add(matrix.columns)
    add(matrix.buffer)
  }
}

extension ByteReader {
  /// A buffer.
  public func buffer() throws -> Buffer {
    try shared {
      let count = try count(bytesEach: 8)
      try MemoryLimit.require(rows: count, columns: 1, bytesPerEntry: 8)
      let buffer = Buffer(uninitialized: count)
      try read(
        into: UnsafeMutableRawBufferPointer(
          UnsafeMutableBufferPointer(start: buffer.pointer, count: count)))
      return buffer
    }
  }

  /// A number of rows and one of columns, and how many entries that makes.
  public func shape() throws -> (rows: Int, columns: Int, count: Int) {
    let (rows, columns) = (try int(in: 0...1 << 52), try int(in: 0...1 << 52))
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow else { throw DamagedBytes("a shape is too large") }
    return (rows, columns, count)
  }

  /// A matrix.
  public func matrix() throws -> Matrix {
    let shape = try shape()
    let buffer = try buffer()
    guard shape.count <= buffer.count else {
      throw DamagedBytes("a matrix has more entries than numbers")
    }
    return Matrix(rows: shape.rows, columns: shape.columns, sharing: buffer)
  }
}
