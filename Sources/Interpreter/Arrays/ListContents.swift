import LinearAlgebra

extension ListBox {
  /// The items where all of them are strings, and there is one at least; else nil.
  ///
  /// - Throws: `Interrupted`.
  func texts() throws -> [String]? {
    guard !items.isEmpty else { return nil }
    var texts: [String] = []
    texts.reserveCapacity(items.count)
    let areTexts = try Interruption.allSatisfy(items.count, costEach: 16) { i in
      guard case .string(let box) = items[i] else { return false }
      texts.append(box.text)
      return true
    }
    return areTexts ? texts : nil
  }

  /// The items as a vector where all of them are numbers or truth values, a mask where all are
  /// truth values; else nil.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  func vector() throws -> NumericArray? {
    try MemoryLimit.require(rows: items.count, columns: 1, bytesPerEntry: 8)
    var isMask = !items.isEmpty
    let numbers = NumericArray(uninitializedVector: items.count)
    let areNumbers = try Interruption.allSatisfy(items.count, costEach: 4) { i in
      guard let number = items[i].asNumber else { return false }
      if case .number = items[i] { isMask = false }
      numbers.pointer[i] = number
      return true
    }
    guard areNumbers else { return nil }
    return isMask ? numbers.asMask : numbers
  }

  /// The items as a mask: truth values, or lists of them of one length as its rows; else nil.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  func mask() throws -> NumericArray? {
    guard case .list(let first)? = items.first else {
      guard let vector = try vector(), vector.isMask else { return nil }
      return vector
    }
    let columns = first.items.count
    try MemoryLimit.require(rows: items.count, columns: columns, bytesPerEntry: 8)
    let result = NumericArray(uninitializedRows: items.count, columns: columns, isMask: true)
    let areRows = try Interruption.allSatisfy(items.count, costEach: 4 * columns) { i in
      guard case .list(let box) = items[i], let row = try box.vector(), row.isMask,
        row.count == columns
      else { return false }
      try (result.pointer + i * columns).copy(from: row.pointer, count: columns)
      return true
    }
    return areRows ? result : nil
  }
}

extension Value {
  /// A list of strings, which may be many.
  ///
  /// - Throws: `Interrupted`.
  static func list(of texts: [String]) throws -> Value {
    .list(
      try ListBox(
        checkingDepthOf: Interruption.map(texts.count, costEach: 64) { .string(texts[$0]) }))
  }
}

extension NumericArray {
  /// The same entries, 0 and 1, as truth values.
  var asMask: NumericArray {
    NumericArray(
      rank: rank, rows: rows, columns: columns, buffer: buffer, offset: offset, isMask: true)
  }
}
