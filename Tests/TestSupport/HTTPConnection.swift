import Glibc

/// A connection of a client to a port of this machine, which sends what a browser does or doesn't.
public final class HTTPConnection {
  /// Why there is no answer.
  public struct Trouble: Error {
    let what: String
  }

  /// An answer.
  public struct Answer {
    /// Its status.
    public var status = 0
    /// Its headers, by their names in small letters.
    public var headers: [String: String] = [:]
    /// Its body.
    public var body = ""
  }

  private let port: UInt16
  private var descriptor: Int32
  private var received: [UInt8] = []
  /// Where in `received` goes on what has not been taken.
  private var next = 0
  private var isChunked = false

  /// Connects to a port.
  public init(_ port: UInt16) throws {
    self.port = port
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw Trouble(what: "no connection") }
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close() }

  /// Closes it.
  public func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Sends a request.
  ///
  /// - Parameters:
  ///   - line: its first line.
  ///   - host: the host that it names; nil for none, empty for this machine's.
  ///   - body: what follows the headers.
  public func send(
    _ line: String, _ headers: [String] = [], host: String? = "", body: String = ""
  ) throws {
    let named = host.map { ["Host: " + ($0.isEmpty ? "127.0.0.1:\(port)" : $0)] } ?? []
    let text = ([line] + named + headers).joined(separator: "\r\n") + "\r\n\r\n" + body
    guard Glibc.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) > 0 else {
      throw Trouble(what: "can't send")
    }
  }

  /// Sends a request and reads all of the answer.
  public func answer(
    to line: String, _ headers: [String] = [], host: String? = "", body: String = ""
  ) throws -> Answer {
    try send(line, headers + ["Connection: close"], host: host, body: body)
    var answer = try head()
    while try receive() {}
    answer.body = String(decoding: received[next...], as: UTF8.self)
    return answer
  }

  /// Reads the head of an answer.
  public func head() throws -> Answer {
    guard let text = try text(until: "\r\n\r\n") else { throw Trouble(what: "no answer") }
    var answer = Answer()
    for (i, line) in text.split(separator: "\r\n").enumerated() {
      if i == 0 {
        answer.status = Int(line.split(separator: " ")[1]) ?? 0
      } else if let colon = line.firstIndex(of: ":") {
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        answer.headers[line[..<colon].lowercased()] = String(value)
      }
    }
    isChunked = answer.headers["transfer-encoding"] == "chunked"
    return answer
  }

  /// The next event, without comments; nil at the end. The server begins a chunk for each.
  public func event() throws -> String? {
    var event: [UInt8] = []
    while !event.suffix(2).elementsEqual("\n\n".utf8) {
      guard isChunked, let size = try text(until: "\r\n").flatMap({ Int($0, radix: 16) }), size > 0
      else { return nil }
      event += try bytes(size)
      _ = try bytes(2)
      if event.first == UInt8(ascii: ":") { event = [] }
    }
    return String(decoding: event.dropLast(2), as: UTF8.self)
  }

  /// As many bytes.
  private func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
    while received.count - next < count {
      guard try receive() else { throw Trouble(what: "a chunk is cut off") }
    }
    defer { next += count }
    return received[next..<next + count]
  }

  /// What comes before a mark; nil where the connection ends before it.
  private func text(until mark: String) throws -> String? {
    while true {
      if let end = received[next...].firstRange(of: Array(mark.utf8)) {
        let text = String(decoding: received[next..<end.lowerBound], as: UTF8.self)
        next = end.upperBound
        return text
      }
      guard try receive() else { return nil }
    }
  }

  private func receive() throws -> Bool {
    received.removeSubrange(..<next)
    next = 0
    let size = 1 << 16
    let old = received.count
    received.append(contentsOf: repeatElement(0, count: size))
    let count = received.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { recv(descriptor, $0 + old, size, 0) } ?? 0
    }
    received.removeLast(size - max(count, 0))
    guard count >= 0 else { throw Trouble(what: "nothing comes") }
    return count > 0
  }
}
