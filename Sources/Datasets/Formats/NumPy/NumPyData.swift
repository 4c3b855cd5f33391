import LinearAlgebra

/// An array in the bytes of a file; entries are converted on access.
struct NumPyData {
  let header: NumPyHeader
  private let file: FileBytes
  private let path: String

  /// Reads the header of a file in memory.
  init(_ file: FileBytes, path: String) throws(DataError) {
    header = try file.withBytes { bytes throws(DataError) in
      try NumPyHeader(bytes, path: path)
    }
    self.file = file
    self.path = path
  }

  /// An array whose entries are where its header says.
  init(_ header: NumPyHeader, _ file: FileBytes, path: String) {
    (self.header, self.file, self.path) = (header, file, path)
  }

  var shape: [Int] { header.shape }

  /// The first entry where entries are bytes in C order; nil for others. It is valid as long as
  /// this value.
  var bytes: UnsafePointer<UInt8>? {
    guard case .uint(1) = header.type, !header.isFortran || shape.count < 2 else { return nil }
    return UnsafePointer(file.pointer + header.offset)
  }

  /// The number of entries. The header has checked that the file holds them all.
  var count: Int { NumPyArray.entries(of: shape) ?? 0 }

  /// Whether entries are texts.
  var isText: Bool { if case .text = header.type { true } else { false } }

  /// All entries.
  ///
  /// - Throws: `MemoryRefused`.
  func array() throws -> NumPyArray {
    if isText { return try NumPyArray(shape: shape, texts: try texts()) }
    try MemoryLimit.require(rows: count, columns: 1, bytesPerEntry: 8)
    let values = [Double](unsafeUninitializedCapacity: count) { target, filled in
      if let base = target.baseAddress { write(into: base) }
      filled = count
    }
    return try NumPyArray(shape: shape, values: values, type: header.type)
  }

  /// The entries as rows of features, in the narrowest form. Bytes in C order are copied as they
  /// are.
  ///
  /// - Throws: `MemoryRefused`.
  func features(rows: Int, columns: Int) throws -> Features {
    defer { withExtendedLifetime(file) {} }
    let entries = UnsafePointer(file.pointer + header.offset)
    if !header.isFortran {
      switch header.type {
      case .uint(1):
        return Features(
          try ByteMatrix(rows: rows, columns: columns) { target in
            target.baseAddress?.update(from: entries, count: rows * columns)
          })
      case .float(4) where !header.isBigEndian:
        if let features = try singles(entries, rows, columns) { return features }
      default: break
      }
    }
    try MemoryLimit.require(rows: rows, columns: columns, bytesPerEntry: 8)
    let buffer = Buffer(uninitialized: rows * columns)
    write(into: buffer.pointer)
    return try Features.narrowest(Matrix(rows: rows, columns: columns, sharing: buffer))
  }

  /// The entries as singles; nil where all are bytes.
  private func singles(
    _ entries: UnsafePointer<UInt8>, _ rows: Int, _ columns: Int
  ) throws -> Features? {
    let raw = UnsafeRawPointer(entries)
    let isBytes = (0..<rows * columns).allSatisfy { i in
      let x = raw.loadUnaligned(fromByteOffset: 4 * i, as: Float.self)
      return x >= 0 && x <= 255 && x == x.rounded(.down) && x.sign == .plus
    }
    if isBytes { return nil }
    return Features(
      try SingleMatrix(rows: rows, columns: columns) { i, row in
        for j in 0..<columns {
          row[j] = raw.loadUnaligned(fromByteOffset: 4 * (i * columns + j), as: Float.self)
        }
      })
  }

