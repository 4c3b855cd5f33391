import Language
import Testing
import Text

@testable import Interpreter

/// A drawing that can be shown as SVG, too.
private struct Drawing: ObjectValue {
  var typeName: String { "drawing" }
  var fieldNames: [String] { [] }
  func field(_ name: String) throws -> Value { .none }
  func report(on display: Display) -> Report { Report("dots, \(display.width) wide") }
  var presentation: Presentation {
    Presentation { shown(on: $0) }.adding(MediaType("image/svg+xml")) { _ in Array("<svg/>".utf8) }
  }
}

private struct Sketch: Command {
  static let name = "sketch"
  static let summary = "Draw."
  static let examples: [Example] = []
  static let group = CommandGroup.looking
  func run(in session: Session) throws -> Output {
    Output(.object(Drawing()), showsEverywhere: true)
  }
}

@Suite struct SinkTests {
  private static let script = """
    sketch
    x = [1, 2]
    x
    for i in [1] { sketch }
    d = sketch;
    print d ""
    d
    none
    """

  private func shown(taking types: [MediaType]) -> [String] {
    var shown: [String] = []
    let session = Session(
      catalog: Vocabulary(commands: [Sketch.self], functions: []), display: Display(width: 40))
    session.sink = Sink(taking: types) { form, display in
      switch form {
      case .text(let text): shown.append("\(text.plain) @\(display.width)")
      case .data(let type, let bytes):
        shown.append("\(type.name) \(String(decoding: bytes, as: UTF8.self))")
      }
    }
    let status = ScriptRunner(session).run(Source(Self.script, name: "test.svm"))
    return shown + ["\(status)"]
  }

  @Test func aTerminalGetsText() {
    #expect(
      shown(taking: []) == [
        "dots, 40 wide @40", "[1 2] @40", "dots, 40 wide @40", "dots, 40 wide  @40",
        "dots, 40 wide @40", "0",
      ])
  }

  /// A page takes pictures where there are some; what has none, and what is printed, stays text.
  @Test func aPageGetsPictures() {
    #expect(
      shown(taking: [MediaType("text/html"), MediaType("image/svg+xml")]) == [
        "image/svg+xml <svg/>", "[1 2] @40", "image/svg+xml <svg/>", "dots, 40 wide  @40",
        "image/svg+xml <svg/>", "0",
      ])
  }

  /// A notebook keeps the text beside the picture.
  @Test func aNotebookGetsBoth() {
    var shown: [String] = []
    let session = Session(
      catalog: Vocabulary(commands: [Sketch.self], functions: []), display: Display(width: 40))
    session.sink = Sink(keepingTextBeside: [.svg]) { forms, _ in
      shown.append(
        forms.map { if case .text(let text) = $0 { text.plain } else { "picture" } }
          .joined(separator: " + "))
    }
    _ = ScriptRunner(session).run(Source("sketch\nprint \"\"\nnone\n1", name: "test.svm"))
    #expect(shown == ["picture + dots, 40 wide", "", "1"])
  }
}
