import Text
import LinearAlgebra

/// NumPy's files: .npy holds one array, .npz is a zip archive of them.
public enum NumPyFile {
  /// The array of an .npy file.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  public static func readArray(_ path: String) throws -> NumPyArray {
    try readArray(try file(path))
  }

  /// The arrays of an .npz file, in their order.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  public static func readArchive(_ path: String) throws -> [NamedArray] {
    try readArchive(try file(path))
  }

  /// Writes an .npy file.
  ///
  /// - Throws: `DataError`, `Interrupted`.
  public static func writeArray(_ array: NumPyArray, to path: String) throws {
    try AtomicFile.write(to: path) { output in
      try output.append(header(array.type, array.shape))
      try write(array) { try output.append($0) }
    }
  }

  /// Writes an .npz file, whose arrays are stored uncompressed, as `numpy.savez` does.
  ///
  /// - Throws: `DataError`, `Interrupted`.
  public static func writeArchive(_ arrays: [NamedArray], to path: String) throws {
    try ZipArchive.write(
      arrays.map { named in
        let array = named.array
        let header = header(array.type, array.shape)
        return ZipArchive.Output(
          name: named.name + ".npy", size: header.count + array.count * array.type.size
        ) { append in
          try header.withUnsafeBytes { try append($0) }
          try write(array, append)
        }
      }, to: path)
  }

  /// Writes a dataset as `X`, `y`, `classes` and, for pictures, `image_shape`. `X` is as it was
  /// loaded, and keeps the type of bytes and singles; sparse rows are written with their zeros.
  /// What is done to it as it is read is `preparation_mean`, `preparation_scale` and
  /// `preparation_bias`: x ↦ (x − mean)·scale, and a column of ones.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  public static func write(dataset: Dataset, to path: String) throws {
    try ZipArchive.write(try outputs(dataset, suffix: "", withClasses: true), to: path)
  }

  /// Writes the training part of a split as `X` and `y`, the others as `X_val`, `X_test` and so on.
  ///
  /// - Throws: `DataError`, `MemoryRefused`, `Interrupted`.
  public static func write(split: Split, to path: String) throws {
    var all = try outputs(split.train, suffix: "", withClasses: true)
    for name in split.partNames where name != "train" {
      guard let part = split.part(name) else { continue }
      all += try outputs(part, suffix: "_" + name, withClasses: false)
    }
    try ZipArchive.write(all, to: path)
  }

  static func readArray(_ source: DataSource) throws -> NumPyArray {
    try NumPyData(try ArrayBytes(source), path: source.path).array()
  }

  static func readArchive(_ source: DataSource) throws -> [NamedArray] {
    try members(source).map { NamedArray(name: $0.name, array: try $0.data.array()) }
  }

  /// The arrays of an archive, not yet converted.
  static func members(_ source: DataSource) throws -> [(name: String, data: NumPyData)] {
    func member(_ name: String, _ bytes: ArrayBytes) throws -> (name: String, data: NumPyData) {
      do {
        return (
          name.hasSuffix(".npy") ? String(name.dropLast(4)) : name,
          try NumPyData(bytes, name: name, path: source.path)
        )
      } catch let error as DataError {
        throw DataError(
          "\(Escaping.excerpt(name)): \(error.message)", path: error.path, help: error.help)
      }
    }
    if !source.isFolder {
      let file = try StoredFile(source)
      let whole = try file.map { ArrayBytes($0, 0..<$0.size) } ?? ArrayBytes(try source.readAll())
      if let directory = try ZipDirectory(whole) {
        return try directory.entries.map { entry in
          try member(entry.name, whole.part(entry.range, checksum: entry.checksum))
        }
      }
    }
    return try ZipArchive.read(source).map { try member($0.name, ArrayBytes($0.bytes)) }
  }

  private static func file(_ path: String) throws -> DataSource {
    guard let source = try DataSource.onDisk(path) else {
      throw DataError("no such file", path: path)
    }
    return source
  }

  /// The header of a file, padded so that the entries begin at a multiple of 64 bytes.
  private static func header(_ type: NumPyType, _ shape: [Int]) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(type.description)', 'fortran_order': False, 'shape': (\(sizes)), }"
    let unpadded = 10 + text.utf8.count + 1
    text += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    let length = text.utf8.count
    return NumPyHeader.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8 & 0xFF)] + text.utf8
  }

  /// Writes the entries, some thousands at a time.
  private static func write(
    _ array: NumPyArray, _ append: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let size = array.type.size
    for first in stride(from: 0, to: array.count, by: 8192) {
      let range = first..<min(first + 8192, array.count)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(range.count * size)
      switch array.payload {
      case .numbers(let buffer):
        for i in range { try encode(buffer.pointer[i], array.type, into: &bytes) }
      case .text(let texts):
        for i in range {
          let end = bytes.count + size
          for scalar in texts[i].unicodeScalars { encode(scalar.value, into: &bytes) }
          while bytes.count < end { bytes.append(0) }
        }
      }
      try bytes.withUnsafeBytes { try append($0) }
    }
  }

  private static func encode(
    _ value: Double, _ type: NumPyType, into bytes: inout [UInt8]
  ) throws {
    func integer<T: FixedWidthInteger>(_ integer: T.Type) throws {
      guard let exact = T(exactly: value) else {
        throw DataError("\(value) does not fit in the type \(type.description)")
      }
      encode(exact, into: &bytes)
    }
    switch type {
    case .bool: bytes.append(value == 0 ? 0 : 1)
    case .int(1): try integer(Int8.self)
    case .int(2): try integer(Int16.self)
    case .int(4): try integer(Int32.self)
    case .int: try integer(Int64.self)
    case .uint(1): try integer(UInt8.self)
    case .uint(2): try integer(UInt16.self)
    case .uint(4): try integer(UInt32.self)
    case .uint: try integer(UInt64.self)
    case .float(2): encode(HalfFloat.bits(value), into: &bytes)
    case .float(4): encode(Float(value).bitPattern, into: &bytes)
    case .float, .text, .bytes: encode(value.bitPattern, into: &bytes)
    }
  }

  private static func encode<T: FixedWidthInteger>(_ value: T, into bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// The type in which features are written.
  private static func entryType(_ features: Features) -> NumPyType {
    guard features.preparation.leavesColumns, !features.preparation.hasBias else {
      return .float(8)
    }
    switch features.storage {
    case is ByteMatrix: return .uint(1)
    case is SingleMatrix: return .float(4)
    case let sparse as SparseMatrix:
      var form = NarrowestForm()
      form.include(sparse.entries.values)
      return form.areBytes ? .uint(1) : form.areSingles ? .float(4) : .float(8)
    default: return .float(8)
    }
  }

  private static func outputs(
    _ data: Dataset, suffix: String, withClasses: Bool
  ) throws -> [ZipArchive.Output] {
    let features = data.features.with(Preparation())
    let type = entryType(features)
    // A row as numbers and as bytes: with sparse data it may be very wide.
    try MemoryLimit.require(rows: 1, columns: features.columns, bytesPerEntry: 16)
    let shape = [features.rows, features.columns]
    let start = header(type, shape)
    var result = [
      ZipArchive.Output(
        name: "X\(suffix).npy", size: start.count + shape[0] * shape[1] * type.size
      ) { append in
        try start.withUnsafeBytes { try append($0) }
        for i in 0..<features.rows {
          var bytes: [UInt8] = []
          bytes.reserveCapacity(features.columns * type.size)
          if i % 64 == 0 { try Interruption.check() }
          for value in features.row(i) { try encode(value, type, into: &bytes) }
          try bytes.withUnsafeBytes { try append($0) }
        }
      }
    ]
    func add(_ name: String, _ array: NumPyArray) {
      let start = header(array.type, array.shape)
      result.append(
        ZipArchive.Output(name: name + ".npy", size: start.count + array.count * array.type.size) {
          append in
          try start.withUnsafeBytes { try append($0) }
          try write(array, append)
        })
    }
    add(
      "y\(suffix)",
      try NumPyArray(shape: [data.count], values: data.labels.map { Double($0) }, type: .int(8)))
    if withClasses {
      add("classes", try NumPyArray(shape: [data.classCount], texts: data.classes))
      if let names = data.columns {
        add("columns", try NumPyArray(shape: [names.count], texts: names))
      }
      if let shape = data.imageShape {
        add(
          "image_shape",
          try NumPyArray(shape: [shape.count], values: shape.map { Double($0) }, type: .int(8)))
      }
      let preparation = data.features.preparation
      for (name, numbers) in [
        ("columns", preparation.selection?.columns.map { Double($0) }),
        ("raw_columns", preparation.selection.map { [Double($0.rawColumns)] }),
        ("fill", preparation.fill), ("mean", preparation.mean), ("scale", preparation.scale),
        ("bias", preparation.hasBias ? [1] : nil),
      ] {
        guard let numbers else { continue }
        add("preparation_" + name, try NumPyArray(shape: [numbers.count], values: numbers))
      }
    }
    return result
  }
}
