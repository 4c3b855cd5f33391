import LinearAlgebra

/// An array of a NumPy file: numbers as doubles, or texts.
public struct NumPyArray: Sendable, Equatable {
  /// The entries in C order: the last index runs fastest.
  public enum Payload: Sendable {
    /// Numbers; integers beyond 2⁵³ are rounded. The buffer is for reading.
    case numbers(Buffer)
    /// Texts.
    case text([String])
  }

  /// The size along each axis; none for a single number.
  public let shape: [Int]
  /// The entries.
  public let payload: Payload
  /// The type of an entry in the file that was read or is to be written.
  public let type: NumPyType

  /// Numbers in C order, written as doubles unless another type is given.
  ///
  /// - Throws: `DataError` where the number of entries does not fit the shape.
  public init(
    shape: [Int], values: [Double], type: NumPyType = .float(8)
  ) throws(DataError) {
    let buffer = Buffer(uninitialized: values.count)
    buffer.fill(values)
    try self.init(shape: shape, sharing: buffer, type: type)
  }

  /// Numbers in C order, which nobody writes any more.
  ///
  /// - Throws: `DataError` where the number of entries does not fit the shape.
  public init(
    shape: [Int], sharing buffer: Buffer, type: NumPyType = .float(8)
  ) throws(DataError) {
    try NumPyArray.check(shape, buffer.count)
    self.shape = shape
    self.type = type
    payload = .numbers(buffer)
  }

  /// Texts in C order.
  ///
  /// - Throws: `DataError` where the number of entries does not fit the shape.
  public init(shape: [Int], texts: [String]) throws(DataError) {
    try NumPyArray.check(shape, texts.count)
    self.shape = shape
    type = .text(texts.map(\.unicodeScalars.count).max() ?? 1)
    payload = .text(texts)
  }

  /// The numbers, a copy; empty for texts.
  public var values: [Double] { numbers?.array ?? [] }

  /// The numbers; nil for texts.
  public var numbers: Buffer? {
    if case .numbers(let buffer) = payload { buffer } else { nil }
  }

  /// The texts; nil for numbers.
  public var texts: [String]? {
    if case .text(let texts) = payload { texts } else { nil }
  }

  /// The number of entries.
  public var count: Int {
    switch payload {
    case .numbers(let buffer): buffer.count
    case .text(let texts): texts.count
    }
  }

  /// Whether shape, type and all entries are equal.
  public static func == (a: NumPyArray, b: NumPyArray) -> Bool {
    a.shape == b.shape && a.type == b.type && a.texts == b.texts && a.values == b.values
  }

  private static func check(_ shape: [Int], _ count: Int) throws(DataError) {
    guard NumPyArray.entries(of: shape) == count else {
      throw DataError("\(count) entries don't fill an array of the shape \(shape)")
    }
  }

  /// The number of entries of a shape; nil where a size is negative, or the number overflows.
  static func entries(of shape: [Int]) -> Int? {
    var count = 1
    // A zero on any axis makes it empty, whatever the other sizes are.
    if shape.contains(0) { return shape.allSatisfy { $0 >= 0 } ? 0 : nil }
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard size > 0, !overflow else { return nil }
      count = product
    }
    return count
  }
}

/// An array and its name in an archive.
public struct NamedArray: Sendable, Equatable {
  /// Its name, without ".npy".
  public let name: String
  /// The array.
  public let array: NumPyArray

  /// An array with a name.
  public init(name: String, array: NumPyArray) {
    self.name = name
    self.array = array
  }
}
