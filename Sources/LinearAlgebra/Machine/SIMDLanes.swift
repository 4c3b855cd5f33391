/// The vector type of loops over many doubles.
package typealias SIMDLanes = SIMD4<Double>

extension SIMD4<Double> {
  /// Four numbers from memory.
  @inlinable @inline(__always)
  package init(at pointer: UnsafePointer<Double>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  /// Writes them to memory.
  @inlinable @inline(__always)
  package func store(at pointer: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
  }
}
