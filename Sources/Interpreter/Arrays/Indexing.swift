import Language
import LinearAlgebra

/// Reads `x[…]` with numbers, slices, masks and vectors of indices.
enum Indexing {
  /// A subscript, evaluated.
  enum Subscript {
    case number(Double)
    case value(Value)
    case slice(start: Double?, stop: Double?, step: Double?)
  }

  /// The value of `value[subs]`.
  static func get(_ value: Value, _ subs: [Subscript]) throws -> Value {
    switch value {
    case .array(let array):
      return try array.rank == 1 ? vector(array, subs) : matrix(array, subs)
    case .list(let box), .tuple(let box):
      let selection = try AxisSelection(only(subs, value), length: box.items.count, noun: "items")
      if case .one(let i) = selection { return box.items[i] }
      let items = try Interruption.map(selection.count) { box.items[selection[$0]] }
      let selected = try ListBox(checkingDepthOf: items)
      if case .tuple = value { return .tuple(selected) }
      return .list(selected)
    case .string(let box):
      let characters = try Characters(of: box.text)
      let selection = try AxisSelection(
        only(subs, value), length: characters.count, noun: "characters")
      return .string(try LongText.joined(selection.count) { characters[selection[$0]] })
    case .dictionary(let box):
      let key = try key(subs)
      guard let item = box.value(of: key) else { throw box.missing(key) }
      return item
    case .object(let box):
      return try rows(of: box.object, only(subs, value))
    default:
      throw Failure("\(article(value.typeName)) can't be indexed")
    }
  }

  /// The only subscript.
  ///
  /// - Throws: A `Failure` where there is not exactly one.
  static func only(_ subs: [Subscript], _ value: Value) throws -> Subscript {
    guard subs.count == 1, let first = subs.first else {
      throw Failure("\(article(value.typeAndShape)) takes one index, not \(subs.count)")
    }
    return first
  }

  /// The key between the brackets; several values are a tuple, as in `d[1, 2]`.
  static func key(_ subs: [Subscript]) throws -> DictionaryKey {
    let values = try subs.map { sub -> Value in
      switch sub {
      case .number(let number): return .number(number)
      case .value(let value): return value
      case .slice:
        throw Failure(
          "a dictionary is indexed by a key, not a slice",
          help: "`for key, value in d { … }` goes over all of it")
      }
    }
    return try DictionaryKey(values.count == 1 ? values[0] : .tuple(values))
  }

  private static func rows(of object: any ObjectValue, _ sub: Subscript) throws -> Value {
    guard object.fieldNames.contains("n"), case .number(let n) = try object.field("n") else {
      throw Failure(
        "\(article(object.typeName)) can't be indexed",
        help: object.fieldNames.isEmpty
          ? nil : "fields: " + object.fieldNames.map { "." + $0 }.joined(separator: " "))
    }
    let selection = try AxisSelection(sub, length: Int(n), noun: "samples")
    if case .one(let i) = selection { return try object.rows(.one(i)) }
    return try object.rows(.many(try Interruption.map(selection.count) { selection[$0] }))
  }

  private static func vector(_ array: NumericArray, _ subs: [Subscript]) throws -> Value {
    let sub = try only(subs, .array(array))
    let selection = try AxisSelection(sub, length: array.count, noun: "entries")
    switch selection {
    case .one(let i): return entry(array, i)
    case .range(let start, let count, 1):
      return .array(
        NumericArray(
          rank: 1, rows: 1, columns: count, buffer: array.buffer, offset: array.offset + start,
          isMask: array.isMask))
    default: return .array(try gathered(array, by: selection))
    }
  }

