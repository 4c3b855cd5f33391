import LinearAlgebra

/// A buffer for entries of sparse rows, or a part of one. One thread writes a part; others read it
/// after that.
struct LIBSVMEntries: @unchecked Sendable {
  private let indexMemory: Buffer
  private let valueMemory: Buffer
  private let offset: Int

  /// Room for `count` entries.
  ///
  /// - Throws: `MemoryRefused`.
  init(count: Int) throws {
    try MemoryLimit.require(rows: count, columns: 1, bytesPerEntry: 12)
    // Two indices take the space of a double.
    indexMemory = Buffer(uninitialized: (count + 1) / 2)
    valueMemory = Buffer(uninitialized: count)
    offset = 0
  }

  private init(_ whole: LIBSVMEntries, from offset: Int) {
    (indexMemory, valueMemory) = (whole.indexMemory, whole.valueMemory)
    self.offset = whole.offset + offset
  }

  /// The part from an entry on.
  func from(_ entry: Int) -> LIBSVMEntries { LIBSVMEntries(self, from: entry) }

  /// The column of each entry, from 0.
  var indices: UnsafeMutablePointer<Int32> {
    UnsafeMutableRawPointer(indexMemory.pointer)
      .assumingMemoryBound(to: Int32.self) + offset
  }

  /// The value of each entry.
  var values: UnsafeMutablePointer<Double> { valueMemory.pointer + offset }
}
