/// Collects the bytes of values, from which `ByteReader` makes the same values to the bit. Numbers
/// are little-endian.
///
/// Large arrays are not copied: the writer keeps their owners, so that values which share storage
/// until one of them is written stay as they were. What it holds can therefore be written to disk
/// later on another thread, where nobody adds to it any more.
///
/// ```swift
/// let writer = ByteWriter()
/// writer.add("three")
/// writer.add(3.0)
/// let reader = ByteReader(writer.bytes)
/// try print(reader.text(), reader.double())  // three 3.0
/// ```
public final class ByteWriter: @unchecked Sendable {
  /// Bytes that lie together.
  private enum Part {
    case own([UInt8])
    case shared(UnsafeRawBufferPointer, owner: AnyObject)
  }

  private var parts: [Part] = []
  /// The bytes after the last part.
  private var last: [UInt8] = []
  /// The number of bytes so far.
  public private(set) var count = 0
  /// The number of each object that was written. The objects are kept, so that no other one gets
  /// the identity of one of them.
  private var numbers: [ObjectIdentifier: Int] = [:]
  private var kept: [AnyObject] = []

  /// Arrays from this size on are not copied.
  private static let leastShared = 1 << 16

  /// A writer that has nothing yet.
  public init() {}

  // MARK: Numbers and texts

  /// Adds a byte.
  public func add(_ byte: UInt8) {
    last.append(byte)
    count += 1
  }

  /// Adds a truth value.
  public func add(_ flag: Bool) { add(flag ? 1 : 0 as UInt8) }

  /// Adds a number.
  public func add(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { add(raw: $0) }
  }

  /// Adds a number.
  public func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

  /// Adds a number with its bits: the sign of zero, and what a NaN carries.
  public func add(_ number: Double) { add(number.bitPattern) }

  /// Adds a text.
  public func add(_ text: String) {
    var text = text
    text.withUTF8 {
      add($0.count)
      add(raw: UnsafeRawBufferPointer($0))
    }
  }

  /// Adds a fingerprint.
  public func add(_ fingerprint: Fingerprint) { fingerprint.bytes.withUnsafeBytes { add(raw: $0) } }

  /// Adds bytes, without their number.
  public func add(raw bytes: UnsafeRawBufferPointer) {
    last.append(contentsOf: bytes)
    count += bytes.count
  }

  /// Adds bytes of `owner`, without their number. Where there are many, they are not copied, and
  /// must stay as they are while the owner lives.
  public func add(raw bytes: UnsafeRawBufferPointer, of owner: AnyObject) {
    guard bytes.count >= Self.leastShared else { return add(raw: bytes) }
    close()
    parts.append(.shared(bytes, owner: owner))
    count += bytes.count
  }

  // MARK: Several of them

  /// Adds whether there is a value, and the value.
  public func add<T>(optional value: T?, _ write: (T) throws -> Void) rethrows {
    add(value != nil)
    if let value { try write(value) }
  }

  /// Adds the number of values, and each of them.
  public func add<T>(each values: some Collection<T>, _ write: (T) throws -> Void) rethrows {
    add(values.count)
    for value in values { try write(value) }
  }

  /// Adds numbers.
  public func add(_ numbers: [Double]) {
    add(numbers.count)
    numbers.withUnsafeBytes { add(raw: $0) }
  }

  /// Adds numbers.
  public func add(_ numbers: [Int]) {
    add(numbers.count)
    numbers.withUnsafeBytes { add(raw: $0) }
  }

  /// Adds texts.
  public func add(_ texts: [String]) { add(each: texts) { add($0) } }

  // MARK: Sharing

  /// Adds an object where it comes for the first time, and else only which one it is, so that what
  /// is shared is stored once and shared again.
  public func share(_ object: AnyObject, _ write: () throws -> Void) rethrows {
    if let number = numbers[ObjectIdentifier(object)] {
      add(number + 1)
      return
    }
    numbers[ObjectIdentifier(object)] = kept.count
    kept.append(object)
    add(0)
    try write()
  }

  // MARK: Attempts

  /// Adds what `write` adds, or nothing where it throws.
  public func attempt(_ write: () throws -> Void) rethrows {
    close()
    let (partsBefore, countBefore, keptBefore) = (parts.count, count, kept.count)
    do {
      try write()
    } catch {
      parts.removeSubrange(partsBefore...)
      last = []
      count = countBefore
      for object in kept[keptBefore...] { numbers[ObjectIdentifier(object)] = nil }
      kept.removeSubrange(keptBefore...)
      throw error
    }
  }

  // MARK: The result

  /// Calls `body` with all bytes, part by part.
  public func forEachPart(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    for part in parts {
      switch part {
      case .own(let bytes): try bytes.withUnsafeBytes(body)
      case .shared(let bytes, _): try body(bytes)
      }
    }
    if !last.isEmpty { try last.withUnsafeBytes(body) }
  }

  /// A copy of all bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    forEachPart { bytes.append(contentsOf: $0) }
    return bytes
  }

  private func close() {
    if last.isEmpty { return }
    parts.append(.own(last))
    last = []
  }
}

#if _endian(big)
  #error("arrays are stored as they are in memory, which must be little-endian")
#endif
