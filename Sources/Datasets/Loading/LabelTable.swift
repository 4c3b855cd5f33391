import Text
import Glibc

/// Numbers label texts in the order of their first occurrence, without a string for each row.
struct LabelTable: Sendable {
  /// The distinct texts, in that order.
  private(set) var texts: [[UInt8]] = []
  /// The number of each row's text.
  private(set) var numbers: [Int] = []
  private var slots = [Int](repeating: -1, count: 64)

  /// Makes room for the labels of `rows` rows.
  mutating func reserve(_ rows: Int) { numbers.reserveCapacity(rows) }

  /// Adds the label of the next row; returns whether no row before has the same one.
  @discardableResult
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let known = texts.count
    numbers.append(number(of: bytes))
    return texts.count > known
  }

  /// Joins the labels of consecutive tables.
  static func joined(_ tables: [LabelTable]) -> LabelTable {
    var result = LabelTable()
    result.numbers.reserveCapacity(tables.reduce(0) { $0 + $1.numbers.count })
    for table in tables {
      let map = table.texts.map { text in text.withUnsafeBufferPointer { result.number(of: $0) } }
      for number in table.numbers { result.numbers.append(map[number]) }
    }
    return result
  }

  /// The number of a text, which is added where it is new.
  private mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = firstSlot(of: bytes)
    while slots[slot] >= 0 {
      if texts[slots[slot]].elementsEqual(bytes) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = texts.count
    slots[slot] = number
    texts.append(Array(bytes))
    if texts.count * 2 > slots.count { rehash() }
    return number
  }

  /// The slot at which the search for a text begins, by its FNV-1a hash.
  private func firstSlot(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
  }

  private mutating func rehash() {
    slots = [Int](repeating: -1, count: slots.count * 2)
    for (number, text) in texts.enumerated() {
      var slot = text.withUnsafeBufferPointer { firstSlot(of: $0) }
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = number
    }
  }

  /// The canonical form of a label: numbers by their value, so that "1", "+1" and "1.0" are one
  /// class. Numbers too large to be distinguished stay as they are.
  static func canonical(_ text: String) -> String {
    guard let value = DecimalParser.parse(text), value.magnitude < 0x1p53 else { return text }
    return NumberText.shortest(value == 0 ? 0 : value)
  }

  /// The class number of each row, and the classes in order. Where all labels are numbers, equal
  /// numbers are one class.
  func numbered() throws -> (labels: [Int], classes: [String]) {
    var names = texts.map { String(decoding: $0, as: UTF8.self) }
    if names.allSatisfy({ DecimalParser.parse($0) != nil }) {
      names = names.map(LabelTable.canonical)
    }
    let classes = try Dataset.orderedClasses(names)
    var places: [String: Int] = [:]
    for (place, name) in classes.enumerated() { places[name] = place }
    let map = names.map { places[$0] ?? 0 }
    return (numbers.map { map[$0] }, classes)
  }
}
