import CKernels

/// A type that the kernels exist for.
protocol KernelScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  typealias RowPointers = UnsafeMutablePointer<UnsafePointer<Self>?>

  /// `svm_scores`.
  static func scores(
    _ variant: Int32, _ rows: RowPointers, _ count: Int, _ weights: UnsafePointer<Self>,
    classes: Int, padded: Int, scratch: UnsafeMutablePointer<Self>,
    into scores: UnsafeMutablePointer<Double>, ahead: RowsAhead)

  /// `svm_rank_update`.
  static func rankUpdate(
    _ variant: Int32, _ rows: RowPointers, _ count: Int, _ slopes: UnsafePointer<Self>,
    rowStride: Int, classStride: Int, classes: Int, columns: Int,
    into out: UnsafeMutablePointer<Self>, adds: Bool, ahead: RowsAhead)

  /// `svm_prepare`.
  static func prepare(
    _ variant: Int32, source: Int32, _ rows: UnsafeMutablePointer<UnsafeRawPointer?>, _ count: Int,
    columns: Int, _ preparation: ScalarPreparation<Self>, into tile: UnsafeMutablePointer<Self>,
    padded: Int)

  /// `svm_pack`.
  static func pack(
    _ weights: UnsafePointer<Double>, rows: Int, classes: Int, _ range: Range<Int>,
    into packed: UnsafeMutablePointer<Self>, padded: Int)

  /// `svm_unpack`.
  static func unpack(
    _ partials: UnsafePointer<Self>, count: Int, partialStride: Int, classes: Int, padded: Int,
    _ range: Range<Int>, into out: UnsafeMutablePointer<Double>, adds: Bool)

  /// Whether rows are padded ones of this type, which the kernels read where they lie.
  static func isPadded(_ rows: DenseRows) -> Bool
}

/// The rows that will be read next, as many as are read now.
struct RowsAhead: @unchecked Sendable {
  /// Where they begin.
  let pointers: UnsafeMutablePointer<UnsafeRawPointer?>
  /// What one of their entries takes.
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
  static func scores(
    _ variant: Int32, _ rows: RowPointers, _ count: Int, _ weights: UnsafePointer<Float>,
    classes: Int, padded: Int, scratch: UnsafeMutablePointer<Float>,
    into scores: UnsafeMutablePointer<Double>, ahead: RowsAhead
  ) {
    svm_scores_single(
      variant, rows, count, weights, classes, padded, scratch, scores, classes,
      ahead.pointers, ahead.entryBytes)
  }

  static func rankUpdate(
    _ variant: Int32, _ rows: RowPointers, _ count: Int, _ slopes: UnsafePointer<Float>,
    rowStride: Int, classStride: Int, classes: Int, columns: Int,
    into out: UnsafeMutablePointer<Float>, adds: Bool, ahead: RowsAhead
  ) {
    svm_rank_update_single(
      variant, rows, count, slopes, rowStride, classStride, classes, columns, out,
      adds ? 1 : 0, ahead.pointers, ahead.entryBytes)
  }

  static func prepare(
    _ variant: Int32, source: Int32, _ rows: UnsafeMutablePointer<UnsafeRawPointer?>, _ count: Int,
    columns: Int, _ preparation: ScalarPreparation<Float>,
    into tile: UnsafeMutablePointer<Float>, padded: Int
  ) {
    svm_prepare_single(
      variant, source, rows, count, columns, preparation.mean, preparation.scale,
      preparation.scalarMean, preparation.scalarScale, tile, padded)
  }

  static func pack(
    _ weights: UnsafePointer<Double>, rows: Int, classes: Int, _ range: Range<Int>,
    into packed: UnsafeMutablePointer<Float>, padded: Int
  ) {
    svm_pack_single(
      weights, rows, classes, classes, range.lowerBound, range.upperBound, packed, padded)
  }

  static func unpack(
    _ partials: UnsafePointer<Float>, count: Int, partialStride: Int, classes: Int, padded: Int,
    _ range: Range<Int>, into out: UnsafeMutablePointer<Double>, adds: Bool
  ) {
    svm_unpack_single(
      partials, count, partialStride, classes, padded, range.lowerBound, range.upperBound, out,
      adds ? 1 : 0)
  }

  static func isPadded(_ rows: DenseRows) -> Bool {
    if case .single(_, _, isPadded: true) = rows { return true }
    return false
  }
}

extension Double: KernelScalar {
  static func scores(
    _ variant: Int32, _ rows: RowPointers, _ count: Int, _ weights: UnsafePointer<Double>,
    classes: Int, padded: Int, scratch: UnsafeMutablePointer<Double>,
    into scores: UnsafeMutablePointer<Double>, ahead: RowsAhead
  ) {
    svm_scores_double(
      variant, rows, count, weights, classes, padded, scratch, scores, classes,
      ahead.pointers, ahead.entryBytes)
  }

  static func rankUpdate(
    _ variant: Int32, _ rows: RowPointers, _ count: Int, _ slopes: UnsafePointer<Double>,
    rowStride: Int, classStride: Int, classes: Int, columns: Int,
    into out: UnsafeMutablePointer<Double>, adds: Bool, ahead: RowsAhead
  ) {
    svm_rank_update_double(
      variant, rows, count, slopes, rowStride, classStride, classes, columns, out,
      adds ? 1 : 0, ahead.pointers, ahead.entryBytes)
  }

  static func prepare(
    _ variant: Int32, source: Int32, _ rows: UnsafeMutablePointer<UnsafeRawPointer?>, _ count: Int,
    columns: Int, _ preparation: ScalarPreparation<Double>,
    into tile: UnsafeMutablePointer<Double>, padded: Int
  ) {
    svm_prepare_double(
      variant, source, rows, count, columns, preparation.mean, preparation.scale, tile, padded)
  }

  static func pack(
    _ weights: UnsafePointer<Double>, rows: Int, classes: Int, _ range: Range<Int>,
    into packed: UnsafeMutablePointer<Double>, padded: Int
  ) {
    svm_pack_double(
      weights, rows, classes, classes, range.lowerBound, range.upperBound, packed, padded)
  }

  static func unpack(
    _ partials: UnsafePointer<Double>, count: Int, partialStride: Int, classes: Int, padded: Int,
    _ range: Range<Int>, into out: UnsafeMutablePointer<Double>, adds: Bool
  ) {
    svm_unpack_double(
      partials, count, partialStride, classes, padded, range.lowerBound, range.upperBound, out,
      adds ? 1 : 0)
  }

  static func isPadded(_ rows: DenseRows) -> Bool { false }
}
