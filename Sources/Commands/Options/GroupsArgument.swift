import Interpreter
import Language
import LinearAlgebra

/// `groups=`: the number of each row's group, in the order of their first rows.
struct GroupsArgument: CommandArgument {
  let numbers: [Int]

  static var typeName: String { "vector or list" }

  init(argument value: Value, card: ParameterCard) throws {
    switch value {
    case .array(let array) where array.rank == 1:
      let entries = try array.entries
      guard !entries.contains(where: \.isNaN) else {
        throw Failure("'\(card.name)' has an entry that is nan", category: .data)
      }
      numbers = try Self.numbered(entries)
    case .list(let box), .tuple(let box):
      numbers = try Self.numbered(
        try Interruption.map(box.items.count, costEach: 64) {
          try String(argument: box.items[$0], card: card)
        })
    default: throw Self.mismatch(value, card)
    }
  }

  private static func numbered<Key: Hashable>(_ keys: [Key]) throws -> [Int] {
    var numbers: [Key: Int] = [:]
    return try Interruption.map(keys.count, costEach: 64) { i in
      let number = numbers[keys[i]] ?? numbers.count
      numbers[keys[i]] = number
      return number
    }
  }
}
