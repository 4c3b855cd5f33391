import LinearAlgebra

/// Places of entries in an array.
enum Places {
  /// The numbers below `count` for which `isOne` holds, in order.
  @inline(__always)
  static func all(below count: Int, where isOne: (Int) -> Bool) throws -> [Int] {
    var total = 0
    try Interruption.forEachRange(of: count) { range in
      for i in range { total += isOne(i) ? 1 : 0 }
    }
    try MemoryLimit.require(rows: total, columns: 1, bytesPerEntry: 8)
    // One more, so that every place can be written, without a branch, and the next one overwrites
    // those that don't count.
    return try [Int](unsafeUninitializedCapacity: total + 1) { places, filled in
      filled = 0
      try Interruption.forEachRange(of: count) { range in
        var next = filled
        for i in range {
          places[next] = i
          next += isOne(i) ? 1 : 0
        }
        filled = next
      }
    }
  }
}

extension NumericArray {
  /// The places of the entries that are not 0.
  func nonzeroPlaces() throws -> [Int] {
    let entries = pointer
    return try Places.all(below: count) { entries[$0] != 0 }
  }

  /// The entries at `count` places, as a vector.
  @inline(__always)
  func gathered(_ count: Int, isMask: Bool? = nil, _ place: (Int) -> Int) throws -> NumericArray {
    try MemoryLimit.require(rows: count, columns: 1, bytesPerEntry: 8)
    let result = NumericArray(uninitializedVector: count, isMask: isMask ?? self.isMask)
    let (source, target) = (pointer, result.pointer)
    try Interruption.forEachRange(of: count, costEach: 2) { range in
      for i in range { target[i] = source[place(i)] }
    }
    return result
  }
}
