import Testing
import Text

@Suite struct MarkupTests {
  @Test func charactersOfMarkupAreEscaped() {
    #expect(Escaping.markup("a<b>&\"'") == "a&lt;b&gt;&amp;&quot;'")
    #expect(
      Escaping.markup("x\u{0}\u{1B}\n\u{202E}\u{FFFF}y") == "x\\0\\u{1b}\n\\u{202e}\\u{ffff}y")
    #expect(Escaping.markup("Δ猫") == "Δ猫")
  }

  /// The test vectors of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func bytesAsText(_ bytes: String, _ text: String) {
    #expect(Base64.text(Array(bytes.utf8)) == text)
  }
}
