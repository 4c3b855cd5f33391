import CKernels

/// Memory that is asked for before it is needed.
package enum Prefetch {
  /// Asks for some numbers, a few cache lines at most.
  @inline(__always)
  package static func ask(_ first: UnsafePointer<Double>, count: Int) {
    svm_prefetch(first, 8 * count)
  }
}
