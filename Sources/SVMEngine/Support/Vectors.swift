import LinearAlgebra

// Arrays of numbers as vectors, on all cores where they are long. Sums are of blocks in their
// order, each in eight running sums: the same bits on every machine and for any number of threads.

/// Σ w².
func sumOfSquares(_ weights: UnsafeBufferPointer<Double>) -> Double {
  blockSum(of: weights) { w, range in
    laneSum(over: range) {
      SIMD8(at: w, $0) * SIMD8(at: w, $0)
    } rest: {
      w[$0] * w[$0]
    }
  }
}

/// Σ |w|.
func sumOfMagnitudes(_ weights: UnsafeBufferPointer<Double>) -> Double {
  blockSum(of: weights) { w, range in
    laneSum(over: range) {
      let w = SIMD8(at: w, $0)
      return w.replacing(with: -w, where: w .< 0)
    } rest: {
      abs(w[$0])
    }
  }
}

/// Σ x.
func sum(_ values: UnsafeBufferPointer<Double>) -> Double {
  blockSum(of: values) { x, range in
    laneSum(over: range) {
      SIMD8(at: x, $0)
    } rest: {
      x[$0]
    }
  }
}

extension Buffer {
  /// Σ x y.
  func dot(_ other: Buffer) -> Double {
    blockSum(over: count) { range in
      let (x, y) = (self.pointer, other.pointer)
      return laneSum(over: range) {
        SIMD8(at: x, $0) * SIMD8(at: y, $0)
      } rest: {
        x[$0] * y[$0]
      }
    }
  }

  /// Whether all elements are 0.
  var isZero: Bool { (0..<count).allSatisfy { pointer[$0] == 0 } }

  /// Copies the elements of a buffer of the same length.
  func copy(_ other: Buffer) {
    forEachPart {
      (self.pointer + $0.lowerBound).update(from: other.pointer + $0.lowerBound, count: $0.count)
    }
  }

  /// x ← x + a y.
  func add(_ a: Double, _ other: Buffer) {
    forEachPart { range in
      let (x, y) = (self.pointer, other.pointer)
      for i in range { x[i] += a * y[i] }
    }
  }

  /// Runs `body` on ranges that cover all elements, on all cores.
  func forEachPart(_ body: @Sendable (Range<Int>) -> Void) {
    Parallel.forEachBlock(of: count, costEach: 1, body)
  }
}

/// A sum over blocks of an array, added in their order.
@inline(__always)
private func blockSum(
  of values: UnsafeBufferPointer<Double>,
  _ body: @Sendable (UnsafePointer<Double>, Range<Int>) -> Double
) -> Double {
  guard let first = values.baseAddress else { return 0 }
  let x = UncheckedSendable(first)
  return blockSum(over: values.count) { body(x.value, $0) }
}

/// A sum over blocks of indices, added in their order.
@inline(__always)
func blockSum(over count: Int, _ body: @Sendable (Range<Int>) -> Double) -> Double {
  blockSums(over: count) { (body($0), 0) }.0
}

/// Two sums over blocks of indices, added in their order.
///
/// - Parameter ofBlock: indices of a block. The default suits cheap ones, such as the weights of W:
///   short arrays are one block.
@inline(__always)
func blockSums<Failure: Error>(
  over count: Int, ofBlock: Int = 1 << 16,
  _ body: @Sendable (Range<Int>) throws(Failure) -> (Double, Double)
) throws(Failure) -> (Double, Double) {
  let blocks = max(1, (count + ofBlock - 1) / ofBlock)
  let sums = try Parallel.sums(over: count, blocks: blocks) { (range) throws(Failure) in
    let (first, second) = try body(range)
    return SIMD8(first, second, 0, 0, 0, 0, 0, 0)
  }
  return (sums[0], sums[1])
}

/// The size of a block of samples that cost a few dozen operations each.
let samplesOfBlock = 1024

/// Eight running sums over a range, which makes the chains of dependent additions eight times
/// shorter.
@inline(__always)
private func laneSum(
  over range: Range<Int>, _ eight: (Int) -> SIMD8<Double>, rest: (Int) -> Double
) -> Double {
  var lanes = SIMD8<Double>(repeating: 0)
  let whole = range.lowerBound + range.count / 8 * 8
  var i = range.lowerBound
  while i < whole {
    lanes += eight(i)
    i += 8
  }
  for i in whole..<range.upperBound { lanes[i - whole] += rest(i) }
  let half = lanes.lowHalf + lanes.highHalf
  return (half[0] + half[2]) + (half[1] + half[3])
}

extension SIMD8<Double> {
  /// Eight numbers from memory, from index `i` on.
  @inline(__always)
  fileprivate init(at pointer: UnsafePointer<Double>, _ i: Int) {
    self = UnsafeRawPointer(pointer + i).loadUnaligned(as: Self.self)
  }
}
