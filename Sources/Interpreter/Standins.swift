// Stand-ins for what is about to land elsewhere, so that the rest can be built against already:
// whoever lands the real thing deletes the stand-in with it. Nothing else belongs here.

import Language
import Notebooks

// LinearAlgebra.

/// Stand-in.
public struct RandomStream: Sendable {
  private var state: UInt64
  /// Stand-in.
  public init(seed: UInt64, key: String, count: UInt64) {
    state = key.utf8.reduce(seed &* 31 &+ count) { $0 &* 1_099_511_628_211 ^ UInt64($1) }
  }
  /// Stand-in.
  public func child(_ key: String) -> RandomStream { RandomStream(seed: state, key: key, count: 0) }
  /// Stand-in.
  public mutating func nextUInt64() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  /// Stand-in.
  public mutating func uniform() -> Double { Double(nextUInt64() >> 11) / 9_007_199_254_740_992 }
  /// Stand-in.
  public mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
  /// Stand-in.
  public mutating func integer(below n: Int) -> Int { Int(nextUInt64() % UInt64(n)) }
  /// Stand-in.
  public mutating func permutation(_ n: Int) -> [Int] { Array(0..<n) }
  /// Stand-in.
  public mutating func sample(_ k: Int, of n: Int) -> [Int] { Array(0..<k) }
}
struct MemoryRefused: Error, CustomStringConvertible { let description: String }
enum MemoryLimit {
  static func require(rows: Int, columns: Int, bytesPerEntry: Int) throws {}
}

// Arrays, Text and Builtins.

enum Arithmetic {
  static func binary(_ op: BinaryOperator, _ a: Value, _ b: Value) throws -> Value { .none }
  static func unary(_ op: UnaryOperator, _ value: Value) throws -> Value { .none }
  static func transpose(_ array: NumericArray) throws -> Value { .none }
}
enum Indexing {
  enum Subscript {
    case number(Double)
    case value(Value)
    case slice(start: Double?, stop: Double?, step: Double?)
  }
  static func get(_ value: Value, _ subs: [Subscript]) throws -> Value { .none }
  static func set(
    _ target: inout Value, _ subs: [Subscript], _ op: BinaryOperator?, _ new: Value
  ) throws {}
}
struct FormatSpec {
  init(_ text: String) throws {}
  func apply(to value: Value) throws -> String { "" }
}
/// Stand-in.
public enum NumberText {
  /// Stand-in.
  public static func shortest(_ x: Double) -> String { "\(x)" }
}
extension Value {
  /// Stand-in.
  public func text(for display: Display) -> String { literalText }
  /// Stand-in.
  public func shown(on display: Display) -> StyledText { StyledText(literalText) }
}
extension ListBox {
  var depth: Int { 1 }
}
/// Stand-in.
public enum Builtins {
  /// Stand-in.
  public static let all: [BuiltinFunction] = []
}
