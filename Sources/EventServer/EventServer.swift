import CMicroHTTP
import Glibc
import Synchronization

/// A server of pages for browsers of this machine, and of events for the pages that are open.
///
/// It listens on 127.0.0.1 only, answers nothing but `GET` and `HEAD`, and refuses requests that
/// name another host or come from a page of another origin: no page of the web can reach it through
/// a browser, by whatever name. Of each kind of event only the latest is kept: who comes later gets
/// that, and who reads slowly gets fewer.
public final class EventServer: Sendable {
  /// What a path holds.
  public struct Resource: Sendable {
    /// Its media type.
    public var type: String
    /// Its bytes.
    public var bytes: [UInt8]

    /// A text of a media type.
    public init(_ text: String, type: String) {
      self.type = type
      bytes = Array(text.utf8)
    }
  }

  /// Why there is no server.
  public enum Trouble: Error, Sendable {
    /// The library that serves is not installed.
    case isMissing
    /// The port is taken, or the system refuses it.
    case port(reason: String)
  }

  /// The path of the events.
  public static let eventPath = "/events"
  private static let mostConnections: UInt32 = 64
  private static let mostWaits = 40

  /// The port.
  public var port: UInt16 { server.withLock { $0.map { svm_http_port($0.pointer) } ?? 0 } }

  private let resource: @Sendable (String) -> Resource?
  private let events = EventBoard()
  private let server = Mutex<Server?>(nil)

  private struct Server: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  /// Begins to serve.
  ///
  /// - Parameters:
  ///   - port: 0 for any free one.
  ///   - resource: what a path holds; nil for nothing. It is called by the server's thread.
  public init(
    port: UInt16, resource: @escaping @Sendable (_ path: String) -> Resource?
  ) throws(Trouble) {
    self.resource = resource
    guard svm_http_is_there() != 0 else { throw .isMissing }
    let started = svm_http_start(
      port, Self.mostConnections,
      { context, request in
        guard let context, let request else { return }
        Unmanaged<EventServer>.fromOpaque(context).takeUnretainedValue().answer(request)
      }, Unmanaged.passUnretained(self).toOpaque())
    guard let started else { throw .port(reason: String(cString: strerror(errno))) }
    let running = Server(pointer: started)
    server.withLock { $0 = running }
  }

  /// Tells all pages of an event.
  ///
  /// - Parameter data: a text of one line.
  public func publish(_ kind: String, _ data: String) { events.publish(kind, data) }

  /// Sends something to all pages, so that those are found that are closed.
  public func beat() { events.beat() }

  /// Whether no page is open, as far as is known.
  var hasNoStreams: Bool { events.isIdle }

  /// Ends all streams of events, after one that is called `end`, and all connections.
  public func stop() {
    events.end()
    // The last event is on its way; who does not read it is not waited for.
    for _ in 0..<Self.mostWaits where !events.isIdle { usleep(5000) }
    guard let running = server.withLock({ $0.take() }) else { return }
    svm_http_stop(running.pointer)
  }

  deinit { stop() }

  // MARK: Answering

  private func answer(_ request: OpaquePointer) {
    let head = RequestHead(request)
    guard head.isOfThisServer(port: port) else {
      return reply(request, 403, "this page is for browsers of this machine\n")
    }
    guard head.method == "GET" || head.method == "HEAD" else {
      return reply(request, 405, "only GET is answered\n", ["Allow", "GET, HEAD"])
    }
    if head.path == Self.eventPath {
      guard head.method == "GET" else { return reply(request, 200, "") }
      return stream(request)
    }
    guard let resource = resource(head.path) else {
      return reply(request, 404, "there is no such page\n")
    }
    reply(request, 200, resource)
  }

  private func stream(_ request: OpaquePointer) {
    let stream = EventConnection(events, connection: svm_http_connection(request))
    withHeaders(Self.headers + ["Content-Type", "text/event-stream"]) { headers in
      svm_http_stream(
        request, headers,
        { stream, _, bytes, room in
          guard let stream, let bytes else { return svm_http_stream_end }
          return Unmanaged<EventConnection>.fromOpaque(stream).takeUnretainedValue()
            .next(bytes, room)
        },
        { stream in
          guard let stream else { return }
          Unmanaged<EventConnection>.fromOpaque(stream).takeRetainedValue().close()
        }, Unmanaged.passRetained(stream).toOpaque())
    }
  }

  private func reply(
    _ request: OpaquePointer, _ status: UInt32, _ text: String, _ headers: [String] = []
  ) {
    reply(request, status, Resource(text, type: "text/plain; charset=utf-8"), headers)
  }

  private func reply(
    _ request: OpaquePointer, _ status: UInt32, _ resource: Resource, _ headers: [String] = []
  ) {
    withHeaders(Self.headers + ["Content-Type", resource.type] + headers) { headers in
      resource.bytes.withUnsafeBytes {
        svm_http_reply(request, status, headers, $0.baseAddress, $0.count)
      }
    }
  }

  /// Nothing is loaded from elsewhere, nothing is kept, and no other page may look at it.
  private static let headers = [
    "Cache-Control", "no-store", "X-Content-Type-Options", "nosniff",
    "Referrer-Policy", "no-referrer", "Cross-Origin-Resource-Policy", "same-origin",
    "Cross-Origin-Opener-Policy", "same-origin", "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:; "
      + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ]

  private func withHeaders(_ headers: [String], _ body: (svm_http_headers) -> Void) {
    var copies: [UnsafePointer<CChar>?] = headers.map { UnsafePointer(strdup($0)) } + [nil]
    copies.withUnsafeMutableBufferPointer { pointers in
      if let start = pointers.baseAddress { body(start) }
    }
    for copy in copies { free(UnsafeMutablePointer(mutating: copy)) }
  }
}
