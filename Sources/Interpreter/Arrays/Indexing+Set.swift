import Language
import LinearAlgebra

extension Indexing {
  /// `target[subs] = new`; with an operator, `target[subs] op= new`, and a place that is selected
  /// twice is updated twice. The array is copied only where `target` is not its sole owner, or the
  /// update takes long: an interruption must leave the old entries.
  static func set(
    _ target: inout Value, _ subs: [Subscript], _ op: BinaryOperator?, _ new: Value
  ) throws {
    if var array = takeArray(from: &target) {
      defer { target = .array(array) }
      return try set(&array, subs, op, new)
    }
    try update(&target, subs) { item, missing in
      guard let op else {
        item = new
        return
      }
      guard let old = item else { throw missing }
      item = try Arithmetic.binary(op, old, new)
    }
  }

  /// `target[path[0]][path[1]]… = new`, or `op=`: all but the last must be an item of a list or
  /// dictionary.
  static func set(
    _ target: inout Value, path: ArraySlice<[Subscript]>, _ op: BinaryOperator?, _ new: Value
  ) throws {
    guard let subs = path.first, path.count > 1 else {
      return try set(&target, path.first ?? [], op, new)
    }
    if case .array(let array) = target {
      let isMatrix = array.rank == 2
      throw Failure(
        "an entry of \(article(target.typeName)) can't be indexed again in an assignment",
        help: isMatrix ? "row and column stand in one index: `A[i, j] = …`" : nil)
    }
    try update(&target, subs) { item, missing in
      guard var inner = item else { throw missing }
      item = nil
      defer { item = inner }
      try set(&inner, path: path.dropFirst(), op, new)
    }
  }

  /// Changes one item of a list, or the value of a key, in place where nobody else has the list or
  /// dictionary. `change` gets the item, nil for a key that is not there, and the error for that.
  private static func update(
    _ target: inout Value, _ subs: [Subscript],
    _ change: (inout Value?, Failure) throws -> Void
  ) throws {
    switch target {
    case .list(var box):
      let selection = try AxisSelection(only(subs, target), length: box.items.count, noun: "items")
      guard case .one(let place) = selection else {
        throw Failure("items of a list are assigned one at a time")
      }
      target = .none
      defer { target = .list(box) }
      try ListBox.update(&box, at: place) { item in
        var value: Value? = item
        item = .none
        defer { item = value ?? .none }
        try change(&value, Failure("there is no such item"))
      }
    case .dictionary(var box):
      let key = try key(subs)
      let missing = box.value(of: key) == nil ? box.missing(key) : Failure("")
      target = .none
      defer { target = .dictionary(box) }
      try DictionaryBox.update(&box, key) { try change(&$0, missing) }
    case let value:
      throw Failure(
        "\(article(value.typeName)) can't be assigned to by index",
        help: "only vectors, matrices, lists and dictionaries can")
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

    // A second owner makes sure that the entries are copied.
    let isLong = cost(rows, columns) > mostInPlace
    let before = isLong ? array : nil
    let staysMask = array.isMask && op == nil && isTruth(new)
    try NumericArray.makeMutable(&array, keepingMask: staysMask)
    // One entry, the usual case in loops, needs no more.
    if case .one(let i) = rows, case .one(let j) = columns {
      let (place, value) = (i * array.columns + j, source.withEntries { $0[0] })
      let old = array.pointer[place]
      array.pointer[place] = op.map { ScalarOperations.apply($0, old, value) ?? old } ?? value
      return
    }
    do {
      let update = Update(array, op, source, looks: isLong)
      if isPaired {
        try update.pairs(rows, columns, count.columns)
      } else {
        try update.block(rows, columns)
      }
    } catch {
      if let before { array = before }
      throw error
    }
  }

  /// Operations of the longest update in place, which takes about ten milliseconds.
  private static let mostInPlace = 1 << 24

  /// Approximate operations of an update. Places in any order are mostly not in the cache.
  private static func cost(_ rows: AxisSelection, _ columns: AxisSelection) -> Int {
    let isScattered =
      switch (rows, columns) {
      case (_, .list), (.list, .one): true
      default: false
      }
    return rows.count * columns.count * (isScattered ? 8 : 1)
  }

  private static func isTruth(_ value: Value) -> Bool {
    switch value {
    case .bool: true
    case .array(let array): array.isMask
    default: false
    }
  }

  /// An update of selected entries. Where it does not look for interruptions, it never fails.
  private struct Update {
    private let array: NumericArray
    private let op: BinaryOperator?
    private let source: BroadcastOperand
    private let looks: Bool

    init(_ array: NumericArray, _ op: BinaryOperator?, _ source: BroadcastOperand, looks: Bool) {
      self.array = array
      self.op = op
      self.source = source
      self.looks = looks
    }

    /// Entries at `count` pairs of a row and a column; a single one stands for all.
    func pairs(_ rows: AxisSelection, _ columns: AxisSelection, _ count: Int) throws {
      let rowStep = rows.count == 1 ? 0 : 1
      let columnStep = columns.count == 1 ? 0 : 1
      let width = array.columns
      try source.withEntries { values in
        try update(count, array.pointer, values) {
          rows[$0 * rowStep] * width + columns[$0 * columnStep]
        }
      }
    }

    /// Entries in selected rows and columns.
    func block(_ rows: AxisSelection, _ columns: AxisSelection) throws {
      let (width, entries) = (array.columns, array.pointer)
      let sourceRow = source.rows == 1 ? 0 : source.columns
      try source.withEntries { values in
        if case .one(let j) = columns, !rows.isOne {
          if case .range(let start, _, let step) = rows {
            let first = start * width + j
            let stride = step * width
            return try update(rows.count, entries, values) { first + $0 * stride }
          }
          return try update(rows.count, entries, values) { rows[$0] * width + j }
        }
        for i in 0..<rows.count {
          let base = rows[i] * width
          let line = values + i * sourceRow
          if case .range(let start, _, 1) = columns {
            try update(columns.count, entries + base + start, line) { $0 }
          } else {
            try update(columns.count, entries, line) { base + columns[$0] }
          }
        }
      }
    }

    /// entries[place(i)] op= values[i · step] for i < count, in order.
    @inline(__always)
    private func update(
      _ count: Int, _ entries: UnsafeMutablePointer<Double>, _ values: UnsafePointer<Double>,
      _ place: (Int) -> Int
    ) throws {
      let step = source.columns == 1 ? 0 : 1
      let size = looks ? 1 << 14 : max(count, 1)
      for start in stride(from: 0, to: count, by: size) {
        if looks { try Interruption.check() }
        let range = start..<min(start + size, count)
        switch op {
        case nil: for i in range { entries[place(i)] = values[i * step] }
        case .add: for i in range { entries[place(i)] += values[i * step] }
        case .subtract: for i in range { entries[place(i)] -= values[i * step] }
        case .multiply: for i in range { entries[place(i)] *= values[i * step] }
        case .divide: for i in range { entries[place(i)] /= values[i * step] }
        case .some(let op):
          for i in range {
            let p = place(i)
            entries[p] = ScalarOperations.apply(op, entries[p], values[i * step]) ?? entries[p]
          }
        }
      }
    }
  }
}
