import LinearAlgebra
import TestSupport
import Testing

@testable import Record

/// What is written is read again to the bit, and damaged bytes are an error.
@Suite struct ByteCodecTests {
  private static let doubles: [Double] = [
    0, -0.0, 1, .infinity, -.infinity, .nan, Double(bitPattern: 0x7FF4_0000_DEAD_BEEF),
    Double(bitPattern: 0xFFF8_0000_0000_0001), .leastNonzeroMagnitude, .greatestFiniteMagnitude,
  ]
  private static let texts = ["", "a", "ä→🙂", "\0\u{1}\n", String(repeating: "x", count: 70_000)]

  private func written(_ write: (ByteWriter) throws -> Void) rethrows -> ByteReader {
    let writer = ByteWriter()
    try write(writer)
    #expect(writer.bytes.count == writer.count)
    return ByteReader(writer.bytes)
  }

  /// The examples of a little-endian layout are worked out by hand.
  @Test func layout() {
    let writer = ByteWriter()
    writer.add(258)
    writer.add(-1)
    writer.add(1.5)
    writer.add("é")
    writer.add(true)
    #expect(
      writer.bytes == [2, 1, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 255, count: 8)
        + [0, 0, 0, 0, 0, 0, 0xF8, 0x3F] + [2, 0, 0, 0, 0, 0, 0, 0, 0xC3, 0xA9] + [1])
  }

  @Test func numbersAndTexts() throws {
    let reader = written { writer in
      for number in Self.doubles { writer.add(number) }
      writer.add(Self.doubles)
      for number in [0, -1, .max, .min] { writer.add(number) }
      writer.add([Int.max, 0, Int.min])
      writer.add(Self.texts)
      writer.add(optional: nil as Int?) { writer.add($0) }
      writer.add(optional: 7) { writer.add($0) }
    }
    for number in Self.doubles { #expect(try reader.double().bitPattern == number.bitPattern) }
    #expect(try reader.doubles().map(\.bitPattern) == Self.doubles.map(\.bitPattern))
    for number in [0, -1, .max, .min] { #expect(try reader.int() == number) }
    #expect(try reader.ints() == [.max, 0, .min])
    #expect(try reader.texts() == Self.texts)
    #expect(try reader.optional { try reader.int() } == nil)
    #expect(try reader.optional { try reader.int() } == 7)
    try reader.end()
  }

  @Test(arguments: [(0, 0), (0, 5), (5, 0), (1, 1), (3, 4), (200, 300)])
  func matrices(rows: Int, columns: Int) throws {
    let entries = (0..<rows * columns).map { Self.doubles[$0 % Self.doubles.count] }
    let matrix = Matrix(rows: rows, columns: columns, entries)
    let reader = written {
      $0.add(matrix)
      $0.add(matrix.buffer)
    }
    let again = try reader.matrix()
    #expect(again.rows == rows && again.columns == columns)
    #expect(again.entries.map(\.bitPattern) == entries.map(\.bitPattern))
    #expect(try reader.buffer() === again.buffer)
    try reader.end()
  }

  @Test func largeArraysAreNotCopied() {
    let writer = ByteWriter()
    let matrix = Matrix(rows: 1000, columns: 1000)
    writer.add(matrix)
    var parts: [UnsafeRawPointer?] = []
    writer.forEachPart { parts.append($0.baseAddress) }
    #expect(parts.contains(UnsafeRawPointer(matrix.buffer.pointer)))
    // Who changes the matrix now changes a copy.
    var changed = matrix
    changed[0, 0] = 1
    #expect(matrix[0, 0] == 0)
  }

  /// What fails leaves nothing behind, and what it shared is written where it comes again.
  @Test func attemptsThatFail() throws {
    let (a, b) = (Matrix(rows: 1, columns: 2, [1, 2]), Matrix(rows: 300, columns: 300))
    let writer = ByteWriter()
    writer.add(a)
    #expect(throws: CancellationError.self) {
      try writer.attempt {
        writer.add("lost")
        writer.add(a)
        writer.add(b)
        throw CancellationError()
      }
    }
    writer.attempt { writer.add(b) }
    writer.add(a)
    writer.add(b)
    let expected = ByteWriter()
    for matrix in [a, b, a, b] { expected.add(matrix) }
    #expect(writer.bytes == expected.bytes && writer.count == expected.count)
  }

  /// Every form of features, each with a view and a preparation.
  private static func features() throws -> [Features] {
    let bytes = try ByteMatrix(rows: 3, columns: 4, Array(0..<12))
    let short = try SingleMatrix(rows: 2, columns: 3, [1, -0.0, .nan, 4, 5, 6])
    let padded = try SingleMatrix(
      rows: 300, columns: 130, (0..<39_000).map { Float($0) / 7 })
    let double = DoubleMatrix(Matrix(rows: 2, columns: 2, [1, .nan, -0.0, 0.1]))
    let sparse = try SparseMatrix(
      rows: 3, columns: 5, rowStarts: [0, 2, 2, 3], columnIndices: [0, 4, 2], values: [1, .nan, 3])
    let empty = try SparseMatrix(
      rows: 0, columns: 5, rowStarts: [0], columnIndices: [], values: [])
    let whole: [any FeatureStorage] = [bytes, short, padded, double, sparse, empty]
    return whole.map { Features($0) } + [
      Features(bytes).selecting(1..<3), try Features(bytes).selecting([2, 0, 2]),
      Features(bytes).with(
        Preparation(
          selection: ColumnSelection(columns: [5, 1, 0, 2], of: 9), fill: [1, 2, 3, 4],
          mean: [0, -0.0, .nan, 1], scale: [1, 2, 3, 4], hasBias: true)),
    ]
  }

  @Test func featuresOfEveryForm() throws {
    for features in try Self.features() {
      let reader = try written {
        try $0.add(features)
        try $0.add(features.selecting(0..<min(1, features.rows)))
      }
      let again = try reader.features()
      #expect(again.storageName == features.storageName)
      #expect(again.rows == features.rows && again.columns == features.columns)
      #expect(again.storage.rows == features.storage.rows)
      #expect(
        again.preparation.mean?.map(\.bitPattern) == features.preparation.mean?.map(\.bitPattern))
      #expect(again.preparation.scale == features.preparation.scale)
      #expect(again.preparation.fill == features.preparation.fill)
      #expect(again.preparation.selection == features.preparation.selection)
      for i in 0..<features.rows {
        #expect(again.storageRow(i) == features.storageRow(i))
        #expect(again.row(i).map(\.bitPattern) == features.row(i).map(\.bitPattern))
      }
      #expect(try reader.features().storage === again.storage)
      try reader.end()
    }
  }

  /// The kernels read padded rows in place: what fills them up must be there again.
  @Test func paddingIsThereAgain() throws {
    let features = try Self.features()[2]
    let again = try written { try $0.add(features) }.features()
    let weights = Matrix(rows: 130, columns: 3, (0..<390).map { Double($0) / 100 })
    let (a, b) = (
      try Products.scores(features, weights, precision: .single),
      try Products.scores(again, weights, precision: .single)
    )
    #expect(a.entries.map(\.bitPattern) == b.entries.map(\.bitPattern))
  }

  @Test func statesOfComputations() throws {
    let buffer = Buffer(zeros: 3)
    let state = SavedState(
      "outer", ["a": [1, -0.0], "b": []], sharing: ["v": [buffer, buffer]],
      parts: [SavedState("inner", ["t": [3]])])
    let again = try written { $0.add(state) }.savedState()
    #expect(again == state)
    let buffers = try again.buffers("v", counts: [3, 3])
    #expect(buffers[0] === buffers[1])
  }

  // MARK: Damage

  /// Reads everything that `damageableBytes` writes.
  private func readAll(_ bytes: [UInt8]) throws {
    let reader = ByteReader(bytes)
    for _ in 0..<Self.damageable.count { _ = try reader.features() }
    _ = try reader.savedState()
    _ = try reader.texts()
    _ = try reader.matrix()
    try reader.end()
  }

  private static let damageable = (try? features().filter { $0.storage.rows < 100 }) ?? []

  private static func damageableBytes() throws -> [UInt8] {
    let writer = ByteWriter()
    for features in damageable { try writer.add(features) }
    writer.add(SavedState("k", ["a": [1, 2]], sharing: ["v": [Buffer(zeros: 3)]], parts: []))
    writer.add(["one", "two"])
    writer.add(Matrix(rows: 2, columns: 2))
    return writer.bytes
  }

  @Test func damagedBytesAreErrors() throws {
    let bytes = try Self.damageableBytes()
    var numbers = SeededNumbers(seed: 1)
    for _ in 0..<20_000 {
      var damaged = bytes
      for _ in 0...Int.random(in: 0..<3, using: &numbers) {
        let place = Int.random(in: 0..<damaged.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: damaged[place] = UInt8.random(in: 0...255, using: &numbers)
        case 1: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
        case 2: damaged.remove(at: place)
        default: damaged.insert(255, at: place)
        }
      }
      do {
        try readAll(damaged)
      } catch {
        #expect(error is DamagedBytes)
      }
    }
    for end in bytes.indices {
      #expect(throws: DamagedBytes.self) { try readAll(Array(bytes[..<end])) }
    }
  }

  @Test func claimsOfDamagedBytesAllocateNothing() throws {
    for claim in [Int.max, 1 << 40, -1, Int.min] {
      let writer = ByteWriter()
      writer.add(0)
      writer.add(claim)
      writer.add(claim)
      for _ in 0..<8 { writer.add(1 << 40) }
      let bytes = writer.bytes
      #expect(throws: DamagedBytes.self) { try ByteReader(bytes).buffer() }
      #expect(throws: DamagedBytes.self) { try ByteReader(Array(bytes[8...])).doubles() }
      #expect(throws: DamagedBytes.self) { try ByteReader(Array(bytes[8...])).text() }
      #expect(throws: DamagedBytes.self) { try ByteReader(Array(bytes[8...])).matrix() }
      #expect(throws: DamagedBytes.self) { try ByteReader(Array(bytes[8...])).each { 0 } }
    }
  }

  /// What refers to itself, or to a thing of another kind.
  @Test func referencesThatLeadNowhere() {
    let cyclic = ByteWriter()
    for number in [0, 1, 1] { cyclic.add(number) }
    #expect(throws: DamagedBytes.self) {
      let reader = ByteReader(cyclic.bytes)
      _ = try reader.shared { try reader.buffer() }
    }
    let deep = ByteWriter()
    for _ in 0..<100_000 { deep.add(0) }
    let reader = ByteReader(deep.bytes)
    func down() throws -> Buffer { try reader.shared { try down() } }
    #expect(throws: DamagedBytes.self) { try down() }
  }

  /// A source that gives a few bytes at a time is read like memory.
  @Test func windowsOfASource() throws {
    let writer = ByteWriter()
    let numbers = (0..<50_000).map { Double($0) }
    writer.add("before")
    writer.add(numbers)
    for i in 0..<20_000 { writer.add(i) }
    let bytes = writer.bytes
    var given = 0
    let reader = ByteReader(count: bytes.count) { target in
      bytes.withUnsafeBytes {
        target.copyMemory(from: .init(rebasing: $0[given..<given + target.count]))
      }
      given += target.count
    }
    #expect(try reader.text() == "before")
    #expect(try reader.doubles() == numbers)
    for i in 0..<20_000 { #expect(try reader.int() == i) }
    try reader.end()
    #expect(given == bytes.count)
  }
}
