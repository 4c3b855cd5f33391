import Glibc
import TestSupport
import Testing

@testable import EventServer

/// Pages and events over real connections, with requests as browsers and others send them.
@Suite struct EventServerTests {
  private func server() throws -> EventServer {
    try EventServer(port: 0) { path in
      path == "/" ? .init("<p>é</p>", type: "text/html; charset=utf-8") : nil
    }
  }

  @Test func aPageIsServed() throws {
    let server = try server()
    let answer = try HTTPConnection(server.port).answer(to: "GET / HTTP/1.1")
    #expect(answer.status == 200)
    #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
    #expect(answer.headers["content-length"] == "9")
    #expect(answer.body == "<p>é</p>")
    // Nothing from elsewhere is loaded, kept or framed.
    let policy = answer.headers["content-security-policy"] ?? ""
    #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
    #expect(answer.headers["cache-control"] == "no-store")
    #expect(answer.headers["access-control-allow-origin"] == nil)
    #expect(try HTTPConnection(server.port).answer(to: "HEAD / HTTP/1.1").body == "")
    #expect(try HTTPConnection(server.port).answer(to: "GET /nothing HTTP/1.1").status == 404)
    #expect(try HTTPConnection(server.port).answer(to: "GET /../etc/passwd HTTP/1.1").status == 404)
    server.stop()
  }

  @Test(arguments: ["POST / HTTP/1.1", "PUT /events HTTP/1.1", "DELETE / HTTP/1.1"])
  func nothingIsTaken(line: String) throws {
    let server = try server()
    let answer = try HTTPConnection(server.port).answer(
      to: line, ["Content-Length: 4"], body: "quit")
    #expect(answer.status == 405)
    server.stop()
  }

  /// The names of this machine with the server's port are the only hosts; pages of other origins
  /// are refused, whatever host they name.
  @Test func othersAreRefused() throws {
    let server = try server()
    let port = server.port
    func status(_ headers: String..., path: String = "/") throws -> Int {
      try HTTPConnection(port).answer(to: "GET \(path) HTTP/1.1", headers, host: nil).status
    }
    #expect(try status("Host: localhost:\(port)") == 200)
    #expect(try status("Host: LOCALHOST:\(port)") == 200)
    #expect(try status("Host: 127.0.0.1:\(port)", "Origin: http://127.0.0.1:\(port)") == 200)
    for path in ["/", "/events"] {
      #expect(try status("Host: evil.example:\(port)", path: path) == 403)
      #expect(try status("Host: evil.example", path: path) == 403)
      #expect(try status("Host: localhost.evil.example:\(port)", path: path) == 403)
      #expect(try status("Host: 127.0.0.1:\(port == 1 ? 2 : port - 1)", path: path) == 403)
      #expect(try status("Host: 127.0.0.1", path: path) == 403)
      for origin in ["https://evil.example", "http://127.0.0.1:1", "null", "file://"] {
        #expect(
          try status("Host: 127.0.0.1:\(port)", "Origin: \(origin)", path: path) == 403)
      }
      #expect(try status("X: 1", path: path) >= 400)
    }
    #expect(
      try status("Host: 127.0.0.1:\(port)", "Sec-Fetch-Site: cross-site", path: "/events") == 403)
    server.stop()
  }

  // MARK: Events

  @Test func eventsComeInOrder() throws {
    let server = try server()
    let stream = try HTTPConnection(server.port)
    try stream.send("GET /events HTTP/1.1")
    #expect(try stream.head().headers["content-type"] == "text/event-stream")
    for i in 1...20 {
      server.publish("page", "\(i)")
      #expect(try stream.event() == "event: page\ndata: \(i)")
    }
    server.publish("progress", "x")
    #expect(try stream.event() == "event: progress\ndata: x")
    server.stop()
    #expect(try stream.event() == "event: end\ndata: {}")
    #expect(try stream.event() == nil)
  }

  /// Who comes late gets the latest event of each kind, in the order in which they came.
  @Test func theLatestOfEachKindIsKept() throws {
    let server = try server()
    for i in 1...5 { server.publish("page", "\(i)") }
    server.publish("progress", "a")
    server.publish("page", "6")
    let stream = try HTTPConnection(server.port)
    try stream.send("GET /events HTTP/1.1")
    _ = try stream.head()
    #expect(try stream.event() == "event: progress\ndata: a")
    #expect(try stream.event() == "event: page\ndata: 6")
    server.stop()
  }

  /// Who doesn't read costs the memory of what is under way to it; no one waits for it.
  @Test func slowReadersSkip() throws {
    let server = try server()
    let slow = try HTTPConnection(server.port)
    try slow.send("GET /events HTTP/1.1")
    _ = try slow.head()
    let long = String(repeating: "x", count: 1 << 20)
    for i in 1...100 { server.publish("page", "\(i)\(long)") }
    var last = ""
    var count = 0
    while !last.hasPrefix("event: page\ndata: 100x") {
      last = try #require(try slow.event())
      count += 1
    }
    #expect(count < 50)
    server.stop()
  }

  @Test func closedPagesAreForgotten() throws {
    let server = try server()
    for _ in 0..<40 {
      let stream = try HTTPConnection(server.port)
      try stream.send("GET /events HTTP/1.1")
      #expect(try stream.head().status == 200)
      stream.close()
      // The second one finds that nobody reads: the first only fills what lies in between.
      for _ in 0..<2 { server.beat() }
    }
    var tries = 0
    while !server.hasNoStreams, tries < 3000 {
      server.beat()
      usleep(10_000)
      tries += 1
    }
    #expect(server.hasNoStreams)
    server.stop()
  }

  @Test func aTakenPortIsAnError() throws {
    let first = try server()
    #expect {
      try EventServer(port: first.port) { _ in nil }
    } throws: { error in
      if case .port(let reason)? = error as? EventServer.Trouble {
        reason == "Address already in use"
      } else {
        false
      }
    }
    first.stop()
  }
}
