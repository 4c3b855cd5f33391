/// What CIFAR's versions differ in.
struct CIFARVersion: Sendable {
  static let pixels = 1024
  static let columns = 3 * pixels

  let name: String
  let classCount: Int
  /// The bytes before the pixels of a binary record, and which of them is the label.
  let labelBytes: Int
  let labelPlace: Int
  /// The keys of the labels in Python's batches.
  let labels: [String]
  /// The files that name the classes, and the key of the names in those that are pickles.
  let metaNames: [String]
  let classNames: String
  /// The beginnings of batches' names.
  let training: String
  let test: String

  /// Bytes of a binary record.
  var record: Int { labelBytes + Self.columns }

  /// Whether a file's name, without the ending of a compression, is that of a batch.
  func isBatch(_ name: String) -> Bool { isTraining(name) || isTest(name) }

  func isTraining(_ name: String) -> Bool { isBatch(name, training) }
  func isTest(_ name: String) -> Bool { isBatch(name, test) }

  private func isBatch(_ name: String, _ beginning: String) -> Bool {
    guard name.hasPrefix(beginning) else { return false }
    let name = Compression.strippedName(name)
    return name.hasSuffix(".bin") || !name.contains(".")
  }

  /// Whether a file has the size of binary records, and the first ones have labels.
  func resembles(_ head: FileHead) -> Bool {
    guard let size = head.size, size > 0, size % record == 0 else { return false }
    let most = labelBytes == 1 ? [10] : [20, 100]
    return stride(from: 0, to: head.bytes.count - labelBytes, by: record).allSatisfy { start in
      most.indices.allSatisfy { Int(head.bytes[start + $0]) < most[$0] }
    }
  }
}
