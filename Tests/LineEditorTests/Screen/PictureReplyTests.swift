import Glibc
import Testing
import Text

@testable import LineEditor

/// The answers of terminals to the questions about pictures.
@Suite struct PictureReplyTests {
  private static let class1 = "\u{1B}[?62;22c"
  private static let sixels = "\u{1B}[?62;4;22c"
  private static let kitty = "\u{1B}_Gi=31;OK\u{1B}\\"
  private static let cell = "\u{1B}[6;20;10t"

  private func properties(
    _ text: String, pixels: (Int, Int) = (0, 0), _ environment: [String: String] = [:]
  ) -> PictureScreen.Properties? {
    var reply = PictureReply()
    // Byte by byte, as a slow line has it.
    for byte in text.utf8 { reply.add([byte]) }
    #expect(reply.keys.isEmpty)
    return reply.properties(
      winsize(
        ws_row: 24, ws_col: 80, ws_xpixel: UInt16(pixels.0), ws_ypixel: UInt16(pixels.1))
    ) { environment[$0] }
  }

  @Test func terminals() {
    let kitty = Self.kitty + "\u{1B}P>|kitty(0.35.2)\u{1B}\\" + Self.cell + Self.class1
    #expect(properties(kitty) == .init(.kitty, cellWidth: 10, cellHeight: 20))
    let iTerm = "\u{1B}P>|iTerm2 3.5.0\u{1B}\\" + Self.cell + Self.sixels
    #expect(properties(iTerm) == .init(.iTerm, cellWidth: 10, cellHeight: 20))
    #expect(
      properties(Self.class1, ["LC_TERMINAL": "iTerm2"])
        == .init(.iTerm, cellWidth: 10, cellHeight: 20))
    #expect(
      properties(Self.sixels, pixels: (720, 432)) == .init(.sixel, cellWidth: 9, cellHeight: 18))
    // The pixels of the screen, where the system does not know them.
    #expect(
      properties("\u{1B}[4;384;640t" + Self.sixels) == .init(.sixel, cellWidth: 8, cellHeight: 16))
    // Number 4 is the terminal's kind when it comes first.
    for text in [
      Self.class1, "\u{1B}[?4c", "", Self.kitty, "\u{1B}_Gi=31;ENOENT:x\u{1B}\\\u{1B}[?6c",
    ] {
      #expect(properties(text) == nil || text == Self.kitty)
    }
    #expect(properties(Self.sixels, pixels: (65535, 65535)) == nil)
  }

  /// Keys that come before, between and after the answers are not lost, nor is their order.
  @Test func keysAreKept() {
    var reply = PictureReply()
    let keys = ["a\u{1B}[A", "é\u{1B}b", "\r", "\u{1B}"]
    reply.add((keys[0] + Self.kitty + keys[1] + Self.cell + keys[2] + Self.sixels + keys[3]).utf8)
    #expect(reply.isComplete && reply.keys == Array(keys.joined().utf8))
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], true), (["TERM": "xterm-kitty"], true),
    (["TERM": "xterm", "TMUX": "/tmp/tmux"], false), (["TERM": "xterm", "STY": "1.x"], false),
    (["TERM": "tmux-256color"], false), (["TERM": "screen"], false), (["TERM": "linux"], false),
    (["TERM": "dumb"], false), ([:], false),
  ])
  func whoIsAsked(environment: [String: String], isAsked: Bool) {
    #expect((PictureQuery.obstacle { environment[$0] } == nil) == isAsked)
  }
}
