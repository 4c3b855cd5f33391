import Testing

@testable import Record

/// SHA-256 by the examples of FIPS 180-4, and what a fingerprint tells apart.
@Suite struct FingerprintTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func examplesOfTheStandard(text: String, digest: String) {
    var maker = FingerprintMaker()
    Array(text.utf8).withUnsafeBytes { maker.add(raw: $0) }
    let fingerprint = maker.finish()
    #expect(fingerprint.hex == digest)
    #expect(Fingerprint(hex: digest.uppercased()) == fingerprint)
    #expect(
      fingerprint.bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        .joined() == digest)
  }

  @Test func neighborsAreToldApart() {
    func of(_ texts: String...) -> Fingerprint {
      var maker = FingerprintMaker()
      for text in texts { maker.add(text) }
      return maker.finish()
    }
    #expect(of("ab", "c") != of("a", "bc"))
    #expect(of("", "a") != of("a", ""))
    #expect(of("a") != of("a", ""))
  }

  @Test(arguments: ["", "e3", String(repeating: "g", count: 64), String(repeating: "é", count: 32)])
  func otherTextsAreNone(text: String) { #expect(Fingerprint(hex: text) == nil) }
}
