import Datasets
import Interpreter

/// A dataset or a split, for verbs that prepare data.
enum DataArgument: CommandArgument {
  case dataset(Dataset)
  case split(Split)

  static var typeName: String { "dataset or split" }

  init(argument value: Value, card: ParameterCard) throws {
    guard case .object(let box) = value else { throw Self.mismatch(value, card) }
    switch box.object {
    case let dataset as Dataset: self = .dataset(dataset)
    case let split as Split: self = .split(split)
    default: throw Self.mismatch(value, card)
    }
  }

  /// The dataset or split as a value.
  var value: Value {
    switch self {
    case .dataset(let dataset): .object(dataset)
    case .split(let split): .object(split)
    }
  }

  /// The dataset, or the train part of the split.
  var first: Dataset {
    switch self {
    case .dataset(let dataset): dataset
    case .split(let split): split.train
    }
  }

  /// Runs what copies features; the copies of those on disk are on disk.
  func copying<R>(_ body: () throws -> R) throws -> R {
    let parts: [Dataset] =
      switch self {
      case .dataset(let dataset): [dataset]
      case .split(let split): split.parts.map(\.data)
      }
    return try DataLoader.onDisk(parts.contains { $0.features.storage.isOnDisk }, body)
  }
}
