import Glibc
import TestSupport
import Testing

@testable import LineEditor

/// The live page of a script, by the real program and over real connections.
@Suite(.serialized) struct WatchTests {
  /// A script that is watched, and an open page of it.
  private final class Watched {
    let terminal: PseudoTerminal
    let port: UInt16
    private let page: HTTPConnection

    init(_ path: String) throws {
      terminal = try #require(
        PseudoTerminal(
          PseudoTerminal.program, ["watch", "--port", "0", path], columns: 200, rows: 40))
      try #require(terminal.wait(for: "Ctrl-C ends it"), "\(terminal.screen.text)")
      let line = try #require(terminal.screen.text.firstMatch(of: #/127\.0\.0\.1:(\d+)//#))
      port = try #require(UInt16(line.1))
      page = try HTTPConnection(port)
      try page.send("GET /events HTTP/1.1")
      _ = try page.head()
    }

    /// Waits for an event with a text.
    func wait(for text: String) throws {
      while true {
        let event = try #require(try page.event(), "the stream ended before \(text)")
        if event.contains(text) { return }
      }
    }
  }

  @Test func savesOfAllKindsAreSeen() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.svm", "x = 41\nx\n")
    let watched = try Watched(path)
    try watched.wait(for: "<samp>41</samp>")
    let whole = try HTTPConnection(watched.port).answer(to: "GET / HTTP/1.1").body
    #expect(whole.contains("<samp>41</samp>") && whole.contains("src=\"/live.js\""))

    // In place.
    try folder.write("a.svm", "x = 42\nx\n")
    try watched.wait(for: "<samp>42</samp>")
    // By a new file with the name of the old one.
    let other = try folder.write("b", "x = 43\nx\n")
    #expect(rename(other, path) == 0)
    try watched.wait(for: "<samp>43</samp>")
    try folder.write("a.svm", "x = nothing\n")
    try watched.wait(for: "there is no 'nothing'")
    try folder.write("a.svm", "while true { y = 1 }\n")
    try watched.wait(for: "id=\\\"running\\\"")
    try folder.write("a.svm", "x = 44\nx\n")
    try watched.wait(for: "<samp>44</samp>")
    // A file that is gone is told of, and what it showed stays.
    unlink(path)
    try watched.wait(for: "No such file or directory")
    try folder.write("a.svm", "x = 45\nx\n")
    try watched.wait(for: "<samp>45</samp>")

    watched.terminal.type("\u{3}")
    try watched.wait(for: "event: end")
    #expect(watched.terminal.waitForEnd() == 0)
  }

  @Test func linksAndDataAreFollowed() throws {
    let folder = try TemporaryFolder()
    let data = try folder.write("x.csv", "1,2,0\n3,4,1\n")
    folder.makeFolder("far")
    try folder.write("far/a.svm", "d = load \"\(data)\"\nd.n\n")
    symlink("far/a.svm", folder("link.svm"))
    let watched = try Watched(folder("link.svm"))
    try watched.wait(for: "<samp>2</samp>")
    try folder.write("x.csv", "1,2,0\n3,4,1\n5,6,1\n")
    try watched.wait(for: "<samp>3</samp>")
    try folder.write("far/a.svm", "1 + 6\n")
    try watched.wait(for: "<samp>7</samp>")
    watched.terminal.type("\u{3}")
    #expect(watched.terminal.waitForEnd() == 0)
  }

  @Test func whatIsNotWatchedIsSaid() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.svm", "x = 1\n")
    func check(_ arguments: [String], _ status: Int32, _ words: String) {
      let run = ProgramRun(["watch"] + arguments)
      #expect(run.status == status)
      #expect(run.errors.contains(words), "\(run.errors)")
    }
    check([], 2, "'watch' needs a file")
    check(["-"], 2, "the standard input is none")
    check([folder("none.svm")], 4, "No such file or directory")
    check([path, "x"], 2, "'x' is not NAME=VALUE")
    check(["--port", "70000", path], 2, "port")
    check(["--json", path], 2, "'--json' does not go with 'watch'")
    let watched = try Watched(path)
    check(["--port", "\(watched.port)", path], 4, "Address already in use")
    #expect(ProgramRun(["--port", "1", path]).errors.contains("'--port' goes with 'watch'"))
  }
}
