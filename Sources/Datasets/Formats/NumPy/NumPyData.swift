import LinearAlgebra
import Text

/// An array in the bytes of a file, which are read when entries are needed, in blocks on all cores.
struct NumPyData: Sendable {
  let header: NumPyHeader
  private let file: ArrayBytes
  private let path: String
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

  private init(_ header: NumPyHeader, _ other: NumPyData, _ file: ArrayBytes) {
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
  private var isTransposed: Bool { header.isFortran && shape.count > 1 }

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
  private func doubles(rows: Int, columns: Int) throws -> Buffer {
    if let own = try entriesInPlace(.float(8), as: Double.self) {
      return Buffer(takingOver: own.pointer, count: count, of: own.owner)
    }
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let buffer = Buffer(uninitialized: rows * columns)
    try write(rows: rows, columns: columns, into: buffer.pointer)
    return buffer
  }

  /// The entries where they are, if that is in memory and they are of a type; the array is not used
  /// after that. Their check sum is compared.
  ///
  /// - Throws: as `array`.
  func entriesInPlace<T: BitwiseCopyable>(
    _ type: NumPyType, as: T.Type
  ) throws -> (pointer: UnsafeMutablePointer<T>, owner: any AnyObject & Sendable)? {
    let size = MemoryLayout<T>.stride
    guard header.type == type, !header.isBigEndian, !isTransposed, count > 0,
      let memory = file.owned(header.offset..<header.offset + count * size),
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

  private func blockSize(_ columns: Int) -> Int { max(1, 32768 / max(1, columns)) }

  private func blockCount(_ rows: Int, _ columns: Int) -> Int {
    (rows + blockSize(columns) - 1) / blockSize(columns)
  }

  private func block(_ b: Int, _ rows: Int, _ columns: Int) -> Range<Int> {
    b * blockSize(columns)..<min(rows, (b + 1) * blockSize(columns))
  }

  /// Calls `body` with the numbers of each block, on all cores. Returns the check sums.
  private func map(
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

  private func withBlock<R>(
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

  // MARK: Fortran's order

  /// Whether the array is a matrix by its columns that is read in tiles: it is on disk, and not to
  /// be in memory twice.
  private var isMatrixToTranspose: Bool {
    isTransposed && shape.count == 2 && file.pointer == nil && !isText
  }

  /// The same numbers in the order of the file.
  private var inFileOrder: NumPyData {
    NumPyData(header.inFileOrder, self, file)
  }

  /// The features of a matrix that is read in tiles, in the narrowest form.
  private func transposedFeatures() throws -> Features {
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

  private func transposed(rows: Int, columns: Int, isVerified: Bool = false) throws -> Buffer {
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

  // MARK: Check sums

  private func checksum(_ bytes: UnsafeRawBufferPointer) -> CRC32? {
    guard file.checksum != nil else { return nil }
    var sum = CRC32()
    sum.add(bytes)
    return sum
  }

  /// Compares the sum of the file with that of its header, these parts and what follows them.
  private func verify(_ parts: [CRC32?]) throws {
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
  private func readable() throws -> NumPyData {
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
  private func convert(
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
