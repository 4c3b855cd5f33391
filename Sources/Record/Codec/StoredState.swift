import LinearAlgebra

extension ByteWriter {
  /// Adds the state of a computation.
  public func add(_ state: SavedState) {
    add(state.kind)
    add(each: state.arrays.sorted { $0.key < $1.key }) { name, array in
      add(name)
      add(array)
    }
    add(each: state.buffers.sorted { $0.key < $1.key }) { name, buffers in
      add(name)
      add(each: buffers) { add($0) }
    }
    add(each: state.parts) { add($0) }
  }
}

extension ByteReader {
  /// The state of a computation.
  public func savedState() throws -> SavedState {
    try nested {
      let kind = try text()
      let arrays = try each { (try text(), try doubles()) }
      let buffers = try each { (try text(), try each { try buffer() }) }
      return SavedState(
        kind, Dictionary(arrays) { $1 }, sharing: Dictionary(buffers) { $1 },
        parts: try each { try savedState() })
    }
  }
}
