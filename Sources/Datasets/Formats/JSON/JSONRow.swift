import LinearAlgebra
import Text

/// What the first row of a JSON file says of all: its keys, and how many numbers each has.
struct JSONPlan: Sendable {
  /// The keys of objects, or the numbers of places in lists.
  private(set) var names: [String] = []
  /// Whether rows are objects.
  let hasKeys: Bool
  /// The number of numbers under each key: 1, or as many as a list has, with those in it.
  private(set) var widths: [Int] = []
  /// Whether a key's value is text.
  private(set) var areTexts: [Bool] = []
  /// The first column of each key's numbers; nil for the labels.
  private(set) var starts: [Int?] = []
  private(set) var places: [String: Int] = [:]
  private(set) var columns = 0
  private(set) var label: Int?

  /// Reads the first row.
  ///
  /// - Throws: `DataError` where it is no row of numbers and a label.
  init(_ scanner: inout JSONScanner, label column: LabelColumn, path: String) throws {
    hasKeys = scanner.take("{")
    guard hasKeys || scanner.take("[") else { throw JSONRow.noRow(&scanner) }
    let closing: Unicode.Scalar = hasKeys ? "}" : "]"
    while !scanner.take(closing) {
      if !names.isEmpty, !scanner.take(",") { throw JSONRow.noComma(&scanner) }
      let name = try hasKeys ? JSONRow.key(&scanner) : String(names.count)
      guard places.updateValue(names.count, forKey: name) == nil else {
        throw scanner.failure("the key \(Escaping.excerpt(name)) is there twice")
      }
      names.append(name)
      if scanner.next() == UInt8(ascii: "\"") {
        _ = try scanner.string()
        widths.append(1)
        areTexts.append(true)
      } else {
        widths.append(try JSONRow.width(&scanner, name))
        areTexts.append(false)
      }
    }
    guard !names.isEmpty else { throw scanner.failure("the row is empty") }
    if !hasKeys, case .named(let name) = column, places[name] == nil {
      throw DataError(
        "there is no column \(Escaping.excerpt(name)): the rows are lists", path: path,
        help: "label=first, label=last or label=none")
    }
    label = try column.place(in: names, path: path)
    if let label, widths[label] != 1 {
      throw scanner.failure("the label \(Escaping.excerpt(names[label])) is a list")
    }
    for k in names.indices {
      starts.append(k == label ? nil : columns)
      guard k != label else { continue }
      guard !areTexts[k] else {
        throw scanner.failure(
          "\(Escaping.excerpt(names[k])) is text, and features are numbers",
          help: "remove it, or take it as label=")
      }
      columns += widths[k]
    }
    guard columns > 0, columns <= SparseMatrix.mostColumns else {
      throw scanner.failure("the row has no numbers")
    }
  }
}

/// Reads the rows of a JSON file.
struct JSONRow {
  static func noRow(_ scanner: inout JSONScanner) -> DataError {
    scanner.failure(
      "no row begins here: \(scanner.excerpt())",
      help: "each line is an object, as {\"x\": 1, \"label\": \"a\"}, or a list of values")
  }

  static func noComma(_ scanner: inout JSONScanner) -> DataError {
    scanner.failure("a comma or the end of the row is missing before \(scanner.excerpt())")
  }

  /// A key and its colon.
  static func key(_ scanner: inout JSONScanner) throws -> String {
    guard let key = try scanner.string() else {
      throw scanner.failure("a key in quotes is missing before \(scanner.excerpt())")
    }
    guard scanner.take(":") else {
      throw scanner.failure("a colon is missing after \(Escaping.excerpt(key))")
    }
    return key
  }

  /// Skips a value and returns the number of its numbers.
  static func width(_ scanner: inout JSONScanner, _ name: String) throws -> Int {
    var count = 0
    try numbers(&scanner, name) { _ in count += 1 }
    return count
  }

  /// Calls `body` with the number that stands here, or all of a list and those in it.
  static func numbers(
    _ scanner: inout JSONScanner, _ name: String, depth: Int = 0, _ body: (Double) throws -> Void
  ) throws {
    if let number = scanner.number() { return try body(number) }
    if scanner.word("true") { return try body(1) }
    if scanner.word("false") { return try body(0) }
    if scanner.word("null") { return try body(.nan) }
    guard depth < 8, scanner.take("[") else {
      throw scanner.failure(
        "\(scanner.excerpt()) in \(Escaping.excerpt(name)) is not a number")
    }
    var isFirst = true
    while !scanner.take("]") {
      if !isFirst, !scanner.take(",") { throw noComma(&scanner) }
      isFirst = false
      try numbers(&scanner, name, depth: depth + 1, body)
    }
  }

  /// Reads a row as the plan says. A key that is not there is a missing value.
  static func read(
    _ scanner: inout JSONScanner, _ plan: JSONPlan, into rows: inout ParsedRows
  ) throws {
    guard scanner.take(plan.hasKeys ? "{" : "[") else { throw noRow(&scanner) }
    let first = rows.values.count
    // Rows of few keys are as wide as all others.
    try rows.values.append(repeating: .nan, count: plan.columns)
    let closing: Unicode.Scalar = plan.hasKeys ? "}" : "]"
    var (k, hasLabel) = (0, false)
    while !scanner.take(closing) {
      if k > 0, !scanner.take(",") { throw noComma(&scanner) }
      var place = k
      if plan.hasKeys {
        let key = try key(&scanner)
        // Most rows have their keys in one order.
        if k >= plan.names.count || plan.names[k] != key {
          guard let found = plan.places[key] else {
            throw scanner.failure("the key \(Escaping.excerpt(key)) is not in the first row")
          }
          place = found
        }
      }
      k += 1
      guard place < plan.names.count else {
        throw scanner.failure("this row has more values than the \(plan.names.count) of the first")
      }
      guard let start = plan.starts[place] else {
        guard !hasLabel else { throw scanner.failure("the label is there twice") }
        try label(&scanner, plan.names[place], into: &rows)
        hasLabel = true
        continue
      }
      var count = 0
      let width = plan.widths[place]
      try numbers(&scanner, plan.names[place]) { value in
        if count < width { rows.values.replace(first + start + count, with: value) }
        count += 1
      }
      guard count == width else {
        throw scanner.failure(
          "\(Escaping.excerpt(plan.names[place])) has \(count) numbers, and \(width) in the first"
            + " row")
      }
    }
    if !plan.hasKeys, k < plan.names.count {
      throw scanner.failure(
        "this row has \(k) \(k == 1 ? "value" : "values"), and the first row has"
          + " \(plan.names.count)")
    }
    if let label = plan.label, !hasLabel {
      throw scanner.failure("the label \(Escaping.excerpt(plan.names[label])) is missing")
    }
    rows.count += 1
  }

  private static func label(
    _ scanner: inout JSONScanner, _ name: String, into rows: inout ParsedRows
  ) throws {
    var text: String
    if let string = try scanner.string() {
      text = string
    } else if let number = scanner.number(), !number.isNaN {
      text = NumberText.shortest(number == 0 ? 0 : number)
    } else if scanner.word("true") {
      text = "true"
    } else if scanner.word("false") {
      text = "false"
    } else if scanner.word("null") {
      throw scanner.failure("the label \(Escaping.excerpt(name)) is missing")
    } else {
      throw scanner.failure("\(scanner.excerpt()) is no label")
    }
    _ = text.withUTF8 { rows.labels.append($0) }
  }
}
