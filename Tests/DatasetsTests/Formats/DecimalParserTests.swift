import Text
import Glibc
import LinearAlgebra
import Testing

@testable import Datasets

/// Bit for bit against the C library.
struct DecimalParserTests {
  private func check(_ text: String) {
    let expected = strtod(text, nil)
    let parsed = DecimalParser.parse(text)
    #expect(parsed.map(\.bitPattern) == expected.bitPattern, "\(text)")
  }

  @Test func decimalsAreRoundedCorrectly() {
    var stream = RandomStream(seed: 3, key: "decimals", count: 0)
    for _ in 0..<20_000 {
      var text = stream.integer(below: 2) == 0 ? "-" : ""
      for _ in 0..<stream.integer(below: 12) { text += "\(stream.integer(below: 10))" }
      text += "\(stream.integer(below: 10))"
      if stream.integer(below: 3) > 0 {
        text += "."
        for _ in 0..<stream.integer(below: 14) { text += "\(stream.integer(below: 10))" }
      }
      if stream.integer(below: 3) == 0 { text += "e\(stream.integer(below: 80) - 40)" }
      let expected = strtod(text, nil)
      guard DecimalParser.parse(text)?.bitPattern == expected.bitPattern else {
        Issue.record("\(text)")
        return
      }
    }
  }

  /// Up to 19 digits, and as many of them after the point: what numbers have that were printed in
  /// full.
  @Test func longFractionsAreRoundedCorrectly() {
    var stream = RandomStream(seed: 11, key: "decimals", count: 0)
    for _ in 0..<50_000 {
      var digits = "\(stream.nextUInt64() >> UInt64(stream.integer(below: 20)))"
      digits = String(digits.prefix(19))
      let places = stream.integer(below: 20)
      digits = String(repeating: "0", count: max(0, places - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
      guard DecimalParser.parse(digits)?.bitPattern == strtod(digits, nil).bitPattern else {
        Issue.record("\(digits)")
        return
      }
    }
    // Half-way between two doubles, a little less, a little more.
    for text in [
      "1.0000000000000001110223024625156540", "9007199254740993.0", "9007199254740993.1",
      "9007199254740992.9", "900719925474099.35", "0.9007199254740993", "1844674407370955161.5",
      "0.1844674407370955161", "0.0000000000000000001", "0.9999999999999999999",
    ] { check(text) }
  }

  /// The quick way agrees with the C library about what it knows, and knows what is usual.
  @Test func plainSpellingsAreRoundedCorrectly() {
    var stream = RandomStream(seed: 12, key: "decimals", count: 0)
    let pieces = ["e5", ".", "-", "x", ",", " ", "1", "E-3", ":", "/"]
    for _ in 0..<100_000 {
      func digits(_ count: Int) -> String {
        (0..<count).map { _ in "\(stream.integer(below: 10))" }.joined()
      }
      let sign = ["", "", "-", "+"][stream.integer(below: 4)]
      let (whole, places) = (stream.integer(below: 10), stream.integer(below: 20))
      var text = sign + digits(whole)
      if stream.integer(below: 4) > 0 { text += "." + digits(places) }
      let written = text.utf8.count { $0 >= 48 && $0 < 58 }
      let isUsual = written > 0 && written <= 19 && whole < 8
      let follows = stream.integer(below: 4) == 0 ? pieces[stream.integer(below: pieces.count)] : ""
      text += follows
      let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 8)
      let found = bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.flatMap { DecimalParser.plain($0, from: 0) }
      }
      if isUsual && follows != "1" { #expect(found != nil, "\(text)") }
      guard let found else { continue }
      let taken = String(decoding: bytes[..<found.end], as: UTF8.self)
      guard found.value.bitPattern == strtod(taken, nil).bitPattern else {
        Issue.record("\(text) \(taken) \(found.value)")
        return
      }
      // It stops where no digit follows; whether that ends the number is not its business.
      #expect(bytes[found.end] &- 48 >= 10)
    }
  }

  /// The quickest way, likewise.
  @Test func shortSpellingsAreRoundedCorrectly() {
    var stream = RandomStream(seed: 13, key: "decimals", count: 0)
    let characters = Array("0123456789012345678900..,;+-e \n".utf8)
    var known = 0
    for round in 0..<100_000 {
      var bytes: [UInt8] = []
      for _ in 0..<stream.integer(below: 13) {
        // Half of them digits and points only.
        let kinds = round % 2 == 0 ? 24 : characters.count
        bytes.append(characters[stream.integer(below: kinds)])
      }
      if stream.integer(below: 3) == 0 { bytes.insert([43, 45][stream.integer(below: 2)], at: 0) }
      if stream.integer(below: 3) == 0 { bytes.insert(48, at: 0) }
      let end = UInt8(ascii: [",", ";", " ", "\t"][stream.integer(below: 4)])
      let text = bytes + [end] + [UInt8](repeating: 0, count: 20)
      let length = text.firstIndex(of: end) ?? 0
      // It looks at what stands before, but does not mind what that is.
      let before = (0..<8).map { _ in characters[stream.integer(below: characters.count)] }
      let found = (before + text).withUnsafeBufferPointer { buffer in
        buffer.baseAddress.flatMap {
          DecimalParser.short($0, from: 8, endedBy: 0x0101_0101_0101_0101 &* UInt64(end))
        }
      }
      let word = String(decoding: text[..<length], as: UTF8.self)
      let unsigned = word.drop { "+-".contains($0) }
      let digits = unsigned.utf8.count { $0 >= 48 && $0 < 58 }
      let isDecimal =
        digits > 0 && word.utf8.count - unsigned.utf8.count <= 1
        && unsigned.utf8.count == digits + unsigned.utf8.count { $0 == 46 }
        && unsigned.utf8.count <= digits + 1
      let isShort =
        unsigned.utf8.count <= 8 || unsigned.utf8.count == 9 && unsigned.hasPrefix("0")
      #expect((found != nil) == (isDecimal && isShort), "\(word.debugDescription)")
      guard let found else { continue }
      known += 1
      #expect(found.end == 8 + length)
      #expect(found.value.bitPattern == strtod(word, nil).bitPattern, "\(word)")
    }
    #expect(known > 10_000)
  }

  @Test func digitsAreCounted() {
    for length in 0...8 {
      for byte in 0...255 where byte < 48 || byte > 57 {
        var bytes = Array("12345678".utf8.prefix(length))
        bytes += [UInt8(byte)] + [UInt8](repeating: UInt8(byte ^ 0x30), count: 8)
        let eight = bytes.withUnsafeBufferPointer { $0.baseAddress.map(DecimalParser.eightBytes) }
        #expect(eight.map(DecimalParser.digitCount) == length)
        let number = "12345678".prefix(length)
        #expect(
          eight.map { DecimalParser.number($0, digits: length) } == UInt64(number) ?? 0)
      }
    }
  }

