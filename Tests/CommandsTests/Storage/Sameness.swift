import Glibc
import LinearAlgebra

@testable import Commands
@testable import Interpreter

/// Whether two values are the same in every field, to the bit, as reflection sees them: private
/// fields are among them, so that none can be forgotten.
enum Sameness {
  /// Whether functions are the same only where they were written at the same place.
  @TaskLocal static var comparesPlaces = true

  /// Where two things first differ, as a path of fields; nil where they don't.
  static func difference(_ a: Any, _ b: Any) -> String? {
    var seen: Set<Pair> = []
    return difference(a, b, "", &seen)
  }

  private struct Pair: Hashable {
    let a: ObjectIdentifier
    let b: ObjectIdentifier
  }

  private static func difference(
    _ a: Any, _ b: Any, _ path: String, _ seen: inout Set<Pair>
  ) -> String? {
    guard type(of: a) == type(of: b) else { return "\(path): another type" }
    switch (a, b) {
    case (let a as Double, let b as Double):
      return a.bitPattern == b.bitPattern ? nil : "\(path): \(a) and \(b)"
    case (let a as any Hashable, let b as any Hashable) where isPlain(a):
      return AnyHashable(a) == AnyHashable(b) ? nil : "\(path): \(a) and \(b)"
    case (let a as [Double], let b as [Double]):
      return a.map(\.bitPattern) == b.map(\.bitPattern) ? nil : "\(path): other numbers"
    case (let a as [String: Any], let b as [String: Any]):
      guard a.keys.sorted() == b.keys.sorted() else { return "\(path): other names" }
      for (key, value) in a {
        guard let other = b[key] else { return "\(path).\(key)" }
        if let found = difference(value, other, "\(path).\(key)", &seen) { return found }
      }
      return nil
    case (let a as DictionaryBox, let b as DictionaryBox):
      return difference(a.keys, b.keys, "\(path).keys", &seen)
        ?? difference(a.values, b.values, "\(path).values", &seen)
    case (let a as Buffer, let b as Buffer):
      return bits(a.pointer, a.count) == bits(b.pointer, b.count) ? nil : "\(path): other numbers"
    case (let a as DoubleMatrix, let b as DoubleMatrix):
      return difference(a.matrix, b.matrix, path, &seen)
    case (let a as any FeatureStorage, let b as any FeatureStorage):
      return differenceOfStorages(a, b, path)
    case (let a as BuiltinFunction, let b as BuiltinFunction):
      return a === b ? nil : "\(path): another function"
    case (let a as UserFunction, let b as UserFunction):
      return differenceOfFunctions(a, b, path, &seen)
    default: return differenceOfParts(a, b, path, &seen)
    }
  }

  private static func isPlain(_ value: Any) -> Bool {
    value is Int || value is String || value is Bool || value is UInt64 || value is Int32
      || value is [Int] || value is [String]
  }

  private static func bits(_ first: UnsafePointer<Double>, _ count: Int) -> [UInt64] {
    (0..<count).map { first[$0].bitPattern }
  }

  private static func differenceOfParts(
    _ a: Any, _ b: Any, _ path: String, _ seen: inout Set<Pair>
  ) -> String? {
    let (left, right) = (Mirror(reflecting: a), Mirror(reflecting: b))
    if left.displayStyle == .class {
      let pair = Pair(a: ObjectIdentifier(a as AnyObject), b: ObjectIdentifier(b as AnyObject))
      guard seen.insert(pair).inserted else { return nil }
    }
    let (parts, others) = (Array(left.children), Array(right.children))
    guard parts.count == others.count else { return "\(path): another number of parts" }
    if left.displayStyle == .enum, parts.isEmpty {
      return "\(a)" == "\(b)" ? nil : "\(path): \(a) and \(b)"
    }
    for (i, (part, other)) in zip(parts, others).enumerated() {
      guard part.label == other.label else { return "\(path): another case" }
      let name = part.label ?? String(i)
      if let found = difference(part.value, other.value, "\(path).\(name)", &seen) { return found }
    }
    return nil
  }

  private static func differenceOfStorages(
    _ a: any FeatureStorage, _ b: any FeatureStorage, _ path: String
  ) -> String? {
    guard a.rows == b.rows, a.columns == b.columns, a.storageName == b.storageName else {
      return "\(path): another storage"
    }
    if let a = a as? SparseMatrix, let b = b as? SparseMatrix {
      guard a.rowStarts == b.rowStarts, a.entries.indices.elementsEqual(b.entries.indices),
        a.entries.values.elementsEqual(b.entries.values, by: { $0.bitPattern == $1.bitPattern })
      else { return "\(path): other entries" }
    }
    return Features(a).isSame(as: Features(b)) ? nil : "\(path): other numbers"
  }

  /// Nodes are compared by what they are made of: the text.
  private static func differenceOfFunctions(
    _ a: UserFunction, _ b: UserFunction, _ path: String, _ seen: inout Set<Pair>
  ) -> String? {
    guard a.name == b.name, a.parameterNames == b.parameterNames, a.definition == b.definition,
      a.prose == b.prose, a.callText == b.callText, a.slotCount == b.slotCount,
      !comparesPlaces
        || a.source.name == b.source.name
          && a.source.place(of: a.span) == b.source.place(of: b.span)
    else { return "\(path): another function" }
    return difference(a.defaults, b.defaults, "\(path).defaults", &seen)
      ?? difference(a.captured, b.captured, "\(path).captured", &seen)
  }
}

extension Features {
  fileprivate func isSame(as other: Features) -> Bool {
    switch (storage.denseRows, other.storage.denseRows) {
    case (.bytes(let a, _)?, .bytes(let b, _)?): memcmp(a, b, storage.memoryBytes) == 0
    case (.single(let a, let x, let p)?, .single(let b, let y, let q)?):
      x == y && p == q && memcmp(a, b, storage.memoryBytes) == 0
    case (.double(let a, _)?, .double(let b, _)?): memcmp(a, b, storage.memoryBytes) == 0
    case (nil, nil): true
    default: false
    }
  }
}
