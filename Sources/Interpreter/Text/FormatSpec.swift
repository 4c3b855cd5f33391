import Language
import LinearAlgebra
import Text

/// The format after the `:` in `{x:.6f}`, in Python's mini-language:
/// `[[fill]align][sign][#][0][width][grouping][.precision][type]`.
///
/// It applies to each entry of an array, which is then shown as `[a b c]`.
struct FormatSpec: Sendable {
  enum Align: Character { case left = "<", right = ">", center = "^", afterSign = "=" }

  private let text: String
  private var fill: Character = " "
  private var align: Align?
  private var sign: Character = "-"
  private var isAlternate = false
  private var width = 0
  private var grouping: Character?
  private var precision: Int?
  private var type: Character?

  /// The largest width and precision.
  private static let sizeLimit = 1000

  /// Parses a format.
  ///
  /// - Throws: A `Failure` where the text is not one.
  init(_ text: String) throws {
    self.text = text
    var rest = Array(text)[...]
    if rest.count >= 2, let align = Align(rawValue: rest[rest.startIndex + 1]) {
      fill = rest[rest.startIndex]
      self.align = align
      rest = rest.dropFirst(2)
    } else if let first = rest.first, let align = Align(rawValue: first) {
      self.align = align
      rest = rest.dropFirst()
    }
    if let first = rest.first, "+- ".contains(first) {
      sign = first
      rest = rest.dropFirst()
    }
    if rest.first == "#" {
      isAlternate = true
      rest = rest.dropFirst()
    }
    if rest.first == "0" {
      if align == nil {
        fill = "0"
        align = .afterSign
      }
      rest = rest.dropFirst()
    }
    width = try FormatSpec.size(&rest, text) ?? 0
    if let first = rest.first, ",_".contains(first) {
      grouping = first
      rest = rest.dropFirst()
    }
    if rest.first == "." {
      rest = rest.dropFirst()
      guard let digits = try FormatSpec.size(&rest, text) else {
        throw Failure("the format '\(text)' has no digits after its point", help: FormatSpec.help)
      }
      precision = digits
    }
    type = rest.popFirst()
    guard rest.isEmpty, type.map({ "deEfFgGs%".contains($0) }) ?? true else {
      throw Failure("'\(text)' is not a format", help: FormatSpec.help)
    }
    if type == "d", precision != nil {
      throw Failure(
        "the format '\(text)' asks for decimals of whole numbers", help: FormatSpec.help)
    }
    if type == "s", grouping != nil || sign != "-" || align == .afterSign && fill != "0" {
      throw Failure("the format '\(text)' asks for a sign or groups of a string")
    }
  }

  private static let help = "as in Python: `{x:.3f}`, `{x:8.2e}`, `{n:d}`, `{name:<10}`, `{p:.1%}`"

  private static func size(_ rest: inout ArraySlice<Character>, _ text: String) throws -> Int? {
    var value: Int?
    while let first = rest.first, first.isASCII, let digit = first.wholeNumberValue {
      value = (value ?? 0) * 10 + digit
      guard let value, value <= sizeLimit else {
        throw Failure("the format '\(text)' is wider than \(sizeLimit)")
      }
      rest = rest.dropFirst()
    }
    return value
  }

  /// The value as text.
  ///
  /// - Throws: A `Failure` where the format does not suit the value.
  func apply(to value: Value) throws -> String {
    switch value {
    case .number(let number): return padded(try digits(number), isNumber: true)
    case .bool(let flag):
      if type == nil || type == "s" {
        return padded((flag ? "true" : "false", ""), isNumber: false)
      }
      return padded(try digits(flag ? 1 : 0), isNumber: true)
    case .array(let array):
      var builder = TextBuilder()
      if array.rank == 2 { builder.append("[") }
      try Interruption.forEachRange(of: array.rows, costEach: 512 * array.columns) { rows in
        for i in rows {
          builder.append(i == 0 ? "[" : "\n [")
          let row = array.pointer + i * array.columns
          try Interruption.forEachRange(of: array.columns, costEach: 512) { columns in
            for j in columns {
              if j > 0 { builder.append(" ") }
              builder.append(padded(try digits(row[j]), isNumber: true))
            }
          }
          builder.append("]")
        }
      }
      if array.rank == 2 { builder.append("]") }
      return try builder.joined()
    case .string(let box):
      guard type == nil || type == "s" else { throw mismatch(value) }
      let text = precision.map { String(box.text.prefix($0)) } ?? box.text
      return padded((text, ""), isNumber: false)
    default:
      throw mismatch(value)
    }
  }

