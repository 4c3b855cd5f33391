import LinearAlgebra
import Testing

@testable import SVMEngine

/// Small data that the expected numbers in these tests were computed from with numpy:
///
///     X[i, j] = ((3i + 5j + ij) mod 7) − 3, and a column of ones;  y[i] = (i² + 1) mod K
///     W[d, k] = (((2d + 3k) mod 5) − 2) / 8
enum Example {
  static func features(_ n: Int = 12, _ d: Int = 3, hasBias: Bool = true) -> Features {
    var entries: [Double] = []
    for i in 0..<n {
      for j in 0..<d { entries.append(Double((3 * i + 5 * j + i * j) % 7 - 3)) }
    }
    let features = Features(DoubleMatrix(Matrix(rows: n, columns: d, entries)))
    return features.with(Preparation(mean: nil, scale: nil, hasBias: hasBias))
  }

  static func labels(_ n: Int = 12, _ k: Int = 3) -> [Int] { (0..<n).map { ($0 * $0 + 1) % k } }

  static func weights(_ d: Int = 4, _ k: Int = 3) -> Matrix {
    var entries: [Double] = []
    for d in 0..<d {
      for k in 0..<k { entries.append(Double((2 * d + 3 * k) % 5 - 2) / 8) }
    }
    return Matrix(rows: d, columns: k, entries)
  }

  static func training(_ n: Int = 12, _ d: Int = 3, _ k: Int = 3) -> TrainingData {
    TrainingData(
      features: features(n, d), labels: labels(n, k), classes: (0..<k).map { "class \($0)" })
  }

  /// Random data without a bias column. Entries are eighths, so that ties and exact kinks occur.
  static func random(
    _ n: Int, _ d: Int, _ k: Int, seed: UInt64
  ) -> (X: Features, y: [Int], W: Matrix) {
    var stream = RandomStream(seed: seed, key: "test", count: 0)
    func eighths(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double(stream.integer(below: 33) - 16) / 8 }
    }
    let X = Matrix(rows: n, columns: d, eighths(n * d))
    let y = (0..<n).map { _ in stream.integer(below: k) }
    return (Features(DoubleMatrix(X)), y, Matrix(rows: d, columns: k, eighths(d * k)))
  }

  /// The same rows sparse and written out; about one entry in `share` is not zero.
  static func sparseAndDense(
    _ n: Int, _ d: Int, oneIn share: Int, _ stream: inout RandomStream
  ) throws -> (SparseMatrix, Matrix) {
    var dense = Matrix(rows: n, columns: d)
    var (starts, indices, values) = ([0], [Int32](), [Double]())
    for i in 0..<n {
      for j in 0..<d where stream.integer(below: share) == 0 {
        dense[i, j] = stream.normal()
        indices.append(Int32(j))
        values.append(dense[i, j])
      }
      starts.append(indices.count)
    }
    let sparse = try SparseMatrix(
      rows: n, columns: d, rowStarts: starts, columnIndices: indices, values: values)
    return (sparse, dense)
  }

  static let reductions: [any Reduction] = [
    WestonWatkins(), CrammerSinger(), OneVsRest(), Binary(),
  ]

  static let margins: [any MarginLoss] = [
    Hinge(), Hinge(delta: 0.5), Hinge(delta: 0), SquaredHinge(), SquaredHinge(delta: 2),
  ]

  static var losses: [any ScoreLoss] {
    margins.flatMap { margin in reductions.map { ReducedLoss(margin, $0) } } + [Softmax()]
  }

  static let penalties: [any Penalty] = [
    L2(1), HalfL2(1), L1(1), ElasticNet(l1: 0.5, l2: 2), NoPenalty(),
  ]
}

extension Training {
  /// A run that is stopped where it looks for the wish to stop the `look`-th time.
  static func run(
    _ data: TrainingData, _ options: NamedOptions, interruptedAt look: Int
  ) throws -> LinearClassifier {
    var looks = 0
    return try run(
      data, options,
      isInterrupted: {
        looks += 1
        return looks == look
      })
  }
}

/// Whether two numbers agree to `within` relative to the larger, or both are tiny.
func agree(_ a: Double, _ b: Double, within: Double = 1e-12) -> Bool {
  a == b || abs(a - b) <= within * max(abs(a), abs(b), 1e-300)
}

/// The Frobenius norm of the difference, relative to the first.
func distance(_ a: Matrix, _ b: Matrix) -> Double {
  guard a.rows == b.rows && a.columns == b.columns else { return .infinity }
  let difference = zip(a.entries, b.entries).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  let size = a.entries.reduce(0) { $0 + $1 * $1 }
  return size == 0 ? difference.squareRoot() : (difference / size).squareRoot()
}

/// Loss and slopes of one row by the in-place form.
func evaluate(
  _ loss: any ScoreLoss, _ scores: [Double], label: Int
) -> (loss: Double, subgradient: [Double]) {
  var row = scores
  let value = row.withUnsafeMutableBufferPointer { loss.replaceBySubgradient($0, label: label) }
  return (value, row)
}
