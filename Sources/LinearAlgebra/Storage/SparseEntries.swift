/// Memory for the entries of sparse rows, which a `SparseMatrix` takes over. Threads write parts of
/// their own.
public final class SparseEntries: @unchecked Sendable {
  /// The column of each entry, from 0; valid as long as the memory.
  public let indices: UnsafeMutablePointer<Int32>
  /// The value of each entry; valid as long as the memory.
  public let values: UnsafeMutablePointer<Double>
  /// The entries that there is room for. Those that nobody writes take no memory.
  public let capacity: Int
  /// What the memory is a part of; none where it is its own.
  private let owners: [any AnyObject & Sendable]

  /// Room for `capacity` entries, uninitialized.
  ///
  /// - Throws: `MemoryRefused`.
  public init(capacity: Int) throws {
    try MemoryLimit.require(rows: capacity, columns: 1, bytesPerEntry: 12)
    self.capacity = capacity
    owners = []
    indices = allocateEntries(capacity)
    values = allocateEntries(capacity)
  }

  /// Entries that are there already, in memory that lives as long as its owners and that nobody
  /// else uses.
  public init(
    takingOver indices: UnsafeMutablePointer<Int32>, _ values: UnsafeMutablePointer<Double>,
    count: Int, of owners: [any AnyObject & Sendable]
  ) {
    (self.indices, self.values, capacity) = (indices, values, count)
    self.owners = owners
  }

  deinit {
    if !owners.isEmpty { return }
    EntryMemory.release(indices)
    EntryMemory.release(values)
  }

  /// A memory with the first entries only.
  ///
  /// - Throws: `MemoryRefused`.
  public func copied(count: Int) throws -> SparseEntries {
    let copy = try SparseEntries(capacity: count)
    copy.indices.update(from: indices, count: count)
    copy.values.update(from: values, count: count)
    return copy
  }

  /// Moves entries to an earlier or the same place.
  public func move(_ entries: Range<Int>, to place: Int) {
    guard place < entries.lowerBound else { return }
    // Both move from the first one on, as memmove does.
    (indices + place).update(from: indices + entries.lowerBound, count: entries.count)
    (values + place).update(from: values + entries.lowerBound, count: entries.count)
  }
}
