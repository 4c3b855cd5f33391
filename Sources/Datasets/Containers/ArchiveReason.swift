import CLibArchive
import Text

/// Why libarchive failed, in its words.
enum ArchiveReason {
  /// One line without a full stop: its words may end in a line feed, and may hold names from the
  /// file. Nil where it says nothing.
  static func words(_ archive: OpaquePointer?) -> String? {
    guard let text = archive_error_string(archive).map({ String(cString: $0) }) else { return nil }
    let end = text.lastIndex { !$0.isWhitespace && $0 != "." }
    return Escaping.visible(String(text[..<(end.map(text.index(after:)) ?? text.startIndex)]))
  }
}
