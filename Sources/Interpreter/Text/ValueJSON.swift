import LinearAlgebra
import Text

/// A value as JSON, for programs that show it.
///
/// Numbers have the digits that give the same double back; those that JSON has no word for are the
/// texts `nan`, `inf` and `-inf`. Numbers, truth values and texts are themselves, and what has a
/// shape says its type:
///
///     {"type":"matrix","shape":[2,2],"values":[[1,2],[3,"nan"]]}
///     {"type":"list","length":2,"items":["cat",{"type":"vector","shape":[1],"values":[5]}]}
///     {"type":"dictionary","length":1,"entries":[{"key":"lr","value":0.1}]}
///     {"type":"history","shape":"of 3","fields":{"loss":{"type":"vector","shape":[3],…},…}}
///
/// It is a description, not a copy: of each side of an array, of a list and of a dictionary at most
/// 100 entries are written, and 1000 in all. What is cut off has a member `shown`, which counts
/// what is there: `"shape":[850,3073],"shown":[9,100]`. A field that can't be made is null.
public struct ValueJSON {
  /// The most entries of one side, of all together, and the most characters of a text.
  private static let (mostEntries, mostInAll, mostCharacters) = (100, 1000, 10_000)
  /// Lists in lists and the like; what is deeper has no entries, since readers have a limit, too.
  private static let mostNested = 20

  private let display: Display
  private var left = ValueJSON.mostInAll
  private var depth = 0

  private init(_ display: Display) { self.display = display }

  /// The JSON of a value; of matrices that a display shows transposed, as it shows them.
  public static func of(_ value: Value, on display: Display) -> JSONValue {
    var writer = ValueJSON(display)
    return writer.json(value)
  }

  private mutating func json(_ value: Value) -> JSONValue {
    left -= 1
    switch value {
    case .undefined, .none: return .null
    case .bool(let flag): return .bool(flag)
    case .number(let number): return Self.number(number)
    case .string(let box): return text(box.text)
    case .array(let array): return self.array(array, value.typeName)
    case .list(let box), .tuple(let box): return list(box.items, value.typeName)
    case .dictionary(let box): return dictionary(box)
    case .function(let function):
      return .object([("type", "function"), ("call", .string(function.callText))])
    case .object(let box): return object(box.object)
    }
  }

  private static func number(_ x: Double) -> JSONValue {
    x.isFinite ? .number(x) : .string(NumberText.shortest(x))
  }

  private mutating func text(_ text: String) -> JSONValue {
    left -= text.utf8.count / 100
    guard text.utf8.count > Self.mostCharacters else { return .string(text) }
    let start = String(text.prefix(Self.mostCharacters))
    return .object([
      ("type", "string"), ("bytes", .integer(text.utf8.count)), ("text", .string(start)),
      ("shown", .integer(start.utf8.count)),
    ])
  }

  /// The entries of `count` that there is room for.
  private func room(for count: Int) -> Int { min(count, Self.mostEntries, max(left, 0)) }

  private mutating func array(_ array: NumericArray, _ type: String) -> JSONValue {
    let columns = room(for: array.columns)
    let rows = array.rank == 1 ? 1 : min(room(for: array.rows), max(left, 0) / max(columns, 1))
    left -= rows * columns
    let values = (0..<rows).map { i -> JSONValue in
      let row = array.pointer + i * array.columns
      return .array(
        (0..<columns).map { array.isMask ? .bool(row[$0] != 0) : Self.number(row[$0]) })
    }
    let (shape, shown) =
      array.rank == 1
      ? ([array.columns], [columns]) : ([array.rows, array.columns], [rows, columns])
    return .object([
      ("type", .string(type)), ("shape", Self.numbers(shape)),
      ("values", array.rank == 1 ? values[0] : .array(values)),
      ("shown", shown == shape ? nil : Self.numbers(shown)),
    ])
  }

  private static func numbers(_ numbers: [Int]) -> JSONValue {
    .array(numbers.map { .integer($0) })
  }

  private mutating func list(_ items: [Value], _ type: String) -> JSONValue {
    let written = nested(items.count) { $0.json(items[$1]) }
    return .object([
      ("type", .string(type)), ("length", .integer(items.count)), ("items", .array(written)),
      ("shown", written.count == items.count ? nil : .integer(written.count)),
    ])
  }

  private mutating func dictionary(_ box: DictionaryBox) -> JSONValue {
    let written = nested(box.count) { writer, i in
      .object([
        ("key", writer.json(box.keys[i].value)), ("value", writer.json(box.values[i])),
      ])
    }
    return .object([
      ("type", "dictionary"), ("length", .integer(box.count)), ("entries", .array(written)),
      ("shown", written.count == box.count ? nil : .integer(written.count)),
    ])
  }

  /// As many of `count` entries as there is room for.
  private mutating func nested(
    _ count: Int, _ entry: (inout ValueJSON, Int) -> JSONValue
  ) -> [JSONValue] {
    guard depth < Self.mostNested else { return [] }
    depth += 1
    defer { depth -= 1 }
    var written: [JSONValue] = []
    while written.count < min(count, Self.mostEntries), left > 0 {
      written.append(entry(&self, written.count))
    }
    return written
  }

  private mutating func object(_ object: any ObjectValue) -> JSONValue {
    depth += 1
    defer { depth -= 1 }
    let shape = object.shapeText(on: display)
    let fields = object.fieldNames.map { name -> (name: String, value: JSONValue?) in
      switch object.describedField(name, on: display) {
      case .value(let value): (name, json(value))
      case .dear(let type, let shape):
        (
          name,
          .object([
            ("type", .string(type)), ("shape", shape.map(Self.numbers)),
            ("shown", Self.numbers([Int](repeating: 0, count: shape?.count ?? 1))),
          ])
        )
      }
    }
    return .object([
      ("type", .string(object.typeName)), ("shape", shape.isEmpty ? nil : .string(shape)),
      ("fields", .object(fields)),
    ])
  }
}
