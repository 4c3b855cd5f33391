import Text
import LinearAlgebra

/// Synthetic data for experiments: the same stream gives the same numbers on every machine.
/// Defaults are in parentheses.
///
/// - `blobs`: `classes` clouds in `d` dimensions (2), each normal with deviation `noise` (1) around
///   a center that is uniform in [−5, 5]ᵈ. 1 to 1000 classes (3), 300 samples.
/// - `moons`: two interlocking half circles of radius 1 in the plane, the second at (1, ½) and
///   upside down, with normal noise of deviation `noise` (0.1). 200 samples.
/// - `images`: `d`×`d` RGB pictures of bytes, `d` from 8 to 32 (16). Each of 2 to 10 classes (4)
///   has a shape and a color; place, size and background vary. Every byte has normal noise of
///   deviation `noise` · 255, `noise` from 0 to 1 (0.1). 500 samples.
///
/// Classes alternate: sample i is of class i mod K.
public enum Synthetic {
  /// The kinds of data.
  public static let kinds = ["blobs", "moons", "images"]

  /// A dataset of `n` samples; nil stands for the defaults above.
  ///
  /// - Throws: `DataError` for an unknown kind and for numbers out of their ranges;
  ///   `MemoryRefused`, `Interrupted`.
  public static func make(
    kind: String, n: Int? = nil, d: Int? = nil, classes: Int? = nil, noise: Double? = nil,
    stream: RandomStream
  ) throws -> Dataset {
    switch kind {
    case "blobs":
      return try blobs(
        n: try number(n ?? 300, "n", 1...Int.max), d: try number(d ?? 2, "d", 1...Int.max),
        classes: try number(classes ?? 3, "classes", 1...1000),
        noise: try noiseLevel(noise ?? 1, .infinity), stream: stream.child("blobs"))
    case "moons":
      _ = try number(d ?? 2, "d", 2...2)
      _ = try number(classes ?? 2, "classes", 2...2)
      return try moons(
        n: try number(n ?? 200, "n", 1...Int.max), noise: try noiseLevel(noise ?? 0.1, .infinity),
        stream: stream.child("moons"))
    case "images":
      return try images(
        n: try number(n ?? 500, "n", 1...Int.max), side: try number(d ?? 16, "d", 8...32),
        classes: try number(classes ?? 4, "classes", 2...Shape.all.count),
        noise: try noiseLevel(noise ?? 0.1, 1), stream: stream.child("images"))
    default:
      let meant = Spelling.nearest(to: kind, in: kinds)
      throw DataError(
        "there is no kind \(Escaping.excerpt(kind)) of made data",
        help: (meant.map { "did you mean \($0)? " } ?? "")
          + "kinds: \(kinds.joined(separator: ", "))")
    }
  }

  private static func number(
    _ value: Int, _ name: String, _ range: ClosedRange<Int>
  ) throws(DataError) -> Int {
    if range.contains(value) { return value }
    if range.lowerBound == range.upperBound {
      throw DataError("\(name)=\(value): only \(range.lowerBound) is possible here")
    }
    let limit =
      range.upperBound == Int.max
      ? "at least 1" : "from \(range.lowerBound) to \(range.upperBound)"
    throw DataError("\(name)=\(value): it must be \(limit)")
  }

  private static func noiseLevel(
    _ value: Double, _ limit: Double
  ) throws(DataError) -> Double {
    guard value >= 0, value <= limit, value.isFinite else {
      throw DataError(
        "noise=\(value): it must be \(limit.isFinite ? "from 0 to 1" : "0 or more")")
    }
    return value
  }

  private static func blobs(
    n: Int, d: Int, classes: Int, noise: Double, stream: RandomStream
  ) throws -> Dataset {
    try MemoryLimit.require(
      bytes: 16 * (Double(n) + Double(classes)) * Double(d) + 8 * Double(n))
    // The key determines the numbers: another spelling would change the data of a seed.
    var draws = stream.child("centres")
    let centers = (0..<classes * d).map { _ in 10 * draws.uniform() - 5 }
    draws = stream.child("points")
    let buffer = Buffer(uninitialized: n * d)
    for i in 0..<n {
      if i % 64 == 0 { try Interruption.check() }
      let center = i % classes * d
      for j in 0..<d { buffer.pointer[i * d + j] = centers[center + j] + noise * draws.normal() }
    }
    return try Dataset(
      features: Features(DoubleMatrix(Matrix(rows: n, columns: d, sharing: buffer))),
      labels: (0..<n).map { $0 % classes }, classes: (0..<classes).map(String.init),
      name: "blobs")
  }

