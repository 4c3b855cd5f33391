import Text

/// A line of a journal: the sum of what follows, a blank, and a record as JSON, which has no line
/// end in it. A line that was cut off or damaged is recognized, and those after it are not touched.
enum JournalLine {
  /// The hexadecimal digits of a sum: the first of the SHA-256 of the record.
  private static let digits = 16

  /// The bytes of a record, with the line end.
  static func bytes(of record: JournalRecord) -> [UInt8] {
    let text = record.json.text
    return Array("\(sum(text)) \(text)\n".utf8)
  }

  /// The record of a line without its end; nil where it is damaged, or of a kind that this version
  /// does not know.
  static func record(_ line: some Collection<UInt8>) -> JournalRecord? {
    guard let text = String(validating: line, as: UTF8.self), text.utf8.count > digits + 1 else {
      return nil
    }
    let json = String(text.dropFirst(digits + 1))
    guard text.prefix(digits + 1) == sum(json) + " ", let value = JSONValue(parsing: json)
    else { return nil }
    return JournalRecord(value)
  }

  private static func sum(_ text: String) -> String {
    var maker = FingerprintMaker()
    var text = text
    text.withUTF8 { maker.add(raw: UnsafeRawBufferPointer($0)) }
    return String(maker.finish().hex.prefix(digits))
  }
}
