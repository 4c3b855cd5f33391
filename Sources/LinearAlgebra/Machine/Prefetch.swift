import CKernels

/// Hints to the processor about memory that is needed soon.
package enum Prefetch {
  /// Prefetches the first of `count` doubles: 512 bytes at most.
  @inline(__always)
  package static func ask(_ first: UnsafePointer<Double>, count: Int) {
    svm_prefetch(first, 8 * count)
  }
}
