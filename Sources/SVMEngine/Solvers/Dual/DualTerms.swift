import LinearAlgebra

/// Sums over samples that make up the two objectives of a dual method.
enum DualTerms {
  /// The losses, and the gains of the dual variables, over all samples: cut into pieces by their number alone,
  /// so that any number of threads gives the same bits.
  ///
  /// - Parameters:
  ///   - scratch: how many numbers of its own a piece needs.
  ///   - terms: those of a sample.
  static func sums(
    over count: Int, scratch: Int = 0,
    _ terms:
      @Sendable (_ i: Int, _ scratch: UnsafeMutablePointer<Double>) -> (
        loss: Double, gain: Double
      )
  ) throws -> (losses: Double, gains: Double) {
    let pieces = min(16, (count + 255) / 256)
    let sums = Buffer(zeros: 2 * max(pieces, 1))
    try Parallel.forEach(pieces) { piece in
      let own = Buffer(zeros: max(scratch, 1))
      var (losses, gains) = (0.0, 0.0)
      for i in count * piece / pieces..<count * (piece + 1) / pieces {
        let (loss, gain) = terms(i, own.pointer)
        losses += loss
        gains += gain
      }
      (sums.pointer[2 * piece], sums.pointer[2 * piece + 1]) = (losses, gains)
    }
    var (losses, gains) = (0.0, 0.0)
    for piece in 0..<pieces {
      losses += sums.pointer[2 * piece]
      gains += sums.pointer[2 * piece + 1]
    }
    return (losses, gains)
  }
}
