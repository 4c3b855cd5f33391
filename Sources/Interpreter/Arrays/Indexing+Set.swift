import Language
import LinearAlgebra

extension Indexing {
  /// `target[subs] = new`; with an operator, `target[subs] op= new`, and a place that is selected
  /// twice is updated twice. The array is copied only where `target` is not its sole owner.
  static func set(
    _ target: inout Value, _ subs: [Subscript], _ op: BinaryOperator?, _ new: Value
  ) throws {
    if var array = takeArray(from: &target) {
      defer { target = .array(array) }
      return try set(&array, subs, op, new)
    }
    switch target {
    case .list(let box):
      let i = try AxisSelection(only(subs, target), length: box.items.count, noun: "items")
      guard case .one(let place) = i else {
        throw Failure("items of a list are assigned one at a time")
      }
      var items = box.items
      items[place] = try op.map { try Arithmetic.binary($0, items[place], new) } ?? new
      target = .list(try ListBox(checkingDepthOf: items))
    case let value:
      throw Failure(
        "\(article(value.typeName)) can't be assigned to by index",
        help: "only vectors, matrices and lists can")
    }
  }

  /// Moves the array out of a value, so that it has one owner and need not be copied.
  private static func takeArray(from target: inout Value) -> NumericArray? {
    guard case .array(let array) = target else { return nil }
    target = .none
    return array
  }

  private static func set(
    _ array: inout NumericArray, _ subs: [Subscript], _ op: BinaryOperator?, _ new: Value
  ) throws {
    guard let source = Arithmetic.operand(new) else {
      throw Failure("an entry must be a number, not \(article(new.typeAndShape))")
    }
    if let op, ScalarOperations.apply(op, 0, 0) == nil {
      throw Failure("'\(op.rawValue)=' does not go entry by entry")
    }
    let rows: AxisSelection
    let columns: AxisSelection
    var isPaired = false
    if array.rank == 1 {
      rows = .one(0)
      columns = try AxisSelection(only(subs, .array(array)), length: array.count, noun: "entries")
    } else if let mask = try matrixMask(subs, array) {
      rows = .one(0)
      columns = .list(mask)
    } else {
      (rows, columns) = try axes(subs, array)
      if case .list(let p) = rows, case .list(let q) = columns {
        _ = try paired(p, q)
        isPaired = true
      }
    }
    // The shape of the selection, as when it is read.
    let count: (rows: Int, columns: Int)
    if isPaired {
      count = (1, rows.count == 1 ? columns.count : rows.count)
    } else if columns.isOne && !rows.isOne {
      count = (1, rows.count)
    } else {
      count = (rows.count, columns.count)
    }
    guard
      source.rank == 0
        || (source.rows == count.rows || source.rows == 1)
          && (source.columns == count.columns || source.columns == 1)
    else {
      let named =
        count.rows == 1 ? "\(count.columns) entries" : "\(count.rows)×\(count.columns) entries"
      throw Failure("\(source.shapeText) can't be assigned to \(named)")
    }

    let staysMask = array.isMask && op == nil && isTruth(new)
    NumericArray.makeMutable(&array, keepingMask: staysMask)
    let width = array.columns
    let entries = array.pointer
    let sourceRow = source.rows == 1 ? 0 : source.columns
    let sourceStep = source.columns == 1 ? 0 : 1

    try source.withEntries { values in
      if isPaired {
        let rowStep = rows.count == 1 ? 0 : 1
        let columnStep = columns.count == 1 ? 0 : 1
        update(count.columns, entries, op, values, sourceStep) {
          rows[$0 * rowStep] * width + columns[$0 * columnStep]
        }
      } else if case .one(let j) = columns, !rows.isOne {
        if case .range(let start, _, let step) = rows {
          let first = start * width + j
          let stride = step * width
          update(count.columns, entries, op, values, sourceStep) { first + $0 * stride }
        } else {
          update(count.columns, entries, op, values, sourceStep) { rows[$0] * width + j }
        }
      } else {
        for i in 0..<rows.count {
          let base = rows[i] * width
          let line = values + i * sourceRow
          if case .range(let start, _, 1) = columns {
            update(columns.count, entries + base + start, op, line, sourceStep) { $0 }
          } else {
            update(columns.count, entries, op, line, sourceStep) { base + columns[$0] }
          }
          if i & 255 == 255 { try Interruption.check() }
        }
      }
    }
  }

  private static func isTruth(_ value: Value) -> Bool {
    switch value {
    case .bool: true
    case .array(let array): array.isMask
    default: false
    }
  }

  /// entries[place(i)] op= values[i · step] for i < count, in order.
  @inline(__always)
  private static func update(
    _ count: Int, _ entries: UnsafeMutablePointer<Double>, _ op: BinaryOperator?,
    _ values: UnsafePointer<Double>, _ step: Int, _ place: (Int) -> Int
  ) {
    switch op {
    case nil: for i in 0..<count { entries[place(i)] = values[i * step] }
    case .add: for i in 0..<count { entries[place(i)] += values[i * step] }
    case .subtract: for i in 0..<count { entries[place(i)] -= values[i * step] }
    case .multiply: for i in 0..<count { entries[place(i)] *= values[i * step] }
    case .divide: for i in 0..<count { entries[place(i)] /= values[i * step] }
    case .some(let op):
      for i in 0..<count {
        let p = place(i)
        entries[p] = ScalarOperations.apply(op, entries[p], values[i * step]) ?? entries[p]
      }
    }
  }
}
