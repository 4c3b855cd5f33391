import Glibc
import Language
import Text

/// The pictures that prose names, put into the page: it is one file.
struct PagePictures {
  /// Larger files are left out.
  private static let sizeLimit = 16 << 20

  /// The folder of the script, with its `/`; empty for the current one.
  private let folder: String

  /// The pictures that a script names.
  init(besides script: String) {
    folder = script.lastIndex(of: "/").map { String(script[...$0]) } ?? ""
  }

  /// The picture as an address that holds all of it; nil where there is no such file, and for
  /// pictures of the web.
  func address(of path: String) -> String? {
    guard !path.isEmpty, !path.contains(":"), !path.hasPrefix("//") else { return nil }
    let plain = Self.withoutEscapes(path)
    guard let bytes = Self.bytes(plain.hasPrefix("/") ? plain : folder + plain),
      let type = Self.type(of: bytes)
    else { return nil }
    return "data:\(type);base64,\(Base64.text(bytes))"
  }

  /// The warning that a picture is not in the page.
  func warning(_ path: String, at place: Span?, _ source: Source) -> Diagnostic {
    let isOfWeb = path.hasPrefix("http:") || path.hasPrefix("https:") || path.hasPrefix("//")
    let name = Escaping.visible(path)
    return Diagnostic(
      isOfWeb
        ? "the picture '\(name)' is of the web, and stands as a link"
        : "there is no picture '\(name)' beside the script",
      category: .data, severity: .warning, source: place.map { _ in source }, span: place,
      help: isOfWeb
        ? "a copy beside the script would be put into the page"
        : "PNG, JPEG, GIF, WebP and SVG are put into the page")
  }

  /// `%20` and the like as their characters.
  private static func withoutEscapes(_ path: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(path.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func bytes(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= sizeLimit
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let rest = bytes.count - done
      let count = bytes.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { read(file, $0 + done, rest) } ?? 0
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }

  /// The media type by the first bytes; nil for other files.
  private static func type(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if bytes.starts(with: "GIF8".utf8) { return "image/gif" }
    if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      return "image/webp"
    }
    let head = String(decoding: bytes.prefix(1000), as: UTF8.self)
    return head.contains("<svg") ? "image/svg+xml" : nil
  }
}