  @Test func shortestDecimalsComeBack() {
    var stream = RandomStream(seed: 4, key: "decimals", count: 0)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: stream.nextUInt64())
      if value.isNaN { continue }
      guard DecimalParser.parse(NumberText.shortest(value))?.bitPattern == value.bitPattern else {
        Issue.record("\(value)")
        return
      }
    }
  }

  @Test func theEdges() {
    for text in [
      "0", "-0", "+1", "1.", ".5", "1e5", "1E+5", "1e-5", "9007199254740992", "9007199254740993",
      "9007199254740995", "1e22", "1e23", "123456789012345678901234567890", "4.9e-324", "2e-324",
      "1e400", "-1e400", "1e-400", "0e999999999999", "1e999999999999", "1e-999999999999",
      "0000000000000000000000001", "0.00000000000000000000000000000000000001",
      "2.2250738585072011e-308", "1.7976931348623159e308", "8.5e22", "0.1e23",
    ] { check(text) }
    #expect(DecimalParser.parse("  7 ") == 7)
    #expect(DecimalParser.parse("inf") == .infinity)
    #expect(DecimalParser.parse("-Infinity") == -.infinity)
    #expect(DecimalParser.parse("NaN")?.isNaN == true)
    for text in [
      "", " ", "-", "+", ".", "e5", "-.", "1e", "1e+", "1 2", "1_000", "0x10", "1,5", "--1",
      "1.2.3",
      "infinit", "nanx", "0.1234567:", "0.1234567/", "0.:1234567", "0.123456 78", "१",
    ] {
      #expect(DecimalParser.parse(text) == nil, "\(text)")
    }
  }

  @Test func labelsOfOneValueAreOneClass() {
    #expect(LabelTable.canonical("+1.0") == "1")
    #expect(LabelTable.canonical("-0") == "0")
    #expect(LabelTable.canonical("cat") == "cat")
  }
}
