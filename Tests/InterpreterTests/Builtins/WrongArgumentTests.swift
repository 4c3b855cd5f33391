import LinearAlgebra
import TestSupport
import Testing

@testable import Interpreter

/// Whatever a function or method is given: a value or an error comes back, and no trap.
@Suite(.serialized) struct WrongArgumentTests {
  private static let numbers: [Double] = [
    0, 1, 2, 3, -1, -2, 0.5, .leastNonzeroMagnitude, 1e9, 2_147_483_648, 9e15, -9e15, 1e300,
    -.infinity, .infinity, .nan,
  ]

  private func values(_ session: Session) -> [Value] {
    var values = Self.numbers.map { Value.number($0) }
    values += [.none, .bool(true), .bool(false), .string(""), .string("ab"), .string("left")]
    let matrices: [(Int, Int, [Double])] = [
      (2, 2, [1, 2, 2, 4]), (2, 3, [1, 2, 3, 4, 5, 6]), (3, 2, [0, -1, 2, 0.5, .nan, 1]),
      (1, 1, [3]), (0, 3, []), (3, 0, []), (2, 2, [.infinity, 0, 1, -1]), (2, 2, [0, 1, 1, 0]),
    ]
    for (rows, columns, entries) in matrices {
      values.append(.array(NumericArray(Matrix(rows: rows, columns: columns, entries))))
    }
    let vectors: [[Double]] = [
      [], [1], [1, 2], [2, -1], [3, 1, 2], [0, 0, 5], [.nan, 1], [1e9, 1e9], [9e15, 9e15],
      [0.5, 0],
      [1e300, -1e300],
    ]
    values += vectors.map { .vector($0) }
    values.append(.array(NumericArray(vector: [1, 0], isMask: true)))
    values += [
      .list([.string("a"), .string("b")]), .list([.bool(true), .bool(false)]), .list([]),
      .list([.list([.bool(true)]), .list([.bool(false)])]), .list([.string("a"), .number(1)]),
      .list([.vector([1, 2]), .vector([3])]), .tuple([.number(2), .number(3)]),
      .tuple([.number(2), .number(3), .number(4)]), .tuple([]),
      .tuple([.tuple([.number(1), .number(2)]), .tuple([.number(0), .number(1)])]),
      .tuple([.number(-1), .number(2)]), .tuple([.number(9e15), .number(9e15)]),
    ]
    if let sum = session.value(of: "sum") { values.append(sum) }
    return values
  }

  @Test func nothingTraps() throws {
    let test = TestSession()
    let values = values(test.session)
    var random = SeededNumbers(seed: 4)
    var (given, refused) = (0, 0)
    MemoryLimit.limited(to: 1e-4) {
      for function in Builtins.all + StringMethods.all {
        for round in 0..<600 {
          let most = function.variadic == nil ? function.parameters.count : 3
          let count =
            round < 5 ? min(round, most) : Int.random(in: 1...max(most, 1), using: &random)
          let arguments = (0..<count).compactMap { _ in values.randomElement(using: &random) }
          do {
            let value = try test.session.call(function, arguments)
            _ = try value.text(for: test.session.display)
            given += 1
          } catch {
            refused += 1
          }
        }
      }
    }
    #expect(given > 1000 && refused > 1000, "\(given) values, \(refused) errors")
  }
}
