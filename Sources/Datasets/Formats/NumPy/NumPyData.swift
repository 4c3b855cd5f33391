import LinearAlgebra
import Text

/// An array in the bytes of a file, which are read when entries are needed, in blocks on all cores.
struct NumPyData: Sendable {
  let header: NumPyHeader
  let file: ArrayBytes
  let path: String
  /// The name of the file in its archive; empty for one without.
  private let name: String

  /// Reads the header of a file.
  ///
  /// - Throws: `DataError` where it is damaged, not supported, or the file lacks entries;
  ///   `MemoryRefused`, `Interrupted`.
  init(_ file: ArrayBytes, name: String = "", path: String) throws {
    header = try file.withPiece(0..<min(file.count, NumPyHeader.mostBytes)) {
      try NumPyHeader($0, of: file.count, path: path)
    }
    self.file = file
    self.name = name
    self.path = path
  }

  /// An array whose entries are where its header says.
  init(_ header: NumPyHeader, _ bytes: FileBytes, path: String) {
    self.init(header, ArrayBytes(bytes), path: path)
  }

  /// An array whose entries are where its header says.
  init(_ header: NumPyHeader, _ bytes: ArrayBytes, path: String) {
    (self.header, file, self.path, name) = (header, bytes, path, "")
  }

  init(_ header: NumPyHeader, _ other: NumPyData, _ file: ArrayBytes) {
    (self.header, self.file, path, name) = (header, file, other.path, other.name)
  }

  var shape: [Int] { header.shape }

  /// The first entry where entries are bytes in C order and in memory; nil for others. It is valid
  /// as long as this value.
  var bytes: UnsafePointer<UInt8>? {
    guard case .uint(1) = header.type, !isTransposed else { return nil }
    return file.pointer.map { UnsafePointer($0 + header.offset) }
  }

  /// The number of entries. The header has checked that the file holds them all.
  var count: Int { NumPyArray.entries(of: shape) ?? 0 }

  /// Whether entries are texts.
  var isText: Bool {
    switch header.type {
    case .text, .bytes: true
    default: false
    }
  }

  /// Whether the order in the file differs from C order.
  var isTransposed: Bool { header.isFortran && shape.count > 1 }

  // MARK: All entries

  /// All entries.
  ///
  /// - Throws: `DataError` where the file is damaged, `MemoryRefused`, `Interrupted`.
  func array() throws -> NumPyArray {
    if isText { return try NumPyArray(shape: shape, texts: try texts()) }
    if isMatrixToTranspose {
      let buffer = try transposed(rows: shape[0], columns: shape[1])
      return try NumPyArray(shape: shape, sharing: buffer, type: header.type)
    }
    let buffer = try readable().doubles(rows: count, columns: 1)
    return try NumPyArray(shape: shape, sharing: buffer, type: header.type)
  }

  /// All numbers of an array of which any block can be read: where they are doubles in memory
  /// already, in that memory.
  func doubles(rows: Int, columns: Int) throws -> Buffer {
    if count == rows * columns, let own = try takenEntries(.float(8), as: Double.self) {
      return Buffer(takingOver: own.pointer, count: count, of: own.owner)
    }
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let buffer = Buffer(uninitialized: rows * columns)
    try write(rows: rows, columns: columns, into: buffer.pointer)
    return buffer
  }

  /// Takes the entries for a value where they are, if that is in memory and they are of a type.
  /// Their check sum is compared.
  ///
  /// - Throws: as `array`.
  func takenEntries<T: BitwiseCopyable>(
    _ type: NumPyType, as: T.Type
  ) throws -> (pointer: UnsafeMutablePointer<T>, owner: any AnyObject & Sendable)? {
    let size = MemoryLayout<T>.stride
    guard header.type == type, !header.isBigEndian, !isTransposed, count > 0,
      let memory = file.taken(header.offset..<header.offset + count * size),
      UInt(bitPattern: memory.start) % UInt(size) == 0
    else { return nil }
    if file.checksum != nil {
      let bytes = UncheckedSendable(memory.start)
      let piece = 1 << 20
      let sums = try Parallel.map((count * size + piece - 1) / piece) { p in
        try Interruption.check()
        let start = p * piece
        return checksum(
          UnsafeRawBufferPointer(
            start: bytes.value + start, count: min(piece, count * size - start)))
      }
      try verify(sums)
    }
    return (memory.start.bindMemory(to: T.self, capacity: count), memory.owner)
  }

  /// Writes all numbers in C order.
  private func write(rows: Int, columns: Int, into target: UnsafeMutablePointer<Double>) throws {
    let place = UncheckedSendable(target)
    let sums = try Parallel.map(blockCount(rows, columns)) { b in
      let block = self.block(b, rows, columns)
      return try convert(
        block.lowerBound * columns..<block.upperBound * columns,
        into: place.value + block.lowerBound * columns)
    }
    try verify(sums)
  }

