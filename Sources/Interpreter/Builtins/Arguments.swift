import Text
import LinearAlgebra

/// Conversions of the arguments of a built-in function. Their errors name the parameter.
extension Value {
  /// Whether the call left the argument out.
  public var isMissing: Bool { if case .undefined = self { true } else { false } }

  /// A number, or a truth value as 0 or 1; nil for other types.
  public var asNumber: Double? {
    switch self {
    case .number(let number): number
    case .bool(let flag): flag ? 1 : 0
    default: nil
    }
  }

  /// A number, or a truth value as 0 or 1.
  ///
  /// - Throws: A `Failure` for other types.
  public func number(_ name: String) throws -> Double {
    guard let number = asNumber else {
      throw Failure("'\(name)' must be a number, not \(article(typeAndShape))")
    }
    return number
  }

  /// A whole number of magnitude below 9·10¹⁵.
  ///
  /// - Throws: A `Failure` for other numbers and types, and for numbers below `least`.
  public func whole(_ name: String, atLeast least: Int = .min) throws -> Int {
    let x = try number(name)
    guard x.rounded() == x, abs(x) < 9e15 else {
      throw Failure("'\(name)' must be a whole number, not \(NumberText.shortest(x))")
    }
    guard Int(x) >= least else {
      throw Failure("'\(name)' must be at least \(least), not \(NumberText.shortest(x))")
    }
    return Int(x)
  }

  /// True or false; `orElse` where the argument was left out.
  ///
  /// - Throws: A `Failure` for other types.
  public func flag(_ name: String, orElse: Bool) throws -> Bool {
    switch self {
    case .undefined: return orElse
    case .bool(let flag): return flag
    default: throw Failure("'\(name)' must be true or false, not \(article(typeAndShape))")
    }
  }

  /// A vector or matrix; a number or truth value becomes a vector of one entry, and a list of
  /// numbers and truth values a vector of them.
  ///
  /// - Throws: A `Failure` for other types.
  public func array(_ name: String) throws -> NumericArray {
    switch self {
    case .array(let array): return array
    case .number(let number): return NumericArray(vector: [number])
    case .bool(let flag): return NumericArray(vector: [flag ? 1 : 0], isMask: true)
    case .list(let box):
      if let vector = try box.vector() { return vector }
      fallthrough
    default:
      throw Failure("'\(name)' must be a vector or matrix, not \(article(typeAndShape))")
    }
  }

  /// A vector; a number or truth value becomes a vector of one entry.
  ///
  /// - Throws: A `Failure` for a matrix and for other types.
  public func vector(_ name: String) throws -> NumericArray {
    let array = try array(name)
    guard array.rank == 1 else {
      throw Failure(
        "'\(name)' must be a vector, not \(article(typeAndShape))",
        help: "`ravel(\(name))` puts the rows of a matrix one after the other")
    }
    return array
  }

  /// `axis=`: 0 goes down the rows, 1 along the columns, and negative ones count from the end; nil
  /// where it is `none` or left out.
  func axis(rank: Int) throws -> Int? {
    if isMissing { return nil }
    if case .none = self { return nil }
    let axis = try whole("axis")
    let place = axis < 0 ? axis + rank : axis
    guard place >= 0 && place < rank else {
      throw Failure(
        "axis \(axis) is out of range for \(rank == 1 ? "a vector" : "a matrix")",
        help: rank == 1 ? "a vector has axis 0 only" : "0 goes down the rows, 1 along the columns")
    }
    return place
  }
}

/// A requested shape: rank 1 with one row, or rank 2.
struct Shape {
  let rank: Int
  let rows: Int
  let columns: Int

  /// A shape from one or two numbers, or from one vector, list or tuple of them.
  ///
  /// - Throws: A `Failure` where there are no such numbers; `MemoryRefused` where memory is short.
  init(_ values: [Value], _ function: String) throws {
    var numbers: [Value] = values
    if values.count == 1 {
      switch values[0] {
      case .array(let array):
        guard array.rank == 1 else {
          throw Failure(
            "a shape must be one or two whole numbers, not \(article(values[0].typeAndShape))")
        }
        numbers = try array.entries.map { .number($0) }
      case .tuple(let box), .list(let box): numbers = box.items
      default: break
      }
    }
    guard numbers.count == 1 || numbers.count == 2 else {
      throw try Shape.refusal(numbers, function)
    }
    let sizes = try numbers.map { try $0.whole("shape", atLeast: 0) }
    rank = sizes.count
    rows = rank == 1 ? 1 : sizes[0]
    columns = sizes[rank - 1]
    // Rows without columns take no memory, but they take time.
    try MemoryLimit.require(rows: max(rows, 1), columns: max(columns, 1), bytesPerEntry: 8)
  }

  /// The error of a shape of no number or of more than two.
  private static func refusal(_ numbers: [Value], _ function: String) throws -> Failure {
    func call(_ sizes: String) -> String {
      function == "reshape" ? "`reshape(x, [\(sizes)])`" : "`\(function)(\(sizes))`"
    }
    guard let last = numbers.last else {
      return Failure(
        "a shape must be one or two whole numbers, not none",
        help: "\(call("5")) is a vector, \(call("2, 3")) a matrix")
    }
    let columns = try last.whole("shape")
    let rows = try numbers.dropLast().reduce(1.0) { $0 * Double(try $1.whole("shape")) }
    let names = [rows, Double(columns)].map { NumberText.shortest($0) }.joined(separator: ", ")
    return Failure(
      "a shape of \(numbers.count) numbers is none: the language has vectors and matrices only",
      help: rows >= 0 && columns >= 0
        ? "\(call(names)) is a matrix of as many entries"
        : "\(call("2, 3")) is a matrix, and one size may be -1")
  }

  /// An array of the shape, all of whose entries the caller must write.
  func array() -> NumericArray {
    rank == 1
      ? NumericArray(uninitializedVector: columns)
      : NumericArray(uninitializedRows: rows, columns: columns)
  }

  /// An array of the shape, of zeros.
  func zeros() -> NumericArray {
    NumericArray(
      rank: rank, rows: rows, columns: columns, buffer: Buffer(zeros: rows * columns))
  }

  /// An array of the shape whose entry number i is `entry(i)`, counted row by row.
  func filled(_ entry: (Int) throws -> Double) throws -> Value {
    let result = array()
    try Interruption.forEachRange(of: result.count, costEach: 8) { range in
      for i in range { result.pointer[i] = try entry(i) }
    }
    return .array(result)
  }
}
