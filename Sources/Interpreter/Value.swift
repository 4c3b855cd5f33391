import LinearAlgebra
import Text

/// The value of a variable or expression. Values never alias: arrays share storage only until one
/// of them is written.
///
/// Every payload is at most one word, so that a value has 16 bytes. Numbers and truth values have
/// no reference counts.
public enum Value: @unchecked Sendable {
  /// No value: a name without one, or an argument left out.
  case undefined
  case none
  case bool(Bool)
  case number(Double)
  case string(StringBox)
  /// A vector, matrix or mask.
  case array(NumericArray)
  case list(ListBox)
  case tuple(ListBox)
  case dictionary(DictionaryBox)
  case function(FunctionValue)
  /// A dataset, model, history, table, report or plot.
  case object(ObjectBox)

  /// A string as a value.
  public static func string(_ text: String) -> Value { .string(StringBox(text)) }
  /// A list as a value.
  public static func list(_ items: [Value]) -> Value { .list(ListBox(items)) }
  /// A tuple as a value.
  public static func tuple(_ items: [Value]) -> Value { .tuple(ListBox(items)) }
  /// An engine object as a value.
  public static func object(_ object: any ObjectValue) -> Value { .object(ObjectBox(object)) }
  /// A vector as a value.
  public static func vector(_ entries: [Double]) -> Value { .array(NumericArray(vector: entries)) }

  /// The name of its type in messages and `vars`.
  public var typeName: String {
    switch self {
    case .undefined: "undefined"
    case .none: "none"
    case .bool: "bool"
    case .number: "number"
    case .string: "string"
    case .array(let array):
      array.isMask ? "mask" : array.rank == 1 ? "vector" : "matrix"
    case .list: "list"
    case .tuple: "tuple"
    case .dictionary: "dictionary"
    case .function: "function"
    case .object(let box): box.object.typeName
    }
  }

  /// The type and shape in messages: `matrix 3073×10`, `vector of 5`, `number`. Of an object the
  /// type alone: which of its sides are rows is for the display to say.
  public var typeAndShape: String {
    switch self {
    case .array(let array):
      "\(typeName) \(array.rank == 1 ? "of \(array.columns)" : "\(array.rows)×\(array.columns)")"
    case .list(let box): "list of \(box.items.count)"
    case .tuple(let box): "tuple of \(box.items.count)"
    case .dictionary(let box): "dictionary of \(box.count)"
    default: typeName
    }
  }

  /// The type and shape as a display shows them: of an object, too.
  public func typeAndShape(on display: Display) -> String {
    guard case .object(let box) = self else { return typeAndShape }
    let shape = box.object.shapeText(on: display)
    return shape.isEmpty ? typeName : "\(typeName) \(shape)"
  }

  /// The memory of its contents, in bytes. Storage shared with other values counts in each of them.
  public var memoryBytes: Int {
    switch self {
    case .undefined, .none, .bool, .number: 0
    case .string(let box): box.text.utf8.count
    case .array(let array): array.count * 8
    case .list(let box), .tuple(let box): box.items.reduce(0) { $0 + 16 + $1.memoryBytes }
    case .dictionary(let box):
      zip(box.keys, box.values).reduce(0) { $0 + 64 + $1.0.value.memoryBytes + $1.1.memoryBytes }
    case .function(let function): function.captured.reduce(0) { $0 + 16 + $1.memoryBytes }
    case .object(let box): box.object.memoryBytes
    }
  }
}

extension Value {
  /// The nesting depth of a list, tuple, dictionary, or function that holds values; 0 for others.
  var depth: Int {
    switch self {
    case .list(let box), .tuple(let box): box.depth
    case .dictionary(let box): box.depth
    case .function(let function): function.depth
    default: 0
    }
  }
}

/// A string on the heap.
public final class StringBox: Sendable {
  /// The text.
  public let text: String
  /// Holds `text`.
  public init(_ text: String) { self.text = text }
}

/// The items of a list or tuple on the heap.
///
/// An item is changed in place only through `update`, which copies a box that another value shares.
public final class ListBox: @unchecked Sendable {
  /// The items.
  public private(set) var items: [Value]
  /// Nesting depth of lists and tuples: 1 where no item is one.
  public private(set) var depth: Int
  /// Holds `items`.
  public init(_ items: [Value]) {
    self.items = items
    depth = items.reduce(0) { max($0, $1.depth) } + 1
  }

  /// Holds `items`, which may be many.
  ///
  /// - Throws: A `Failure` where they are nested too deeply; `Interrupted`.
  init(checkingDepthOf items: [Value]) throws {
    var deepest = 0
    do {
      try Interruption.forEachRange(of: items.count, costEach: 8) { range in
        for item in items[range] { deepest = max(deepest, item.depth) }
      }
    } catch {
      Discard.inBackground(items)
      throw error
    }
    guard deepest < ListBox.depthLimit else { throw ListBox.tooDeep("list") }
    self.items = items
    depth = deepest + 1
  }

  /// Changes one item. Where `change` throws, the list is as before.
  ///
  /// - Throws: The error of `change`; a `Failure` where the item is nested too deeply;
  ///   `Interrupted`.
  static func update(
    _ box: inout ListBox, at place: Int, _ change: (inout Value) throws -> Void
  ) throws {
    if !isKnownUniquelyReferenced(&box) {
      let items = box.items
      box = try ListBox(
        checkingDepthOf: try Interruption.map(items.count, costEach: 4) { items[$0] })
    }
    // The item leaves its place for the change, so that an array has one owner and is not copied.
    var item = box.items[place]
    box.items[place] = .none
    defer { box.items[place] = item }
    try change(&item)
    let deepest = max(box.depth, item.depth + 1)
    guard deepest <= ListBox.depthLimit else {
      item = .none
      throw ListBox.tooDeep("list")
    }
    box.depth = deepest
  }

  static func tooDeep(_ type: String) -> Failure {
    Failure("a \(type) can't be nested deeper than \(ListBox.depthLimit)")
  }

  /// The greatest nesting depth of values.
  static let depthLimit = 1000

  deinit { Discard.inBackground(items) }
}

/// An engine object on the heap.
public final class ObjectBox: Sendable {
  /// The object.
  public let object: any ObjectValue
  /// Holds `object`.
  public init(_ object: any ObjectValue) { self.object = object }
}