  private static func moons(n: Int, noise: Double, stream: RandomStream) throws -> Dataset {
    try MemoryLimit.require(bytes: 24 * Double(n))
    var draws = stream
    let buffer = Buffer(uninitialized: 2 * n)
    for i in 0..<n {
      if i % 64 == 0 { try Interruption.check() }
      // The angle comes from a point of the upper half disc: sine and cosine would not give the
      // same bits on every machine.
      var (x, y, square) = (0.0, 0.0, 2.0)
      while square > 1 || square < 0x1p-40 {
        (x, y) = (2 * draws.uniform() - 1, draws.uniform())
        square = x * x + y * y
      }
      let radius = square.squareRoot()
      (x, y) = (x / radius, y / radius)
      if i % 2 == 1 { (x, y) = (1 - x, 0.5 - y) }
      buffer.pointer[2 * i] = x + noise * draws.normal()
      buffer.pointer[2 * i + 1] = y + noise * draws.normal()
    }
    return try Dataset(
      features: Features(DoubleMatrix(Matrix(rows: n, columns: 2, sharing: buffer))),
      labels: (0..<n).map { $0 % 2 }, classes: ["0", "1"], name: "moons")
  }

  private static func images(
    n: Int, side: Int, classes: Int, noise: Double, stream: RandomStream
  ) throws -> Dataset {
    try MemoryLimit.require(bytes: Double(n) * Double(3 * side * side + 16))
    var draws = stream
    let matrix = try ByteMatrix(rows: n, columns: 3 * side * side) { target in
      for i in 0..<n {
        try Interruption.check()
        let shape = Shape.all[i % classes]
        let ground = 40 + 80 * draws.uniform()
        let radius = Double(side) * (0.25 + 0.15 * draws.uniform())
        let room = Double(side) / 2 - radius
        let centerY = Double(side) / 2 + room * (2 * draws.uniform() - 1)
        let centerX = Double(side) / 2 + room * (2 * draws.uniform() - 1)
        var place = i * 3 * side * side
        for y in 0..<side {
          for x in 0..<side {
            let isInside = shape.contains(
              (Double(x) + 0.5 - centerX) / radius, (Double(y) + 0.5 - centerY) / radius)
            for channel in 0..<3 {
              let value = isInside ? shape.color[channel] : ground
              let noisy = noise > 0 ? value + 255 * noise * draws.normal() : value
              target[place] = UInt8(min(max(noisy.rounded(), 0), 255))
              place += 1
            }
          }
        }
      }
    }
    let shapes = Shape.all.prefix(classes).map(\.name)
    let names = try Dataset.orderedClasses(shapes)
    let numbers = shapes.map { names.firstIndex(of: $0) ?? 0 }
    return try Dataset(
      features: Features(matrix), labels: (0..<n).map { numbers[$0 % classes] }, classes: names,
      imageShape: [side, side, 3], name: "images")
  }

  /// A shape in the square from −1 to 1, and its color.
  private struct Shape: Sendable {
    let name: String
    let color: [Double]
    private let rule: @Sendable (Double, Double) -> Bool

    init(
      _ name: String, _ color: [Double], _ rule: @escaping @Sendable (Double, Double) -> Bool
    ) {
      self.name = name
      self.color = color
      self.rule = rule
    }

    func contains(_ x: Double, _ y: Double) -> Bool { abs(x) <= 1 && abs(y) <= 1 && rule(x, y) }

    static let all = [
      Shape("disc", [220, 50, 47]) { x, y in x * x + y * y <= 1 },
      Shape("square", [38, 139, 210]) { x, y in max(abs(x), abs(y)) <= 0.85 },
      Shape("cross", [133, 193, 20]) { x, y in min(abs(x), abs(y)) <= 0.3 },
      Shape("triangle", [240, 200, 30]) { x, y in abs(x) <= (y + 1) / 2 },
      Shape("ring", [211, 54, 180]) { x, y in (0.3...1).contains(x * x + y * y) },
      Shape("bar", [42, 201, 192]) { _, y in abs(y) <= 0.35 },
      Shape("pole", [235, 235, 235]) { x, _ in abs(x) <= 0.35 },
      Shape("slash", [250, 130, 20]) { x, y in abs(x + y) <= 0.5 },
      Shape("diamond", [108, 73, 196]) { x, y in abs(x) + abs(y) <= 1 },
      Shape("frame", [10, 10, 10]) { x, y in max(abs(x), abs(y)) >= 0.6 },
    ]
  }
}