  /// Calls `body` with the numbers of each block of entries, on all cores. Only blocks are in
  /// memory.
  ///
  /// - Throws: as `array`; what `body` throws.
  func forEachBlock(
    _ body: @Sendable (Range<Int>, UnsafePointer<Double>) throws -> Void
  ) throws {
    let data = try readable()
    try data.verify(try data.map(count, 1, body))
  }

  /// Calls `body` with the numbers of each block of entries of several vectors of one length, one
  /// block after the other.
  ///
  /// - Throws: as `array`; what `body` throws.
  static func forEachBlockInOrder(
    of vectors: [NumPyData], _ body: (Range<Int>, [UnsafePointer<Double>]) throws -> Void
  ) throws {
    let vectors = try vectors.map { try $0.readable() }
    guard let first = vectors.first else { return }
    let rooms = vectors.map { _ in TypedScratch<Double>(first.blockSize(1)) }
    var sums = [[CRC32?]](repeating: [], count: vectors.count)
    for b in 0..<first.blockCount(first.count, 1) {
      try Interruption.check()
      let block = first.block(b, first.count, 1)
      for (v, vector) in vectors.enumerated() {
        sums[v].append(try vector.convert(block, into: rooms[v].pointer))
      }
      try body(block, rooms.map { UnsafePointer($0.pointer) })
    }
    for (vector, sums) in zip(vectors, sums) { try vector.verify(sums) }
  }

  // MARK: Blocks of rows

  func blockSize(_ columns: Int) -> Int { max(1, 32768 / max(1, columns)) }

  func blockCount(_ rows: Int, _ columns: Int) -> Int {
    (rows + blockSize(columns) - 1) / blockSize(columns)
  }

  func block(_ b: Int, _ rows: Int, _ columns: Int) -> Range<Int> {
    b * blockSize(columns)..<min(rows, (b + 1) * blockSize(columns))
  }

  /// Calls `body` with the numbers of each block, on all cores. Returns the check sums.
  func map(
    _ rows: Int, _ columns: Int,
    _ body: @Sendable (Range<Int>, UnsafePointer<Double>) throws -> Void
  ) throws -> [CRC32?] {
    try Parallel.map(blockCount(rows, columns)) { b in
      try withBlock(b, rows, columns) { block, values, sum in
        try body(block, values)
        return sum
      }
    }
  }

  func withBlock<R>(
    _ b: Int, _ rows: Int, _ columns: Int,
    _ body: (Range<Int>, UnsafePointer<Double>, CRC32?) throws -> R
  ) throws -> R {
    let block = block(b, rows, columns)
    try MemoryLimit.require(rows: block.count, columns: columns, bytesPerEntry: 8)
    let room = TypedScratch<Double>(block.count * columns)
    let sum = try convert(
      block.lowerBound * columns..<block.upperBound * columns, into: room.pointer)
    return try body(block, room.pointer, sum)
  }

  // MARK: Check sums

  func checksum(_ bytes: UnsafeRawBufferPointer) -> CRC32? {
    guard file.checksum != nil else { return nil }
    var sum = CRC32()
    sum.add(bytes)
    return sum
  }

  /// Compares the sum of the file with that of its header, these parts and what follows them.
  func verify(_ parts: [CRC32?]) throws {
    guard let stored = file.checksum else { return }
    var sum = CRC32()
    try file.withPiece(0..<header.offset) { sum.add($0) }
    for case let part? in parts { sum.add(part) }
    let end = header.offset + count * header.type.size
    for start in stride(from: end, to: file.count, by: 1 << 20) {
      try file.withPiece(start..<min(start + 1 << 20, file.count)) { sum.add($0) }
    }
    guard sum.value == stored else {
      throw DataError(
        "the archive is damaged: the check sum of \(Escaping.excerpt(name)) does not match",
        path: path, help: "copy or save it again")
    }
  }

  /// The same array where any block can be read: in memory where its order is not C's.
  func readable() throws -> NumPyData {
    guard isTransposed, file.pointer == nil || file.checksum != nil else { return self }
    let bytes = try FileBytes(capacity: count * header.type.size)
    let piece = 1 << 20
    let place = UncheckedSendable(bytes.pointer)
    let sums = try Parallel.map((bytes.capacity + piece - 1) / piece) { p in
      let range = p * piece..<min(bytes.capacity, (p + 1) * piece)
      let own = place.value + range.lowerBound
      try file.read(header.offset + range.lowerBound..<header.offset + range.upperBound, into: own)
      return checksum(UnsafeRawBufferPointer(start: own, count: range.count))
    }
    try verify(sums)
    bytes.hold(bytes.capacity)
    return NumPyData(header.moved(to: 0), self, ArrayBytes(bytes))
  }

