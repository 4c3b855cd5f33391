import CKernels

/// `svm_scores`: variant, rows, count, W, classes, padded, scratch, scores and their stride, rows
/// ahead and the bytes of an entry.
typealias ScoresKernel<Scalar> = (
  Int32, UnsafePointer<UnsafePointer<Scalar>?>?, Int, UnsafePointer<Scalar>?, Int, Int,
  UnsafeMutablePointer<Scalar>?, UnsafeMutablePointer<Double>?, Int,
  UnsafePointer<UnsafeRawPointer?>?, Int
) -> Void

/// `svm_rank_update`: variant, rows, count, slopes and their strides, classes, columns, sums,
/// whether it adds, rows ahead and the bytes of an entry.
typealias RankUpdateKernel<Scalar> = (
  Int32, UnsafePointer<UnsafePointer<Scalar>?>?, Int, UnsafePointer<Scalar>?, Int, Int, Int, Int,
  UnsafeMutablePointer<Scalar>?, Int32, UnsafePointer<UnsafeRawPointer?>?, Int
) -> Void

/// `svm_prepare`: variant, source, rows, count, columns, μ and σ as doubles and as scalars, tile,
/// padded.
typealias PrepareKernel<Scalar> = (
  Int32, Int32, UnsafePointer<UnsafeRawPointer?>?, Int, Int, UnsafePointer<Double>?,
  UnsafePointer<Double>?, UnsafePointer<Scalar>?, UnsafePointer<Scalar>?,
  UnsafeMutablePointer<Scalar>?, Int
) -> Void

/// `svm_pack`: weights, rows, classes, stride, from, to, packed, padded.
typealias PackKernel<Scalar> = (
  UnsafePointer<Double>?, Int, Int, Int, Int, Int, UnsafeMutablePointer<Scalar>?, Int
) -> Void

/// `svm_unpack`: parts, count, their stride, classes, padded, from, to, sums, whether it adds.
typealias UnpackKernel<Scalar> = (
  UnsafePointer<Scalar>?, Int, Int, Int, Int, Int, Int, UnsafeMutablePointer<Double>?, Int32
) -> Void

/// A scalar type of the kernels: each C function of this type under one name.
protocol KernelScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  typealias RowPointers = UnsafeMutablePointer<UnsafePointer<Self>?>

  static var scoresKernel: ScoresKernel<Self> { get }
  static var rankUpdateKernel: RankUpdateKernel<Self> { get }
  static var prepareKernel: PrepareKernel<Self> { get }
  static var packKernel: PackKernel<Self> { get }
  static var unpackKernel: UnpackKernel<Self> { get }

  /// Whether rows are stored padded in this type, so that the kernels read them in place.
  static func isPadded(_ rows: DenseRows) -> Bool
}

extension KernelScalar {
  /// The scores of some rows.
  static func scores(
    _ variant: Int32, _ rows: RowPointers, _ count: Int, _ weights: UnsafePointer<Self>,
    classes: Int, padded: Int, scratch: UnsafeMutablePointer<Self>,
    into scores: UnsafeMutablePointer<Double>, ahead: RowsAhead
  ) {
    scoresKernel(
      variant, rows, count, weights, classes, padded, scratch, scores, classes,
      ahead.pointers, ahead.entryBytes)
  }

  /// Adds up outer products of rows and slopes.
  static func rankUpdate(
    _ variant: Int32, _ rows: RowPointers, _ count: Int, _ slopes: UnsafePointer<Self>,
    rowStride: Int, classStride: Int, classes: Int, columns: Int,
    into out: UnsafeMutablePointer<Self>, adds: Bool, ahead: RowsAhead
  ) {
    rankUpdateKernel(
      variant, rows, count, slopes, rowStride, classStride, classes, columns, out,
      adds ? 1 : 0, ahead.pointers, ahead.entryBytes)
  }

  /// Prepares raw rows.
  static func prepare(
    _ variant: Int32, source: Int32, _ rows: UnsafeMutablePointer<UnsafeRawPointer?>, _ count: Int,
    columns: Int, _ preparation: ScalarPreparation<Self>, into tile: UnsafeMutablePointer<Self>,
    padded: Int
  ) {
    prepareKernel(
      variant, source, rows, count, columns, preparation.mean, preparation.scale,
      preparation.scalarMean, preparation.scalarScale, tile, padded)
  }

  /// Writes the rows `range` of W into K padded rows, one for each class.
  static func pack(
    _ weights: UnsafePointer<Double>, rows: Int, classes: Int, _ range: Range<Int>,
    into packed: UnsafeMutablePointer<Self>, padded: Int
  ) {
    packKernel(
      weights, rows, classes, classes, range.lowerBound, range.upperBound, packed, padded)
  }

  /// Adds up results of `rankUpdate` in their order, and writes rows `range` of D×K numbers.
  static func unpack(
    _ parts: UnsafePointer<Self>, count: Int, partialStride: Int, classes: Int, padded: Int,
    _ range: Range<Int>, into out: UnsafeMutablePointer<Double>, adds: Bool
  ) {
    unpackKernel(
      parts, count, partialStride, classes, padded, range.lowerBound, range.upperBound, out,
      adds ? 1 : 0)
  }
}

/// The rows that are read next, as many as are read now: the kernels prefetch them.
struct RowsAhead: @unchecked Sendable {
  let pointers: UnsafeMutablePointer<UnsafeRawPointer?>
  /// Bytes of an entry.
  let entryBytes: Int
}

/// μ and σ where the kernels can read them, as doubles and as scalars; nil where there are none.
struct ScalarPreparation<Scalar: KernelScalar>: @unchecked Sendable {
  var mean: UnsafePointer<Double>?
  var scale: UnsafePointer<Double>?
  var scalarMean: UnsafePointer<Scalar>?
  var scalarScale: UnsafePointer<Scalar>?
}

extension Float: KernelScalar {
  static var scoresKernel: ScoresKernel<Float> { svm_scores_single }
  static var rankUpdateKernel: RankUpdateKernel<Float> { svm_rank_update_single }
  static var prepareKernel: PrepareKernel<Float> { svm_prepare_single }
  static var packKernel: PackKernel<Float> { svm_pack_single }
  static var unpackKernel: UnpackKernel<Float> { svm_unpack_single }

  static func isPadded(_ rows: DenseRows) -> Bool {
    if case .single(_, _, isPadded: true) = rows { return true }
    return false
  }
}

extension Double: KernelScalar {
  static var scoresKernel: ScoresKernel<Double> { svm_scores_double }
  static var rankUpdateKernel: RankUpdateKernel<Double> { svm_rank_update_double }
  static var prepareKernel: PrepareKernel<Double> { svm_prepare_double }
  static var packKernel: PackKernel<Double> { svm_pack_double }
  static var unpackKernel: UnpackKernel<Double> { svm_unpack_double }

  static func isPadded(_ rows: DenseRows) -> Bool { false }
}
