import LinearAlgebra

/// The values that a loop over a value visits.
struct Items {
  /// How many there are.
  let count: Int
  private let item: (Int) -> Value

  /// The entries of a vector, the rows of a matrix, the items of a list or tuple, the keys of a
  /// dictionary, or the characters of a string. Nil for other types.
  ///
  /// - Throws: `Interrupted`.
  init?(_ value: Value) throws {
    switch value {
    case .array(let array) where array.rank == 1:
      count = array.columns
      item = { array.isMask ? .bool(array.pointer[$0] != 0) : .number(array.pointer[$0]) }
    case .array(let array):
      count = array.rows
      item = { .array(array.row($0)) }
    case .list(let box), .tuple(let box):
      let items = box.items
      count = items.count
      item = { items[$0] }
    case .dictionary(let box):
      let keys = box.keys
      count = keys.count
      item = { keys[$0].value }
    case .string(let box):
      let characters = try Characters(of: box.text)
      count = characters.count
      item = { .string(String(characters[$0])) }
    default: return nil
    }
  }

  /// The value at place `i`, from 0.
  subscript(i: Int) -> Value { item(i) }

  /// All values.
  ///
  /// - Throws: `Interrupted`.
  var all: [Value] {
    get throws { try Interruption.map(count, costEach: 64, item) }
  }
}
