/// The members of a JSON object on one line, by path; written for these tests, and as strict as
/// RFC 8259 about what it reads.
public struct JSONFields {
  private var fields: [String: String] = [:]
  private var rest: Substring

  /// Nil where the line is no object, or more than one.
  public init?(_ line: String) {
    rest = line[...]
    guard readObject(""), rest.isEmpty else { return nil }
  }

  /// The text, number or word at a path; nil where there is none.
  public subscript(path: String) -> String? { fields[path] }

  /// The members of the object, or the places of the array, at a path; without what is empty.
  public func names(at path: String) -> Set<String> {
    let start = path + "."
    return Set(
      fields.keys.filter { $0.hasPrefix(start) }.map { key in
        String(key.dropFirst(start.count).prefix { $0 != "." })
      })
  }

  private mutating func take(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  private mutating func readObject(_ path: String) -> Bool {
    guard take("{") else { return false }
    if take("}") { return true }
    repeat {
      guard let name = readString(), take(":") else { return false }
      guard readValue(path.isEmpty ? name : path + "." + name) else { return false }
    } while take(",")
    return take("}")
  }

  private mutating func readValue(_ path: String) -> Bool {
    if rest.first == "{" { return readObject(path) }
    if take("[") {
      if take("]") { return true }
      var i = 0
      repeat {
        guard readValue("\(path).\(i)") else { return false }
        i += 1
      } while take(",")
      return take("]")
    }
    if rest.first == "\"" {
      fields[path] = readString()
      return fields[path] != nil
    }
    let word = rest.prefix { !",}]".contains($0) }
    rest = rest.dropFirst(word.count)
    fields[path] = String(word)
    return ["null", "true", "false"].contains(String(word)) || Double(word) != nil
  }

  private mutating func readString() -> String? {
    guard take("\"") else { return nil }
    var text = ""
    while let character = rest.popFirst() {
      switch character {
      case "\"": return text
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        let known: [Character: Character] = [
          "n": "\n", "t": "\t", "r": "\r", "\"": "\"", "\\": "\\",
        ]
        if let scalar = known[escaped] {
          text.append(scalar)
        } else {
          guard escaped == "u", let value = UInt32(rest.prefix(4), radix: 16),
            let scalar = Unicode.Scalar(value)
          else { return nil }
          rest = rest.dropFirst(4)
          text.unicodeScalars.append(scalar)
        }
      case _ where character.unicodeScalars.contains(where: { $0.value < 0x20 }): return nil
      default: text.append(character)
      }
    }
    return nil
  }
}
