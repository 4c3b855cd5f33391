/// A message of Protocol Buffers, field by field.
///
/// The format is three rules, and the only message that is written has a dozen fields. A library
/// for it would bring a compiler of its own and thousands of generated lines.
///
/// https://protobuf.dev/programming-guides/encoding/
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  /// A number of seven bits to a byte, the lowest first.
  private mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A whole number.
  mutating func add(_ field: UInt64, _ value: Int) {
    append(varint: field << 3)
    append(varint: UInt64(bitPattern: Int64(value)))
  }

  /// A text.
  mutating func add(_ field: UInt64, _ text: String) { add(field, Array(text.utf8)) }

  /// Bytes, or a message in this one.
  mutating func add(_ field: UInt64, _ content: [UInt8]) {
    append(varint: field << 3 | 2)
    append(varint: UInt64(content.count))
    bytes += content
  }

  /// A message in this one.
  mutating func add(_ field: UInt64, _ build: (inout ProtocolBuffer) -> Void) {
    var message = ProtocolBuffer()
    build(&message)
    add(field, message.bytes)
  }

  /// A number of 32 bits.
  mutating func add(_ field: UInt64, _ value: Float) {
    append(varint: field << 3 | 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
  }
}
