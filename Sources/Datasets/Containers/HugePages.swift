import Glibc

/// Large pages for large allocations, where the system gives them to who asks: the first touch of
/// fresh memory is a good part of what reading a file takes.
enum HugePages {
  private static let size: UInt = 1 << 21

  /// Asks for large pages for what lies whole in these bytes. An advice: where it is not taken,
  /// nothing but the speed is different.
  static func advise(_ start: UnsafeMutableRawPointer, bytes: Int) {
    let begin = UInt(bitPattern: start)
    let first = (begin + size - 1) / size * size
    let last = (begin + UInt(max(0, bytes))) / size * size
    guard first < last else { return }
    _ = madvise(start + Int(first - begin), Int(last - first), MADV_HUGEPAGE)
  }
}