  /// All entries as texts.
  func texts() throws -> [String] {
    guard case .text(let characters) = header.type else { return [] }
    defer { withExtendedLifetime(file) {} }
    let base = UnsafeRawPointer(file.pointer + header.offset)
    var result: [String] = []
    for place in places() {
      var text = String.UnicodeScalarView()
      for c in 0..<characters {
        var code = base.loadUnaligned(
          fromByteOffset: 4 * (place * characters + c), as: UInt32.self)
        if header.isBigEndian { code = code.byteSwapped }
        text.append(Unicode.Scalar(code) ?? "\u{FFFD}")
      }
      while text.last == "\0" { text.removeLast() }
      result.append(String(text))
    }
    return result
  }

  /// Writes all numbers in C order.
  private func write(into target: UnsafeMutablePointer<Double>) {
    defer { withExtendedLifetime(file) {} }
    let base = UnsafeRawPointer(file.pointer + header.offset)
    let swaps = header.isBigEndian
    func integers<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) {
      write(into: target) { i in
        let x = base.loadUnaligned(fromByteOffset: MemoryLayout<T>.size * i, as: type)
        return Double(swaps ? x.byteSwapped : x)
      }
    }
    switch header.type {
    case .bool: write(into: target) { base.load(fromByteOffset: $0, as: UInt8.self) == 0 ? 0 : 1 }
    case .int(1): integers(Int8.self)
    case .int(2): integers(Int16.self)
    case .int(4): integers(Int32.self)
    case .int: integers(Int64.self)
    case .uint(1): integers(UInt8.self)
    case .uint(2): integers(UInt16.self)
    case .uint(4): integers(UInt32.self)
    case .uint: integers(UInt64.self)
    case .float(2):
      write(into: target) { i in
        let bits = base.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self)
        return HalfFloat.value(swaps ? bits.byteSwapped : bits)
      }
    case .float(4):
      write(into: target) { i in
        let bits = base.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
        return Double(Float(bitPattern: swaps ? bits.byteSwapped : bits))
      }
    case .float:
      write(into: target) { i in
        let bits = base.loadUnaligned(fromByteOffset: 8 * i, as: UInt64.self)
        return Double(bitPattern: swaps ? bits.byteSwapped : bits)
      }
    case .text: break
    }
  }

  private func write(into target: UnsafeMutablePointer<Double>, _ value: (Int) -> Double) {
    if !header.isFortran || shape.count < 2 {
      for i in 0..<count { target[i] = value(i) }
    } else {
      for (i, place) in places().enumerated() { target[i] = value(place) }
    }
  }

  /// The position of each entry in the file, in C order.
  private func places() -> [Int] {
    let count = self.count
    guard header.isFortran, shape.count > 1, count > 0 else { return Array(0..<count) }
    var strides: [Int] = []
    var stride = 1
    for size in shape {
      strides.append(stride)
      stride *= size
    }
    var index = [Int](repeating: 0, count: shape.count)
    var place = 0
    return (0..<count).map { _ in
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

/// Binary floating point of 16 bits, which not every machine supports.
enum HalfFloat {
  /// The value of a bit pattern: a sign, 5 bits of exponent, 10 bits of fraction.
  static func value(_ bits: UInt16) -> Double {
    let fraction = Double(bits & 0x3FF)
    let exponent = Int(bits >> 10 & 0x1F)
    let magnitude: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
      }
    return bits >> 15 == 0 ? magnitude : -magnitude
  }

  /// The bit pattern nearest to a value; of two that are equally near, the even one.
  static func bits(_ value: Double) -> UInt16 {
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    let magnitude = value.magnitude
    if magnitude.isNaN { return sign | 0x7E00 }
    // 65520 is half-way between the largest number and the next power of two.
    if magnitude >= 65520 { return sign | 0x7C00 }
    let exponent = magnitude < 0x1p-14 ? -14 : Int(magnitude.exponent)
    let unit = Double(sign: .plus, exponent: exponent - 10, significand: 1)
    let steps = UInt16((magnitude / unit).rounded(.toNearestOrEven))
    // A fraction that rounds up to 1024 carries into the exponent by itself.
    return sign | (magnitude < 0x1p-14 ? steps : UInt16(exponent + 14) << 10 + steps)
  }
}
