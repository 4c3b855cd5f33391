import Glibc

/// Numbers label texts in the order in which they come, without a string for each row.
struct LabelTable {
  /// The distinct texts, in the order in which they came.
  private(set) var texts: [[UInt8]] = []
  /// Which of them each row has.
  private(set) var numbers: [Int] = []
  private var slots = [Int](repeating: -1, count: 64)

  /// Adds the label of the next row.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
    while slots[slot] >= 0 {
      if texts[slots[slot]].elementsEqual(bytes) {
        numbers.append(slots[slot])
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = texts.count
    numbers.append(texts.count)
    texts.append(Array(bytes))
    if texts.count * 2 > slots.count { rehash() }
  }

  private mutating func rehash() {
    slots = [Int](repeating: -1, count: slots.count * 2)
    for (number, text) in texts.enumerated() {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = number
    }
  }

  /// The classes in their order, and each row's number among them. Where all labels are numbers,
  /// those of one value are one class.
  func numbered() -> (labels: [Int], classes: [String]) {
    var names = texts.map { String(decoding: $0, as: UTF8.self) }
    if names.allSatisfy({ DecimalParser.parse($0) != nil }) {
      names = names.map(NumberText.canonicalLabel)
    }
    let classes = Dataset.orderedClasses(names)
    var places: [String: Int] = [:]
    for (place, name) in classes.enumerated() { places[name] = place }
    let map = names.map { places[$0] ?? 0 }
    return (numbers.map { map[$0] }, classes)
  }
}
