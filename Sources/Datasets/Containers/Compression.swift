/// The compressions that reading undoes, recognized by their first bytes whatever the name is.
enum Compression {
  /// Name endings that only denote a compression.
  static let endings = ["gz", "bz2", "xz", "zst", "lzma", "lz4", "Z"]

  private static let magics: [[UInt8]] = [
    [0x1F, 0x8B],  // gzip
    [0x42, 0x5A, 0x68],  // bzip2
    [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],  // xz
    [0x28, 0xB5, 0x2F, 0xFD],  // zstd
    [0x1F, 0x9D],  // compress
  ]

  /// Whether a file with these first bytes and this name is compressed. Two old formats begin with
  /// bytes that a CIFAR-10 batch may begin with, so they need their ending as well.
  static func isCompressed(_ head: some Collection<UInt8>, name: String) -> Bool {
    if magics.contains(where: { head.starts(with: $0) }) { return true }
    return head.starts(with: [0x04, 0x22, 0x4D, 0x18]) && name.hasSuffix(".lz4")
      || head.starts(with: [0x5D, 0x00, 0x00]) && name.hasSuffix(".lzma")
  }

  /// A name without the ending of a compression.
  static func strippedName(_ name: String) -> String {
    for ending in endings where name.hasSuffix("." + ending) {
      return String(name.dropLast(ending.count + 1))
    }
    return name
  }
}
