import CPictures
import LinearAlgebra
import Text

/// A PNG or JPEG file.
struct PictureFile: Sendable {
  let source: DataSource
  let header: PictureHeader

  /// Reads the header of a file.
  ///
  /// - Throws: `DataError` where it is no picture or claims an absurd size.
  init(_ source: DataSource) throws {
    self.source = source
    header = try Self.header(of: source)
  }

  private static func header(of source: DataSource) throws -> PictureHeader {
    let stream = try ByteStream(source, isCounted: false)
    // Cameras write profiles and small pictures before the header.
    var bytes = try FileBytes(capacity: 1 << 9)
    while true {
      let room = UnsafeMutableRawBufferPointer(
        start: bytes.pointer + bytes.count, count: bytes.capacity - bytes.count)
      let count = try stream.read(into: room)
      bytes.hold(bytes.count + count)
      do {
        let header = try bytes.withBytes { (all) throws(PictureHeader.Fault) in
          try PictureHeader(all)
        }
        guard header.height > 0, header.width > 0 else {
          throw DataError("the picture has no pixels", path: source.path)
        }
        let most = max(
          ExpansionLimit.free,
          source.fileSize.multipliedReportingOverflow(by: ExpansionLimit.most).partialValue)
        try check(header, stream.plainSize ?? most, source)
        return header
      } catch PictureHeader.Fault.cutOff {
        guard count == room.count else { throw failure("the file ends in the middle", source) }
        let longer = try FileBytes(capacity: bytes.capacity * 16)
        longer.pointer.update(from: bytes.pointer, count: bytes.count)
        longer.hold(bytes.count)
        bytes = longer
      } catch PictureHeader.Fault.inks {
        throw DataError(
          "the picture is in the four inks of print, not in gray or RGB", path: source.path,
          help: "convert it, with ImageMagick: convert old.jpg -colorspace sRGB new.jpg")
      } catch PictureHeader.Fault.foreign {
        throw DataError("is no PNG or JPEG picture", path: source.path)
      }
    }
  }

  /// Decodes the picture to `target`, which has room for height × width × `channels` bytes.
  ///
  /// - Throws: `DataError` where the file is damaged, `MemoryRefused`, `Interrupted`.
  func decode(into target: UnsafeMutablePointer<UInt8>, channels: Int) throws {
    let bytes = try source.readAll()
    let reason = try withUnsafeTemporaryAllocation(
      of: CChar.self, capacity: Int(svm_picture_reason)
    ) { reason -> String? in
      guard let words = reason.baseAddress else { return "there is no memory" }
      try Self.check(header, bytes.count, source)
      let decode = header.kind == .png ? svm_decode_png : svm_decode_jpeg
      let isDecoded = decode(
        bytes.pointer, bytes.count, header.height, header.width, Int32(channels), target,
        { Interruption.isRequested ? 1 : 0 }, words)
      return isDecoded != 0 ? nil : String(cString: words)
    }
    withExtendedLifetime(bytes) {}
    try Interruption.check()
    if let reason { throw Self.failure(reason, source) }
    source.release()
  }

  /// Checks that a file's bytes can hold the announced pixels.
  private static func check(
    _ header: PictureHeader, _ bytes: Int, _ source: DataSource
  ) throws(DataError) {
    guard header.fits(bytes: bytes) else {
      throw DataError(
        "\(bytes) bytes can't hold the \(header.height) × \(header.width) pixels that are"
          + " announced", path: source.path, help: "the file is damaged; download it again")
    }
  }

  private static func failure(_ reason: String, _ source: DataSource) -> DataError {
    DataError(
      "the picture is damaged: \(Escaping.visible(reason))", path: source.path,
      help: "copy or download it again")
  }
}
