import Glibc

/// Small files in which the kernel reports its state, such as /proc/meminfo.
enum SystemFile {
  /// The first 8 kB of a file; empty where it can't be read.
  static func contents(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    return Array(bytes.prefix(max(0, count)))
  }

  /// The number that a text begins with, after spaces; nil for anything else, such as "max".
  static func firstNumber(_ bytes: [UInt8]) -> UInt64? {
    var value: UInt64?
    for byte in bytes.drop(while: { $0 == UInt8(ascii: " ") }) {
      guard byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") else { break }
      let (product, overflow) = (value ?? 0).multipliedReportingOverflow(by: 10)
      if overflow { return UInt64.max }
      value = product &+ UInt64(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// The number after `name` in a text of "name number" lines.
  static func field(_ name: String, in bytes: [UInt8]) -> UInt64? {
    let name = Array(name.utf8)
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.starts(with: name) {
      return firstNumber(Array(line.dropFirst(name.count)))
    }
    return nil
  }
}
