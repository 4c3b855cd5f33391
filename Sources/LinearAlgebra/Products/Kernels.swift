import CKernels
import Synchronization

/// The variant of the innermost loops in use.
///
/// Results have the same bits for one variant, whatever the number of threads; between variants
/// they differ by rounding.
package enum Kernels {
  /// All variants, on this machine or another. The indices are those of the C enum; the last one
  /// that runs is the fastest.
  package static let names = ["portable", "avx2", "avx512", "neon"]
  /// The number of the variant in use; −1 before the first use.
  private static let current = Atomic<Int>(-1)
  private static let isAutomatic = Atomic<Bool>(true)

  /// The names that `variant` can be set to on this machine.
  package static var variants: [String] {
    ["auto"] + names.indices.filter { svm_variant_runs(Int32($0)) != 0 }.map { names[$0] }
  }

  /// "auto" for the fastest that this machine can run, "portable" for the one that has the same
  /// bits on every machine, or a name out of `variants`. Other names change nothing.
  package static var variant: String {
    get { isAutomatic.load(ordering: .relaxed) ? "auto" : inForce }
    set {
      if newValue == "auto" {
        current.store(fastest, ordering: .relaxed)
        isAutomatic.store(true, ordering: .relaxed)
      } else if let number = names.firstIndex(of: newValue), svm_variant_runs(Int32(number)) != 0 {
        current.store(number, ordering: .relaxed)
        isAutomatic.store(false, ordering: .relaxed)
      }
    }
  }

  /// The name of the variant that is used now.
  package static var inForce: String { names[Int(number)] }

  /// Its number in the C enum.
  package static var number: Int32 {
    let value = current.load(ordering: .relaxed)
    if value >= 0 { return Int32(value) }
    let best = fastest
    current.store(best, ordering: .relaxed)
    return Int32(best)
  }

  private static var fastest: Int {
    names.indices.last { svm_variant_runs(Int32($0)) != 0 } ?? 0
  }
}
