import LinearAlgebra
import Testing

@testable import Datasets

struct SyntheticTests {
  private func stream(_ seed: UInt64 = 1) -> RandomStream {
    RandomStream(seed: seed, key: "synth", count: 0)
  }

  @Test(arguments: Synthetic.kinds) func theSameStreamMakesTheSame(_ kind: String) throws {
    let a = try Synthetic.make(kind: kind, n: 50, stream: stream())
    let b = try Synthetic.make(kind: kind, n: 50, stream: stream())
    let c = try Synthetic.make(kind: kind, n: 50, stream: stream(2))
    #expect(try a.features.matrix() == b.features.matrix())
    #expect(try a.features.matrix() != c.features.matrix())
    #expect(a.labels == b.labels)
    #expect(a.count == 50)
  }

  @Test func blobsLieAboutTheirCenters() throws {
    let data = try Synthetic.make(
      kind: "blobs", n: 4000, d: 3, classes: 4, noise: 0.5, stream: stream())
    #expect(data.features.columns == 3)
    #expect(data.classCounts == [1000, 1000, 1000, 1000])
    for label in 0..<4 {
      let rows = data.labels.indices.filter { data.labels[$0] == label }
      let statistics = try data.features.selecting(rows).statistics()
      for (mean, variance) in zip(statistics.mean, statistics.variance) {
        #expect(abs(mean) <= 5.1)
        // Six standard errors of a variance of 0.25 from 1000 samples.
        #expect(abs(variance - 0.25) < 6 * 0.25 * (2.0 / 1000).squareRoot())
      }
    }
    let still = try Synthetic.make(kind: "blobs", n: 6, classes: 2, noise: 0, stream: stream())
    #expect(still.features.row(0) == still.features.row(2))
  }

  @Test func moonsAreHalfCircles() throws {
    let data = try Synthetic.make(kind: "moons", noise: 0, stream: stream())
    #expect(data.count == 200)
    for i in 0..<200 {
      let row = data.features.row(i)
      let (x, y) = data.labels[i] == 0 ? (row[0], row[1]) : (1 - row[0], 0.5 - row[1])
      #expect(abs(x * x + y * y - 1) < 1e-12)
      #expect(y >= 0)
    }
  }

  @Test func imagesArePicturesOfBytes() throws {
    let data = try Synthetic.make(kind: "images", n: 40, d: 12, classes: 10, stream: stream())
    #expect(data.imageShape == [12, 12, 3])
    #expect(data.features.columns == 432)
    #expect(data.features.storageName == "bytes")
    #expect(data.classes == data.classes.sorted())
    #expect(data.classCounts == [Int](repeating: 4, count: 10))
    // Classes that no sample is of are there still.
    #expect(try Synthetic.make(kind: "images", n: 1, classes: 3, stream: stream()).classCount == 3)
  }

  @Test func numbersOutOfRangeAreErrors() {
    let cases: [(String, Int?, Int?, Int?, Double?, String)] = [
      ("blobs", 0, nil, nil, nil, "n=0: it must be at least 1"),
      ("blobs", nil, 0, nil, nil, "d=0: it must be at least 1"),
      ("blobs", nil, nil, 1001, nil, "classes=1001: it must be from 1 to 1000"),
      ("blobs", nil, nil, nil, -1, "noise=-1.0: it must be 0 or more"),
      ("blobs", nil, nil, nil, .nan, "noise=nan: it must be 0 or more"),
      ("moons", nil, 3, nil, nil, "d=3: only 2 is possible here"),
      ("moons", nil, nil, 3, nil, "classes=3: only 2 is possible here"),
      ("images", nil, 7, nil, nil, "d=7: it must be from 8 to 32"),
      ("images", nil, nil, 11, nil, "classes=11: it must be from 2 to 10"),
      ("images", nil, nil, nil, 1.5, "noise=1.5: it must be from 0 to 1"),
    ]
    for (kind, n, d, classes, noise, message) in cases {
      let error = #expect(throws: DataError.self) {
        try Synthetic.make(
          kind: kind, n: n, d: d, classes: classes, noise: noise, stream: stream())
      }
      #expect(error?.message == message)
    }
    let error = #expect(throws: DataError.self) {
      try Synthetic.make(kind: "blob", stream: stream())
    }
    #expect(error?.help == "did you mean blobs? kinds: blobs, moons, images")
    for (n, d) in [(Int.max, 2), (1, Int.max), (Int.max, Int.max), (1 << 31, 1 << 31)] {
      #expect(throws: MemoryRefused.self) {
        try Synthetic.make(kind: "blobs", n: n, d: d, stream: stream())
      }
    }
    #expect(throws: MemoryRefused.self) {
      try Synthetic.make(kind: "images", n: Int.max, stream: stream())
    }
  }
}
