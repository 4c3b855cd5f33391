import Glibc

/// The records of a journal that are whole.
public struct JournalContents: Sendable, Equatable {
  /// The records, in their order.
  public internal(set) var records: [JournalRecord] = []
  /// The lines in between that were damaged, or of another version, and are left out.
  public internal(set) var damaged = 0
  /// Whether the last line was cut off, as by a crash while it was written, and is left out.
  public internal(set) var endsTorn = false

  /// Whether the session ended as it should.
  public var isEnded: Bool { records.last == .end }

  /// The texts of the entries by their numbers, in their order; of equal numbers the last counts.
  public var entries: [(number: Int, text: String)] {
    var texts: [Int: String] = [:]
    for case .entry(let number, let text) in records { texts[number] = text }
    return texts.sorted { $0.key < $1.key }.map { (number: $0.key, text: $0.value) }
  }

  /// The records of these bytes.
  init(_ bytes: [UInt8]) {
    var start = bytes.startIndex
    while start < bytes.endIndex {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else {
        endsTorn = true
        return
      }
      if let record = JournalLine.record(bytes[start..<end]) {
        records.append(record)
      } else if end > start {
        damaged += 1
      }
      start = end + 1
    }
  }

  /// The records of an open file; nil where it can't be read.
  init?(descriptor: Int32) {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &chunk, chunk.count, bytes.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      bytes += chunk[..<count]
    }
    self.init(bytes)
  }
}
