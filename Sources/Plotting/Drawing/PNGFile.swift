import CPictures
import Glibc

/// The content of a PNG file.
enum PNGFile {
  /// Pixels as a file; those without a color are transparent. Nil where there is no pixel.
  static func bytes(of raster: PixelRaster) -> [UInt8]? {
    let isOpaque = !raster.pixels.contains(nil)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raster.pixels.count * (isOpaque ? 3 : 4))
    for pixel in raster.pixels {
      bytes += [pixel?.red ?? 0, pixel?.green ?? 0, pixel?.blue ?? 0]
      if !isOpaque { bytes.append(pixel == nil ? 0 : 255) }
    }
    return encoded(bytes, width: raster.width, height: raster.height, channels: isOpaque ? 3 : 4)
  }

  /// Rows of pixels of 3 or 4 channels as a file.
  static func encoded(_ pixels: [UInt8], width: Int, height: Int, channels: Int) -> [UInt8]? {
    guard width > 0, height > 0, pixels.count == width * height * channels else { return nil }
    var file: UnsafeMutablePointer<UInt8>?
    var count = 0
    let isDone = svm_encode_png(pixels, height, width, Int32(channels), &file, &count)
    defer { free(file) }
    guard isDone == 1, let file else { return nil }
    return Array(UnsafeBufferPointer(start: file, count: count))
  }
}
