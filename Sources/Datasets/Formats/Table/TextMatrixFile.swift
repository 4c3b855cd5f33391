import Text
import LinearAlgebra

/// Matrices as text, as in `numpy.loadtxt` and `numpy.savetxt`.
public enum TextMatrixFile {
  /// Reads a matrix, one row to a line. Blank lines and comments are skipped.
  ///
  /// - Parameters:
  ///   - delimiter: the separator of numbers; nil for any number of spaces and tabs.
  ///   - skipRows: the number of lines to skip at first.
  ///   - comments: the beginning of a comment; nil or empty for none.
  /// - Throws: `DataError` with the line, `MemoryRefused`, `Interrupted`.
  public static func read(
    _ path: String, delimiter: Character? = nil, skipRows: Int = 0, comments: String? = "#"
  ) throws -> Matrix {
    guard let source = try DataSource.onDisk(path) else {
      throw DataError("no such file", path: path)
    }
    var separator: UInt8?
    if let delimiter {
      guard let byte = delimiter.asciiValue, !delimiter.isNumber, !delimiter.isLetter,
        !"+-.\n\r".contains(delimiter)
      else {
        throw DataError("\(Escaping.excerpt(String(delimiter))) can't stand between numbers")
      }
      separator = byte == 32 ? nil : byte
    }
    let file = try source.readAll()
    try TableReader.refuseForeignText(file, path)
    return try withExtendedLifetime(file) {
      try Parser(
        text: UnsafePointer(file.pointer), end: file.count, path: path, separator: separator,
        comment: Array((comments ?? "").utf8)
      ).matrix(skipping: skipRows)
    }
  }

  /// Writes a matrix, one row to a line, below a comment where one is given.
  ///
  /// - Throws: `DataError`, `Interrupted`.
  public static func write(
    _ matrix: Matrix, to path: String, delimiter: String = " ", header: String? = nil
  ) throws {
    try AtomicFile.write(to: path) { output in
      if let header {
        for line in header.split(separator: "\n", omittingEmptySubsequences: false) {
          try output.append("# \(line)\n")
        }
      }
      for i in 0..<matrix.rows {
        if i % 64 == 0 { try Interruption.check() }
        let cells = (0..<matrix.columns).map { NumberText.shortest(matrix[i, $0]) }
        try output.append(cells.joined(separator: delimiter) + "\n")
      }
    }
  }

  private struct Parser {
    let text: UnsafePointer<UInt8>
    let end: Int
    let path: String
    let separator: UInt8?
    let comment: [UInt8]

    func matrix(skipping skipRows: Int) throws -> Matrix {
      var entries: [Double] = []
      var (rows, columns, line) = (0, 0, 1)
      var i = end >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0
      while i < end {
        if line % 256 == 0 { try Interruption.check() }
        var stop = i
        while stop < end && text[stop] != 10 && text[stop] != 13 { stop += 1 }
        var next = stop + 1
        if next < end && text[stop] == 13 && text[next] == 10 { next += 1 }
        if line > skipRows {
          let count = try row(i, withoutComment(i, stop), line, into: &entries)
          if count > 0 {
            if rows == 0 { columns = count }
            guard count == columns else {
              throw DataError(
                "this row has \(count == 1 ? "1 number" : "\(count) numbers"), and the first row"
                  + " has \(columns)", path: path, line: line)
            }
            rows += 1
          }
        }
        i = next
        line += 1
      }
      guard rows > 0 else { throw DataError("the file holds no numbers", path: path) }
      return Matrix(rows: rows, columns: columns, entries)
    }

    private func withoutComment(_ start: Int, _ stop: Int) -> Int {
      guard let mark = comment.first else { return stop }
      for i in start..<stop where text[i] == mark && i + comment.count <= stop {
        if comment.indices.allSatisfy({ text[i + $0] == comment[$0] }) { return i }
      }
      return stop
    }

    /// Appends the numbers of a line and returns how many there are.
    private func row(
      _ start: Int, _ stop: Int, _ line: Int, into entries: inout [Double]
    ) throws -> Int {
      var i = start
      func skipSpaces() {
        while i < stop && (text[i] == 32 || text[i] == 9) && text[i] != separator { i += 1 }
      }
      skipSpaces()
      guard i < stop else { return 0 }
      var count = 0
      while true {
        if entries.count % (1 << 20) == 0 {
          try MemoryLimit.require(bytes: 24 * Double(entries.count))
        }
        guard let found = DecimalParser.parse(text, from: i, to: stop) else {
          throw wrong(i, stop, line)
        }
        let begin = i
        i = found.end
        let afterNumber = i
        skipSpaces()
        entries.append(found.value)
        count += 1
        if i == stop { return count }
        if let separator {
          guard text[i] == separator else { throw wrong(begin, stop, line) }
          i += 1
          skipSpaces()
        } else if i == afterNumber {
          throw wrong(begin, stop, line)
        }
      }
    }

    private func wrong(_ start: Int, _ stop: Int, _ line: Int) -> DataError {
      var end = start
      while end < stop && text[end] != separator && text[end] != 32 && text[end] != 9 { end += 1 }
      let word = UnsafeBufferPointer(start: text + start, count: end - start)
      return DataError(
        word.isEmpty
          ? "a number is missing" : "\(Escaping.excerpt(word)) is not a number", path: path,
        line: line, help: separator == nil ? "delimiter=\",\" reads numbers between commas" : nil)
    }
  }
}
