import Text

/// The limit that bombs exceed: small files that decompress to more than any disk holds.
///
/// What is measured expands less: gzip can't exceed 1032 times, and a table of zeros stays below
/// 500. So more than `most` times, beyond `free` bytes, is refused.
struct ExpansionLimit {
  /// The largest factor of a text.
  static let most = 500
  /// The largest factor of arrays, which may be all zeros: deflate reaches no more.
  static let mostOfArrays = 1032
  /// Decompressed bytes that are always allowed.
  static let free = 1 << 26

  private let allowed: Int
  private let factor: Int

  /// The limit for a file of `stored` bytes.
  init(stored: Int, factor: Int = most) {
    self.factor = factor
    let (product, overflow) = stored.multipliedReportingOverflow(by: factor)
    allowed = max(Self.free, overflow ? .max : product)
  }

  /// Whether so many bytes are not too many.
  func allows(_ bytes: Int) -> Bool { bytes <= allowed }

  /// Checks the number of bytes decompressed so far.
  ///
  /// - Throws: `DataError` where they are too many.
  func check(_ bytes: Int, path: String) throws(DataError) {
    guard !allows(bytes) else { return }
    throw DataError(
      "decompresses to more than \(factor) times its size, as archive bombs do", path: path,
      help: "if you trust it, decompress it yourself and load the result")
  }
}
