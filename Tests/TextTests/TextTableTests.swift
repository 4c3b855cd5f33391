import Testing

@testable import Text

@Suite struct TextTableTests {
  private func table() -> TextTable {
    var table = TextTable([
      .init("name", .left), .init("loss"), .init("what it is", .left), .init("rows"),
      .init("acc", isEssential: true),
    ])
    table.add(["first", "0.25", "a long description of it", "1200", "0.98"])
    table.add(["the second one", "1.5", "short", "7", "0.5"])
    return table
  }

  private func lines(_ width: Int?) -> [String] {
    table().text(width: width).plain.split(separator: "\n").map(String.init)
  }

  @Test func columnsAreAsWideAsTheirWidestCells() {
    #expect(
      lines(nil) == [
        "name            loss  what it is                rows   acc",
        "first           0.25  a long description of it  1200  0.98",
        "the second one   1.5  short                        7   0.5",
      ])
  }

  /// Words are cut before numbers, and what matters most is there last.
  @Test func narrowTablesKeepWhatMatters() {
    #expect(lines(50)[1] == "first           0.25  a long descript…  1200  0.98")
    #expect(lines(40)[2] == "the secon…   1.5  short          7   0.5")
    #expect(
      lines(24) == ["name    loss  …   acc", "first   0.25  …  0.98", "the s…   1.5  …   0.5"])
    for width in 1...60 {
      for line in lines(width) where width >= 15 {
        #expect(line.count <= width, "\(width): \(line)")
      }
    }
    #expect(lines(15)[1].hasSuffix("0.98"))
  }

  @Test func tablesAreHTMLToo() {
    var table = TextTable([.init("", .left), .init("a < b")])
    table.add([.init(text: "x & \"y\""), .init(text: "1", style: .good)])
    table.add(["z"])
    let (left, right) = (" style=\"text-align:left\"", " style=\"text-align:right\"")
    let short = " style=\"text-align:left;white-space:nowrap\""
    #expect(
      table.html == """
        <table>
        <thead><tr><td\(left)></td><th scope="col"\(right)>a &lt; b</th></tr></thead>
        <tbody>
        <tr><td\(short)>x &amp; &quot;y&quot;</td><td class="good"\(right)>1</td></tr>
        <tr><td\(left)>z</td><td\(right)></td></tr>
        </tbody>
        </table>

        """)
  }
}
