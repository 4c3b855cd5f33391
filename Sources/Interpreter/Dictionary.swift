import LinearAlgebra
import Text

/// A key of a dictionary: a string, a number, a truth value, or a tuple of keys.
public enum DictionaryKey: Sendable, Hashable {
  case string(String)
  case number(Double)
  case bool(Bool)
  case tuple([DictionaryKey])

  /// The key of a value.
  ///
  /// - Throws: A `Failure` for values that can't be keys.
  init(_ value: Value) throws {
    switch value {
    case .string(let box): self = .string(box.text)
    case .number(let number):
      guard !number.isNaN else {
        throw Failure("nan can't be a key: it equals no number, not even itself")
      }
      self = .number(number)
    case .bool(let flag): self = .bool(flag)
    case .tuple(let box): self = .tuple(try box.items.map { try DictionaryKey($0) })
    default:
      let isArray = if case .array = value { true } else { false }
      throw Failure(
        "a key is a string, a number, true or false, or a tuple of them, "
          + "not \(article(value.typeAndShape))",
        help: isArray ? "a tuple of numbers is one: `(1, 2)`" : nil)
    }
  }

  /// The key as a value.
  var value: Value {
    switch self {
    case .string(let text): .string(text)
    case .number(let number): .number(number)
    case .bool(let flag): .bool(flag)
    case .tuple(let keys): .tuple(keys.map(\.value))
    }
  }

  /// Keys are equal where `==` holds for their values: `true` equals 1.
  public static func == (a: DictionaryKey, b: DictionaryKey) -> Bool {
    switch (a, b) {
    case (.string(let x), .string(let y)): x == y
    case (.tuple(let x), .tuple(let y)): x == y
    default:
      if let x = a.asNumber, let y = b.asNumber { x == y } else { false }
    }
  }

  /// Equal keys have equal hashes.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .string(let text): hasher.combine(text)
    case .tuple(let keys): hasher.combine(keys)
    case .number, .bool: hasher.combine(asNumber)
    }
  }

  private var asNumber: Double? {
    switch self {
    case .number(let number): number
    case .bool(let flag): flag ? 1 : 0
    default: nil
    }
  }
}

/// The entries of a dictionary on the heap, in the order of insertion.
///
/// An entry is changed in place only through `Dictionary.update`, which copies a box that another
/// value shares.
public final class DictionaryBox: @unchecked Sendable {
  /// The keys, in the order in which they came.
  public private(set) var keys: [DictionaryKey]
  /// The values, in the same order.
  public private(set) var values: [Value]
  private var places: [DictionaryKey: Int]
  /// Nesting depth, as a list's.
  private(set) var depth: Int

  /// A dictionary of these entries; of equal keys, the last value counts, at the place of the
  /// first.
  ///
  /// - Throws: A `Failure` where the values are nested too deeply.
  public init(_ entries: [(key: DictionaryKey, value: Value)]) throws {
    keys = []
    values = []
    places = [:]
    depth = 1
    places.reserveCapacity(entries.count)
    for (i, entry) in entries.enumerated() {
      if i % 512 == 511 { try Interruption.check() }
      try set(entry.key, to: entry.value)
    }
  }

  private init(copying other: DictionaryBox) {
    keys = other.keys
    values = other.values
    places = other.places
    depth = other.depth
  }

  deinit { Discard.inBackground(values) }

  /// The number of entries.
  public var count: Int { keys.count }

  /// The value of a key; nil where there is no such key.
  public func value(of key: DictionaryKey) -> Value? { places[key].map { values[$0] } }

  /// The same entries without one.
  func removing(_ key: DictionaryKey) throws -> DictionaryBox {
    guard let hole = places[key] else { throw missing(key) }
    return try DictionaryBox(
      try Interruption.map(count - 1, costEach: 64) { i in
        let place = i < hole ? i : i + 1
        return (keys[place], values[place])
      })
  }

  /// `there is no key 'lrr'`, with the nearest key.
  func missing(_ key: DictionaryKey) -> Failure {
    let message = "the dictionary has no key \(key.value.literalText)"
    if keys.isEmpty { return Failure(message, help: "it is empty") }
    let texts = keys.prefix(12).map(\.value.literalText)
    let all = "keys: " + texts.joined(separator: " ") + (keys.count > texts.count ? " …" : "")
    guard case .string(let text) = key else { return Failure(message, help: all) }
    let names = keys.prefix(1000).compactMap {
      if case .string(let name) = $0 { name } else { nil }
    }
    let near = Spelling.nearest(to: text, in: names).map { "did you mean \"\($0)\"? " } ?? ""
    return Failure(message, help: near + all)
  }

  private func set(_ key: DictionaryKey, to value: Value) throws {
    let deepest = max(depth, value.depth + 1)
    guard deepest <= ListBox.depthLimit else { throw ListBox.tooDeep("dictionary") }
    depth = deepest
    if let place = places[key] {
      values[place] = value
    } else {
      places[key] = keys.count
      keys.append(key)
      values.append(value)
    }
  }

  /// Changes the value of a key; `change` gets nil where there is no such key. Where it throws, the
  /// dictionary is as before.
  static func update(
    _ box: inout DictionaryBox, _ key: DictionaryKey, _ change: (inout Value?) throws -> Void
  ) throws {
    if !isKnownUniquelyReferenced(&box) { box = DictionaryBox(copying: box) }
    guard let place = box.places[key] else {
      var value: Value?
      try change(&value)
      if let value { try box.set(key, to: value) }
      return
    }
    // The value leaves its place for the change, so that an array has one owner and is not copied.
    var value: Value? = box.values[place]
    box.values[place] = .none
    defer { box.values[place] = value ?? .none }
    try change(&value)
    let deepest = max(box.depth, (value ?? .none).depth + 1)
    guard deepest <= ListBox.depthLimit else {
      value = Value.none
      throw ListBox.tooDeep("dictionary")
    }
    box.depth = deepest
  }
}