  private static func matrix(_ array: NumericArray, _ subs: [Subscript]) throws -> Value {
    if let mask = try matrixMask(subs, array) {
      return .array(try array.gathered(mask.count) { mask[$0] })
    }
    let (rows, columns) = try axes(subs, array)
    let width = array.columns
    switch (rows, columns) {
    case (.one(let i), .one(let j)): return entry(array, i * width + j)
    case (.one(let i), .range(0, width, 1)): return .array(array.row(i))
    case (.one(let i), _):
      return .array(try array.gathered(columns.count) { i * width + columns[$0] })
    case (_, .one(let j)):
      return .array(try array.gathered(rows.count) { rows[$0] * width + j })
    case (.list(let p), .list(let q)):
      let count = try paired(p, q)
      return .array(
        try array.gathered(count) { p[p.count == 1 ? 0 : $0] * width + q[q.count == 1 ? 0 : $0] })
    case (.range(let start, let count, 1), .range(0, width, 1)):
      return .array(
        NumericArray(
          rank: 2, rows: count, columns: width, buffer: array.buffer,
          offset: array.offset + start * width, isMask: array.isMask))
    default:
      try MemoryLimit.require(rows: rows.count, columns: columns.count, bytesPerEntry: 8)
      let result = NumericArray(
        uninitializedRows: rows.count, columns: columns.count, isMask: array.isMask)
      let isWhole = if case .range(0, width, 1) = columns { true } else { false }
      try Interruption.forEachRange(of: rows.count, costEach: columns.count) { range in
        for i in range {
          let source = array.pointer + rows[i] * width
          let target = result.pointer + i * columns.count
          if isWhole {
            try target.copy(from: source, count: width)
          } else {
            try Interruption.forEachRange(of: columns.count, costEach: 2) { places in
              for j in places { target[j] = source[columns[j]] }
            }
          }
        }
      }
      return .array(result)
    }
  }

  /// The selected entries of a vector. A loop for each form of selection, without a branch in it.
  private static func gathered(
    _ array: NumericArray, by selection: AxisSelection
  ) throws -> NumericArray {
    switch selection {
    case .one(let place): try array.gathered(1) { _ in place }
    case .range(let start, let count, let step):
      try array.gathered(count) { start + $0 * step }
    case .list(let places): try array.gathered(places.count) { places[$0] }
    }
  }

  /// The selections of both axes; without a second subscript, all columns.
  static func axes(
    _ subs: [Subscript], _ array: NumericArray
  ) throws -> (AxisSelection, AxisSelection) {
    guard subs.count == 1 || subs.count == 2 else {
      throw Failure("a matrix takes one or two indices, not \(subs.count)")
    }
    let rows = try AxisSelection(subs[0], length: array.rows, noun: "rows")
    guard subs.count == 2 else {
      return (rows, .range(start: 0, count: array.columns, step: 1))
    }
    return (rows, try AxisSelection(subs[1], length: array.columns, noun: "columns"))
  }

  /// The places that a mask of the matrix's own shape selects; nil where there is no such mask.
  static func matrixMask(_ subs: [Subscript], _ array: NumericArray) throws -> [Int]? {
    guard subs.count == 1, case .value(let value) = subs[0], let mask = try value.mask(),
      mask.rank == 2
    else { return nil }
    guard mask.rows == array.rows && mask.columns == array.columns else {
      throw Failure(
        "a mask of \(mask.rows)×\(mask.columns) can't select from a matrix of "
          + "\(array.rows)×\(array.columns)")
    }
    return try mask.nonzeroPlaces()
  }

  /// The number of pairs of two vectors of indices. Their lengths must agree, or one must be 1.
  static func paired(_ p: [Int], _ q: [Int]) throws -> Int {
    guard p.count == q.count || p.count == 1 || q.count == 1 else {
      throw Failure(
        "two vectors of indices pair up, so they must have one length, "
          + "not \(p.count) and \(q.count)",
        help: "for a block of rows and columns index twice: `M[rows][:, columns]`")
    }
    return p.count == 1 ? q.count : p.count
  }

  private static func entry(_ array: NumericArray, _ i: Int) -> Value {
    array.isMask ? .bool(array.pointer[i] != 0) : .number(array.pointer[i])
  }
}

extension Value {
  /// A mask, or a list that stands for one; nil for other values.
  fileprivate func mask() throws -> NumericArray? {
    switch self {
    case .array(let array): array.isMask ? array : nil
    case .list(let box): try box.mask()
    default: nil
    }
  }
}