  private func mismatch(_ value: Value) -> Failure {
    Failure("the format '\(text)' is not for \(article(value.typeAndShape))")
  }

  /// Sign and body of a number.
  private func digits(_ x: Double) throws -> (sign: String, body: String) {
    let isNegative = x.sign == .minus && !x.isNaN
    let signText = isNegative ? "-" : sign == "-" ? "" : String(sign)
    let size = abs(x)
    let isUpper = type == "E" || type == "F" || type == "G"
    var body: String
    if !size.isFinite {
      if type == "d" {
        throw Failure("the format '\(text)' takes whole numbers, not \(NumberText.shortest(x))")
      }
      body = size.isNaN ? "nan" : "inf"
      if type == "%" { body += "%" }
    } else {
      switch type {
      case "d":
        guard size.rounded() == size else {
          throw Failure(
            "the format '\(text)' takes whole numbers, not \(NumberText.shortest(x))",
            help: "`{x:.0f}` rounds")
        }
        body = NumberText.formatted(size, "f", digits: 0)
      case "e", "E":
        body = NumberText.formatted(size, "e", digits: precision ?? 6, alternate: isAlternate)
      case "f", "F":
        body = NumberText.formatted(size, "f", digits: precision ?? 6, alternate: isAlternate)
      case "%":
        body =
          NumberText.formatted(size * 100, "f", digits: precision ?? 6, alternate: isAlternate)
          + "%"
      case "g", "G":
        body = NumberText.formatted(
          size, "g", digits: max(precision ?? 6, 1), alternate: isAlternate)
      case "s": throw Failure("the format '\(text)' is for strings, not for a number")
      default:
        body =
          precision.map { NumberText.formatted(size, "g", digits: max($0, 1)) }
          ?? NumberText.shortest(size)
      }
    }
    if isUpper { body = body.uppercased() }
    if let grouping { body = FormatSpec.grouped(body, grouping) }
    return (signText, body)
  }

  /// The number with a separator between groups of three digits before the point.
  private static func grouped(_ body: String, _ separator: Character) -> String {
    let whole = body.prefix { $0.isASCII && $0.isNumber }
    return NumberText.grouped(whole, by: separator) + body.dropFirst(whole.count)
  }

  private func padded(_ parts: (sign: String, body: String), isNumber: Bool) -> String {
    let text = parts.sign.isEmpty ? parts.body : parts.sign + parts.body
    // Of a long text, only as much is looked at as decides.
    let used = parts.sign.prefix(max(width, 0)).count + DisplayWidth.of(parts.body)
    guard used < width else { return text }
    let missing = width - used
    func run(_ n: Int) -> String { String(repeating: fill, count: n) }
    switch align ?? (isNumber ? .right : .left) {
    case .left: return text + run(missing)
    case .right: return run(missing) + text
    case .center: return run(missing / 2) + text + run(missing - missing / 2)
    case .afterSign:
      // The zeros before the number are grouped too, as in Python.
      if let grouping, fill == "0" {
        let whole = parts.body.prefix { $0 != "." && $0 != "e" }.filter { $0 != grouping }
        let tail = parts.body.drop { $0 != "." && $0 != "e" }
        var digits = String(whole)
        while parts.sign.count + FormatSpec.grouped(digits, grouping).count + tail.count < width {
          digits = "0" + digits
        }
        return parts.sign + FormatSpec.grouped(digits, grouping) + tail
      }
      return isNumber ? parts.sign + run(missing) + parts.body : text + run(missing)
    }
  }
}
