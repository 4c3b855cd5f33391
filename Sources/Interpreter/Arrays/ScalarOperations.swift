import Glibc
import Language

/// The infix operators on two numbers, with numpy's rules for `//` and `%`.
enum ScalarOperations {
  /// ⌊x / y⌋, rounded as in numpy; x / y where y is 0.
  static func floorDivide(_ x: Double, _ y: Double) -> Double {
    guard y != 0, x.isFinite else { return y == 0 ? x / y : .nan }
    var r = fmod(x, y)
    var quotient = (x - r) / y
    if r != 0 && (r < 0) != (y < 0) {
      r += y
      quotient -= 1
    }
    if quotient == 0 { return (x / y).sign == .minus ? -0.0 : 0 }
    let floor = quotient.rounded(.down)
    return quotient - floor > 0.5 ? floor + 1 : floor
  }

  /// x − y⌊x / y⌋, with the sign of y.
  static func remainder(_ x: Double, _ y: Double) -> Double {
    let r = fmod(x, y)
    if r == 0 { return y.sign == .minus ? -0.0 : 0 }
    return (r < 0) != (y < 0) ? r + y : r
  }

  /// x to the y. Squares are products, which C's `pow` does not always round the same.
  static func power(_ x: Double, _ y: Double) -> Double { y == 2 ? x * x : pow(x, y) }

  /// The result of an operator, comparisons as 1 and 0; nil for those that are not of
  /// two numbers.
  static func apply(_ op: BinaryOperator, _ x: Double, _ y: Double) -> Double? {
    switch op {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .floorDivide: floorDivide(x, y)
    case .remainder: remainder(x, y)
    case .power: power(x, y)
    case .equal: x == y ? 1 : 0
    case .notEqual: x != y ? 1 : 0
    case .less: x < y ? 1 : 0
    case .lessOrEqual: x <= y ? 1 : 0
    case .greater: x > y ? 1 : 0
    case .greaterOrEqual: x >= y ? 1 : 0
    case .matrixProduct, .and, .or, .in, .notIn: nil
    }
  }
}
