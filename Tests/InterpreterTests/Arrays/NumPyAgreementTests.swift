import Foundation
import TestSupport
import Testing
import Text

@testable import Interpreter

/// Expressions have the shapes and values that numpy gave for them. The script beside the file
/// writes it, and says how.
@Suite struct NumPyAgreementTests {
  /// A value as numpy gave it.
  private enum Expected: CustomStringConvertible {
    case numbers(shape: [Int], entries: [Double])
    case text(String)
    case texts([String])

    init(_ column: Substring) throws {
      if column.hasPrefix("\"") || column.hasPrefix("[") {
        let json = Data(column.utf8)
        if column.hasPrefix("[") {
          self = .texts(try JSONDecoder().decode([String].self, from: json))
        } else {
          self = .text(try JSONDecoder().decode(String.self, from: json))
        }
        return
      }
      let parts = column.split(separator: ":", omittingEmptySubsequences: false)
      self = .numbers(
        shape: try parts[0].split(separator: " ").map { try #require(Int($0)) },
        entries: try parts[1].split(separator: " ").map { try #require(Double($0)) })
    }

    var description: String {
      switch self {
      case .numbers(let shape, let entries): "\(shape): \(entries)"
      case .text(let text): text
      case .texts(let texts): "\(texts)"
      }
    }

    /// Whether a value is this one: the shape exactly, and each entry to 1e-12 of its size, or of 1
    /// where it is smaller.
    func agrees(with value: Value) throws -> Bool {
      switch (self, value) {
      case (.text(let text), .string(let box)): return text == box.text
      case (.texts(let texts), .list(let box)): return try box.texts() == texts
      case (.numbers(let shape, let entries), .array(let array)):
        guard shape == (array.rank == 1 ? [array.columns] : [array.rows, array.columns]) else {
          return false
        }
        return try zip(array.entries, entries).allSatisfy(Self.isClose)
      case (.numbers(shape: [], let entries), _):
        return value.asNumber.map { Self.isClose($0, entries[0]) } ?? false
      default: return false
      }
    }

    private static func isClose(_ x: Double, _ y: Double) -> Bool {
      if x.isNaN || y.isNaN { return x.isNaN && y.isNaN }
      return x == y || abs(x - y) <= 1e-12 * max(1, abs(y))
    }
  }

  @Test func expressionsAgree() throws {
    let lines = try Repository.text("Tests/InterpreterTests/Fixtures/numpy_values.tsv")
      .split(separator: "\n")
    let setup = lines.filter { $0.hasPrefix("#") }.map { $0.dropFirst() }.joined(separator: "\n")
    var count = 0
    for line in lines where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t")
      let code = String(columns[0])
      let expected = try columns.dropFirst().map { try Expected($0) }
      let test = TestSession()
      #expect(test.run(setup).errors == [])
      // Statements, and the expression that ends them.
      var statements = code.components(separatedBy: "; ")
      statements[statements.count - 1] = "r = " + statements[statements.count - 1]
      let run = test.run(statements.joined(separator: "\n"))
      #expect(run.errors == [], "\(code)")
      guard let value = test.session.value(of: "r") else { continue }
      let values = if case .tuple(let box) = value { box.items } else { [value] }
      #expect(values.count == expected.count, "\(code)")
      for (value, expected) in zip(values, expected) {
        let agrees = try expected.agrees(with: value)
        let text = try value.text(for: Display())
        #expect(agrees, "\(code) is\n\(text)\nand in numpy\n\(expected)")
      }
      count += 1
    }
    #expect(count >= 300)
  }

  /// numpy has no such function.
  private static let others: Set<String> = ["type"]

  @Test func everyFunctionIsAmongThem() throws {
    let text = try Repository.text("Tests/InterpreterTests/Fixtures/numpy_values.tsv")
    for function in Builtins.all where !Self.others.contains(function.name) {
      #expect(text.contains("\(function.name)("), "\(function.name)")
    }
  }
}
