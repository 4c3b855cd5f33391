@testable import Datasets

/// The dataset of what was loaded.
func dataset(_ loaded: Loaded) throws -> Dataset {
  guard case .dataset(let dataset) = loaded else { throw DataError("no dataset: \(loaded)") }
  return dataset
}

/// The parts of what was loaded.
func split(_ loaded: Loaded) throws -> Split {
  guard case .split(let split) = loaded else { throw DataError("no split") }
  return split
}

/// The bits of numbers; every NaN is the same.
func bits(_ values: [Double]) -> [UInt64] { values.map { $0.isNaN ? 1 : $0.bitPattern } }
