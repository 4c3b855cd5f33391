import Glibc

/// The destination of bytes while a file is written. Small pieces are collected.
public final class BufferedOutput {
  private let descriptor: Int32
  private var waiting: [UInt8] = []

  private static let room = 1 << 18

  /// The output to an open file, which stays the caller's.
  package init(to descriptor: Int32) {
    self.descriptor = descriptor
    waiting.reserveCapacity(Self.room)
  }

  /// Adds bytes.
  ///
  /// - Throws: `SystemFailure` where they can't be written, `Interrupted`.
  public func append(_ bytes: UnsafeRawBufferPointer) throws {
    if waiting.count + bytes.count <= Self.room {
      waiting.append(contentsOf: bytes)
      return
    }
    try flush()
    try write(bytes)
  }

  /// Adds bytes.
  ///
  /// - Throws: `SystemFailure` where they can't be written, `Interrupted`.
  public func append(_ bytes: some Collection<UInt8>) throws {
    let done: Void? = try bytes.withContiguousStorageIfAvailable { buffer in
      try append(UnsafeRawBufferPointer(buffer))
    }
    if done == nil { try Array(bytes).withUnsafeBytes { try append($0) } }
  }

  /// Adds a text in UTF-8.
  ///
  /// - Throws: `SystemFailure` where it can't be written, `Interrupted`.
  public func append(_ text: String) throws {
    var text = text
    try text.withUTF8 { try append(UnsafeRawBufferPointer($0)) }
  }

  /// Writes what was collected.
  package func flush() throws {
    try waiting.withUnsafeBytes { try write($0) }
    waiting.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard let base = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count {
      try Interruption.check()
      let count = Glibc.write(descriptor, base + done, min(bytes.count - done, 1 << 24))
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemFailure()
      }
      done += count
    }
  }
}
