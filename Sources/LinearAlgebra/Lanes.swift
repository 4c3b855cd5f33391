/// Numbers side by side, for loops over whole weights.
typealias Lanes = SIMD4<Double>

extension SIMD4<Double> {
  /// Four numbers from memory.
  @inline(__always)
  init(at pointer: UnsafePointer<Double>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  /// Writes them to memory.
  @inline(__always)
  func store(at pointer: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
  }
}
