import CZlib
import LinearAlgebra

/// Decompresses streams of zlib that stand inside of files; `ByteStream` reads compressed files.
enum Inflation {
  /// The decompressed bytes of a range, at most `most` of them.
  ///
  /// - Throws: `DataError` where the stream is damaged, ends in the middle or is a bomb;
  ///   `MemoryRefused`, `Interrupted`.
  static func bytes(
    of stored: ArrayBytes, _ range: Range<Int>, most: Int = .max, path: String
  ) throws -> StoredBytes {
    // zlib keeps the address of the stream and compares it.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    guard inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw MemoryRefused(needed: 0, available: 0)
    }
    defer { inflateEnd(stream) }
    let limit = ExpansionLimit(stored: range.count)
    let likely = min(most, range.count.multipliedReportingOverflow(by: 4).partialValue)
    var (next, total, hasEnded) = (range.lowerBound, 0, false)
    return try StoredBytes(likely: likely, path: path) { target in
      var written = 0
      while written < target.count, total < most, !hasEnded {
        guard next < range.upperBound else {
          throw DataError(
            "the compressed data ends in the middle", path: path,
            help: "the file was cut off; copy or save it again")
        }
        let end = min(range.upperBound, next + 1 << 16)
        let room = min(target.count - written, most - total, 1 << 20)
        let (code, count) = try stored.withPiece(next..<end) { piece in
          // zlib reads its input and leaves it alone.
          stream.pointee.next_in = UnsafeMutablePointer(
            mutating: piece.baseAddress?.assumingMemoryBound(to: UInt8.self))
          stream.pointee.avail_in = UInt32(piece.count)
          stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
            .advanced(by: written)
          stream.pointee.avail_out = UInt32(room)
          let code = inflate(stream, Z_NO_FLUSH)
          return (code, room - Int(stream.pointee.avail_out))
        }
        next = end - Int(stream.pointee.avail_in)
        written += count
        total += count
        hasEnded = code == Z_STREAM_END
        guard hasEnded || code == Z_OK || code == Z_BUF_ERROR && count > 0 else {
          if code == Z_MEM_ERROR { throw MemoryRefused(needed: 0, available: 0) }
          throw DataError(
            "the compressed data is damaged", path: path, help: "copy or save it again")
        }
        try limit.check(total, path: path)
      }
      return written
    }
  }
}
