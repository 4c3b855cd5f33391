import LinearAlgebra

/// Bilinear interpolation whose filter is widened by the factor by which a picture shrinks, so that
/// every pixel counts. Columns first, then rows, in fixed point: the results are those of Pillow's
/// `resize` with `BILINEAR`, to the bit.
struct PictureResizing: Sendable {
  private let columns: Axis
  private let rows: Axis
  private let channels: Int

  /// From one size to another, each height and width.
  init(from old: (Int, Int), to new: (Int, Int), channels: Int) {
    rows = Axis(from: old.0, to: new.0)
    columns = Axis(from: old.1, to: new.1)
    self.channels = channels
  }

  /// Resizes a picture.
  func resize(_ source: UnsafePointer<UInt8>, into target: UnsafeMutablePointer<UInt8>) throws {
    let (width, height) = (columns.count, rows.oldCount)
    let between = try FileBytes(capacity: height * width * channels)
    defer { withExtendedLifetime(between) {} }
    for y in 0..<height {
      if y % 64 == 0 { try Interruption.check() }
      for x in 0..<width {
        for c in 0..<channels {
          between.pointer[(y * width + x) * channels + c] = columns.value(
            at: x, source + y * columns.oldCount * channels + c, step: channels)
        }
      }
    }
    let step = width * channels
    for y in 0..<rows.count {
      if y % 64 == 0 { try Interruption.check() }
      for x in 0..<step {
        target[y * step + x] = rows.value(at: y, between.pointer + x, step: step)
      }
    }
  }

  /// The weights of old pixels in each new one, along one axis.
  private struct Axis {
    private static let bits = 22

    let oldCount: Int
    let count: Int
    private var first: [Int] = []
    private var starts = [0]
    private var weights: [Int32] = []

    init(from old: Int, to new: Int) {
      (oldCount, count) = (old, new)
      let scale = Double(old) / Double(new)
      let support = max(scale, 1)
      let unit = 1 / support
      for x in 0..<new {
        let center = (Double(x) + 0.5) * scale
        let low = max(0, Int(center - support + 0.5))
        let high = min(old, Int(center + support + 0.5))
        var own = (low..<high).map { pixel in
          max(0, 1 - ((Double(pixel) - center + 0.5) * unit).magnitude)
        }
        let sum = own.reduce(0, +)
        if sum != 0 { own = own.map { $0 / sum } }
        first.append(low)
        weights += own.map { Int32(0.5 + $0 * Double(1 << Self.bits)) }
        starts.append(weights.count)
      }
    }

    func value(at i: Int, _ source: UnsafePointer<UInt8>, step: Int) -> UInt8 {
      var sum: Int32 = 1 << Int32(Self.bits - 1)
      var place = first[i] * step
      for k in starts[i]..<starts[i + 1] {
        sum &+= weights[k] &* Int32(source[place])
        place += step
      }
      return UInt8(clamping: sum >> Int32(Self.bits))
    }
  }
}
