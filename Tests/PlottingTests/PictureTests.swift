import Testing

@testable import Plotting

@Suite struct PictureTests {
  @Test func smallerPixelsAreMeansOfAreas() {
    let picture = Picture(
      height: 2, width: 4, channels: 1, pixels: [0, 100, 200, 200, 100, 200, 0, 0])
    let raster = picture.raster(width: 2, height: 1)
    #expect(raster[0, 0] == RGB(100, 100, 100))
    #expect(raster[1, 0] == RGB(100, 100, 100))
  }

  /// Three pixels in two: each takes one whole and half of the middle one.
  @Test func pixelsAreSharedByTheirAreas() {
    let raster = Picture(height: 1, width: 3, channels: 1, pixels: [0, 90, 240])
      .raster(width: 2, height: 1)
    #expect(raster[0, 0] == RGB(30, 30, 30))
    #expect(raster[1, 0] == RGB(190, 190, 190))
  }

  @Test func largerPicturesRepeatPixels() {
    let raster = Picture(height: 1, width: 2, channels: 1, pixels: [10, 20])
      .raster(width: 4, height: 2)
    #expect((0..<4).map { raster[$0, 1]?.red } == [10, 10, 20, 20])
  }

  @Test func valuesBeyondTheRangeAreCut() {
    let raster = Picture(
      height: 1, width: 4, channels: 1, pixels: [-5, 300, .nan, .infinity]
    ).raster(width: 4, height: 1)
    #expect((0..<4).map { raster[$0, 0]?.red } == [0, 255, 0, 255])
  }

  @Test func otherChannelsAreAveraged() {
    let raster = Picture(height: 1, width: 1, channels: 2, pixels: [10, 20])
      .raster(width: 1, height: 1)
    #expect(raster[0, 0] == RGB(15, 15, 15))
  }

  @Test func whatIsMissingIsBlack() {
    let raster = Picture(height: 1, width: 2, channels: 3, pixels: [9, 8, 7, 6])
      .raster(width: 2, height: 1)
    #expect(raster[0, 0] == RGB(9, 8, 7))
    #expect(raster[1, 0] == RGB(6, 0, 0))
    #expect(Picture(height: -1, width: 5, channels: 0, pixels: []).isEmpty)
    #expect(
      Picture(height: .max, width: .max, channels: .max, pixels: [1])
        .raster(width: 1, height: 1)[0, 0] == RGB(0, 0, 0))
  }
}
