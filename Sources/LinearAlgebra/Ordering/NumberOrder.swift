/// The rising order of numbers: nan last, equal ones in the order that they have.
package enum NumberOrder {
  /// Writes the numbers to `target` in order.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  package static func sort(
    _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>, _ count: Int
  ) throws {
    var filled = 0
    let numbers = try nanLast(source, count) {
      target[filled] = source[$0]
      filled += 1
    }
    try MergeSort.sort(target, numbers)
  }

  /// The numbers and their places, in order.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  package static func placed(
    _ source: UnsafePointer<Double>, _ count: Int
  ) throws -> TypedScratch<PlacedNumber> {
    try MemoryLimit.require(rows: count, columns: 2, bytesPerEntry: 8)
    let placed = TypedScratch<PlacedNumber>(count)
    var filled = 0
    let numbers = try nanLast(source, count) {
      placed.pointer[filled] = PlacedNumber(number: source[$0], place: $0)
      filled += 1
    }
    try MergeSort.sort(placed.pointer, numbers)
    return placed
  }

  /// Visits the places of all numbers, and then those of all nans. How many numbers there are.
  @inline(__always)
  private static func nanLast(
    _ source: UnsafePointer<Double>, _ count: Int, _ visit: (Int) -> Void
  ) throws -> Int {
    var numbers = 0
    try Interruption.forEachRange(of: count) { range in
      for i in range where !source[i].isNaN {
        visit(i)
        numbers += 1
      }
    }
    if numbers == count { return count }
    try Interruption.forEachRange(of: count) { range in
      for i in range where source[i].isNaN { visit(i) }
    }
    return numbers
  }
}

/// A number and the place that it comes from.
package struct PlacedNumber: BitwiseCopyable, Sendable {
  package let number: Double
  package let place: Int
}
