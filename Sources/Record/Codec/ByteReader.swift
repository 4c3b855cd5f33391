import LinearAlgebra

/// Reads what `ByteWriter` wrote.
///
/// Damaged bytes are an error and never a trap, and nothing is allocated for more than the bytes
/// that are there.
public final class ByteReader {
  /// Fills a buffer with the next bytes, of which there are enough.
  public typealias Source = (UnsafeMutableRawBufferPointer) throws -> Void

  /// The number of bytes that are left.
  public private(set) var remaining: Int
  private let source: Source
  /// Bytes that the source has given already, from `position` on.
  private var window: [UInt8]
  private var position = 0
  /// The objects so far; nil for those that are being read.
  private var objects: [AnyObject?] = []
  private var depth = 0

  private static let windowSize = 1 << 16
  /// The greatest nesting; values can't be nested as deeply.
  private static let depthLimit = 1100

  /// A reader of bytes in memory.
  public init(_ bytes: [UInt8]) {
    window = bytes
    remaining = bytes.count
    source = { _ in throw DamagedBytes.cutOff }
  }

  /// A reader of `count` bytes from a source.
  public init(count: Int, from source: @escaping Source) {
    window = []
    remaining = count
    self.source = source
  }

  /// Fills `target` with the next bytes.
  ///
  /// - Throws: `DamagedBytes` where fewer are left; `Interrupted`, as everything here; what the
  ///   source throws.
  public func read(into target: UnsafeMutableRawBufferPointer) throws {
    guard target.count <= remaining else { throw DamagedBytes.cutOff }
    remaining -= target.count
    var filled = 0
    while filled < target.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: target[filled...])
      if position < window.count {
        let count = min(rest.count, window.count - position, Self.piece)
        window.withUnsafeBytes {
          rest.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
        }
        position += count
        filled += count
      } else if rest.count >= Self.windowSize {
        let count = min(rest.count, Self.piece)
        try source(UnsafeMutableRawBufferPointer(rebasing: rest[..<count]))
        filled += count
      } else {
        window = [UInt8](repeating: 0, count: min(Self.windowSize, rest.count + remaining))
        position = 0
        try window.withUnsafeMutableBytes { try source($0) }
      }
      if filled < target.count { try Interruption.check() }
    }
  }

  /// Bytes that are read between two looks for the wish to stop.
  private static let piece = 1 << 21

  // MARK: Numbers and texts

  /// A byte.
  public func byte() throws -> UInt8 {
    if position < window.count, remaining > 0 {
      position += 1
      remaining -= 1
      return window[position - 1]
    }
    var byte: UInt8 = 0
    try withUnsafeMutableBytes(of: &byte) { try read(into: $0) }
    return byte
  }

  /// A truth value.
  public func flag() throws -> Bool {
    switch try byte() {
    case 0: return false
    case 1: return true
    default: throw DamagedBytes("a truth value is neither true nor false")
    }
  }

  /// Eight bytes as a number.
  public func bits() throws -> UInt64 {
    var number: UInt64 = 0
    try withUnsafeMutableBytes(of: &number) { try read(into: $0) }
    return UInt64(littleEndian: number)
  }

  /// A whole number.
  public func int() throws -> Int { Int(Int64(bitPattern: try bits())) }

  /// A whole number from a range.
  public func int(in range: ClosedRange<Int>) throws -> Int {
    let number = try int()
    guard range.contains(number) else {
      throw DamagedBytes("a number is not from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number with its bits.
  public func double() throws -> Double { Double(bitPattern: try bits()) }

  /// The number of things that follow, each of which takes `bytesEach` bytes or more.
  public func count(bytesEach: Int = 1) throws -> Int {
    try int(in: 0...remaining / max(1, bytesEach))
  }

  /// A text.
  public func text() throws -> String {
    let bytes = try bytes(count: count())
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DamagedBytes("a text is not UTF-8")
    }
    return text
  }

  /// A fingerprint.
  public func fingerprint() throws -> Fingerprint {
    try bytes(count: 32).withUnsafeBytes { Fingerprint($0) }
  }

  private func bytes(count: Int) throws -> [UInt8] {
    guard count <= remaining else { throw DamagedBytes.cutOff }
    var bytes = [UInt8](repeating: 0, count: count)
    try bytes.withUnsafeMutableBytes { try read(into: $0) }
    return bytes
  }

  // MARK: Several of them

  /// A value that may be missing.
  public func optional<T>(_ read: () throws -> T) throws -> T? { try flag() ? try read() : nil }

  /// As many values as were stored.
  public func each<T>(_ read: () throws -> T) throws -> [T] {
    let count = try count()
    var values: [T] = []
    for i in 0..<count {
      if i % 4096 == 4095 { try Interruption.check() }
      values.append(try read())
    }
    return values
  }

  /// Numbers.
  public func doubles() throws -> [Double] { try numbers(zero: 0) }

  /// Whole numbers.
  public func ints() throws -> [Int] { try numbers(zero: 0) }

  /// Texts.
  public func texts() throws -> [String] { try each { try text() } }

  private func numbers<T: BitwiseCopyable>(zero: T) throws -> [T] {
    let count = try count(bytesEach: MemoryLayout<T>.stride)
    try MemoryLimit.require(rows: count, columns: 1, bytesPerEntry: MemoryLayout<T>.stride)
    var numbers = [T](repeating: zero, count: count)
    try numbers.withUnsafeMutableBytes { try read(into: $0) }
    return numbers
  }

  // MARK: Sharing

  /// An object, or the one that was read before.
  public func shared<T: AnyObject>(_ read: () throws -> T) throws -> T {
    let number = try int()
    guard number == 0 else {
      guard number >= 1, number <= objects.count, let object = objects[number - 1] as? T else {
        throw DamagedBytes("what is shared is not there")
      }
      return object
    }
    let place = objects.count
    objects.append(nil)
    let object = try nested(read)
    objects[place] = object
    return object
  }

  /// What `read` gives, one level deeper.
  ///
  /// - Throws: `DamagedBytes` where that is too deep; what `read` throws.
  public func nested<T>(_ read: () throws -> T) throws -> T {
    guard depth < Self.depthLimit else { throw DamagedBytes("values are nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    return try read()
  }

  /// Checks that nothing is left.
  ///
  /// - Throws: `DamagedBytes` where something is.
  public func end() throws {
    guard remaining == 0 else { throw DamagedBytes("bytes are left over") }
  }
}