  // MARK: Conversion

  /// Writes the numbers of a range of entries in C order.
  ///
  /// - Returns: the check sum of their bytes; nil where none is needed.
  func convert(
    _ range: Range<Int>, into target: UnsafeMutablePointer<Double>
  ) throws -> CRC32? {
    let size = header.type.size
    let start = header.offset
    if isTransposed {
      guard let base = file.pointer else { return nil }
      try Interruption.check()
      let all = UnsafeRawPointer(base + start)
      var places = Places(shape, from: range.lowerBound)
      withExtendedLifetime(file) {
        convert(range.count, into: target) { _ in all + places.next() * size }
      }
      return nil
    }
    let bytes = start + range.lowerBound * size..<start + range.upperBound * size
    if case .float(8) = header.type, !header.isBigEndian {
      try file.read(bytes, into: target)
      return checksum(UnsafeRawBufferPointer(start: target, count: bytes.count))
    }
    return try file.withPiece(bytes) { raw in
      if let base = raw.baseAddress {
        convert(range.count, into: target) { base + $0 * size }
      }
      return checksum(raw)
    }
  }

  @inline(__always)
  private func convert(
    _ count: Int, into target: UnsafeMutablePointer<Double>,
    _ place: (Int) -> UnsafeRawPointer
  ) {
    let swaps = header.isBigEndian
    func integers<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) {
      for i in 0..<count {
        let x = place(i).loadUnaligned(as: type)
        target[i] = Double(swaps ? x.byteSwapped : x)
      }
    }
    switch header.type {
    case .bool: for i in 0..<count { target[i] = place(i).load(as: UInt8.self) == 0 ? 0 : 1 }
    case .int(1): integers(Int8.self)
    case .int(2): integers(Int16.self)
    case .int(4): integers(Int32.self)
    case .int: integers(Int64.self)
    case .uint(1): integers(UInt8.self)
    case .uint(2): integers(UInt16.self)
    case .uint(4): integers(UInt32.self)
    case .uint: integers(UInt64.self)
    case .float(2):
      for i in 0..<count {
        let bits = place(i).loadUnaligned(as: UInt16.self)
        target[i] = HalfFloat.value(swaps ? bits.byteSwapped : bits)
      }
    case .float(4):
      for i in 0..<count {
        let bits = place(i).loadUnaligned(as: UInt32.self)
        target[i] = Double(Float(bitPattern: swaps ? bits.byteSwapped : bits))
      }
    case .float:
      for i in 0..<count {
        let bits = place(i).loadUnaligned(as: UInt64.self)
        target[i] = Double(bitPattern: swaps ? bits.byteSwapped : bits)
      }
    case .text, .bytes: break
    }
  }

  /// All entries as texts in C order.
  ///
  /// - Throws: as `array`.
  func texts() throws -> [String] {
    let size = header.type.size
    let bytes = header.offset..<header.offset + count * size
    return try file.withPiece(bytes) { raw in
      try verify([checksum(raw)])
      var places = Places(shape, from: 0)
      return (0..<count).map { i in
        let start = (isTransposed ? places.next() : i) * size
        return text(UnsafeRawBufferPointer(rebasing: raw[start..<start + size]))
      }
    }
  }

  private func text(_ raw: UnsafeRawBufferPointer) -> String {
    guard case .text(let characters) = header.type else {
      let end = raw.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
      return String(decoding: raw[..<end], as: UTF8.self)
    }
    var text = String.UnicodeScalarView()
    for c in 0..<characters {
      let code = raw.loadUnaligned(fromByteOffset: 4 * c, as: UInt32.self)
      text.append(Unicode.Scalar(header.isBigEndian ? code.byteSwapped : code) ?? "\u{FFFD}")
    }
    while text.last == "\0" { text.removeLast() }
    return String(text)
  }

  /// Where entries lie in Fortran order, one after the other in C order.
  private struct Places {
    private let shape: [Int]
    private var strides: [Int] = []
    private var index: [Int]
    private var place = 0

    init(_ shape: [Int], from start: Int) {
      self.shape = shape
      index = shape.map { _ in 0 }
      var stride = 1
      for size in shape {
        strides.append(stride)
        stride *= size
      }
      var rest = start
      for axis in shape.indices.reversed() where shape[axis] > 0 {
        index[axis] = rest % shape[axis]
        rest /= shape[axis]
        place += index[axis] * strides[axis]
      }
    }

    mutating func next() -> Int {
      let here = place
      for axis in shape.indices.reversed() {
        index[axis] += 1
        place += strides[axis]
        if index[axis] < shape[axis] { break }
        place -= strides[axis] * shape[axis]
        index[axis] = 0
      }
      return here
    }
  }
}
