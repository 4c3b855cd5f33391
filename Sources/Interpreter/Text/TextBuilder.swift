import LinearAlgebra

/// A text that grows by short ones. It is kept in parts of a megabyte: a single string would be
/// copied again and again as it grows, and a short text on its own costs more than its bytes.
struct TextBuilder {
  private var parts: [String] = []
  private var last = ""
  private static let partSize = 1 << 20

  mutating func append(_ text: String) {
    last += text
    guard last.utf8.count >= Self.partSize else { return }
    parts.append(last)
    last = ""
    last.reserveCapacity(Self.partSize)
  }

  /// All of it.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  consuming func joined() throws -> String {
    parts.isEmpty ? last : try LongText.joined(parts + [last])
  }
}
