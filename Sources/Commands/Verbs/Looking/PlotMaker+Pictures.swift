import Interpreter
import LinearAlgebra
import Plotting
import Text

/// Pictures from numbers.
extension PlotMaker {
  /// The shape of pictures of `count` numbers: `shape=`, else a guess. Nil where none fits.
  func pictureShape(_ count: Int) -> [Int]? {
    if let given = shape { return checked(given, count) }
    return guessedShape(count)
  }

  /// Pictures of vectors of `count` numbers each.
  func pictures(_ vectors: [NumericArray], of count: Int) throws -> Plot {
    guard let shape = pictureShape(count) else { throw misshapen(options.shape ?? [], count) }
    let pictures = try vectors.map {
      Picture(
        height: shape[0], width: shape[1], channels: shape[2],
        pixels: Self.displayed(try $0.entries))
    }
    return Plot(ImageGrid(rows: [TitledPictures(title: "", pictures: pictures)]))
  }

  /// The shape of square pictures of at least 8×8, color before gray. Nil where none fits.
  func guessedShape(_ count: Int) -> [Int]? {
    for channels in [3, 1] where count % channels == 0 {
      let side = Int(Double(count / channels).squareRoot().rounded())
      if side >= 8, side * side * channels == count { return [side, side, channels] }
    }
    return nil
  }

  /// Height, width and channels, 1 where left out. Nil where they do not make `count` numbers.
  func checked(_ shape: [Int], _ count: Int) -> [Int]? {
    guard shape.count == 2 || shape.count == 3 else { return nil }
    let full = shape.count == 2 ? shape + [1] : shape
    guard full.allSatisfy({ $0 >= 1 && $0 <= count }) else { return nil }
    let pixels = full[0].multipliedReportingOverflow(by: full[1])
    guard !pixels.overflow else { return nil }
    let all = pixels.partialValue.multipliedReportingOverflow(by: full[2])
    return !all.overflow && all.partialValue == count ? full : nil
  }

  func misshapen(_ given: [Int], _ count: Int) -> Failure {
    Failure(
      "a picture of shape \(given) does not have \(count) numbers",
      help: "shape is height, width and channels", parameter: "shape")
  }

  /// The pixels, stretched to 0…255 where they lie outside it or are all at most 1.
  static func displayed(_ pixels: [Double]) -> [Double] {
    let finite = pixels.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return pixels }
    if low >= 0, high <= 255, high > 1 || low == high { return pixels }
    let scale = high > low ? 255 / (high - low) : 0
    return pixels.map { ($0 - low) * scale }
  }
}
