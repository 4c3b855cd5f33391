import Text
import LinearAlgebra

/// A model in LIBLINEAR's text format: a few lines of words, then the weights.
///
///     solver_type L2R_L2LOSS_SVC
///     nr_class 3
///     label 1 2 3
///     nr_feature 4
///     bias 1
///     w
///     0.2 0.1 -0.3
///     …
public struct LIBLINEARFile: Sendable {
  /// The solver of its training, such as `L2R_L2LOSS_SVC_DUAL`.
  public var solver: String
  /// The labels, in the order of the columns; for one column the positive one first.
  public var labels: [Int]
  /// The value of the bias column; negative where there is none.
  public var bias: Double
  /// A row for each feature, then one for the bias; a column for each class, or one for two
  /// classes.
  public var weights: Matrix

  /// A model from its parts.
  public init(solver: String, labels: [Int], bias: Double, weights: Matrix) {
    self.solver = solver
    self.labels = labels
    self.bias = bias
    self.weights = weights
  }

  /// Reads a file.
  ///
  /// - Throws: `DataError` with the line, `MemoryRefused`, `Interrupted`.
  public init(path: String) throws {
    guard let source = try DataSource.onDisk(path) else {
      throw DataError("no such file", path: path)
    }
    let file = try source.readAll()
    let text = UnsafeBufferPointer(start: UnsafePointer(file.pointer), count: file.count)
    var header: [String: [String]] = [:]
    var lines = 0
    var place = 0
    var hasWeights = false
    // The header is a handful of lines.
    while place < text.count, lines < 32, !hasWeights {
      let end = text[place...].firstIndex(of: 10) ?? text.count
      let words = String(decoding: text[place..<end], as: UTF8.self)
        .split { $0 == " " || $0 == "\r" }.map(String.init)
      lines += 1
      place = end + 1
      guard let key = words.first else { continue }
      hasWeights = key == "w"
      header[key] = Array(words.dropFirst())
    }
    withExtendedLifetime(file) {}
    func broken(_ what: String, line: Int? = nil) -> DataError {
      DataError(
        what, path: path, line: line, help: "a model of LIBLINEAR begins with 'solver_type'")
    }
    guard let solver = header["solver_type"]?.first, hasWeights else {
      throw broken("no model of LIBLINEAR", line: 1)
    }
    guard !solver.contains("SVR"), !solver.contains("ONECLASS") else {
      throw DataError(
        "'\(solver)' does not tell classes apart, and a classifier is needed", path: path)
    }
    func whole(_ key: String) throws -> Int {
      guard let number = header[key]?.first.flatMap({ Int($0) }), number >= 1, number < 1 << 40
      else {
        throw broken("'\(key)' is missing, or no whole number that could be")
      }
      return number
    }
    let (classes, features) = (try whole("nr_class"), try whole("nr_feature"))
    let labels = (header["label"] ?? []).compactMap { Int($0) }
    guard labels.count == classes, Set(labels).count == classes else {
      throw broken("'label' must have \(classes) different whole numbers")
    }
    guard let bias = header["bias"]?.first.flatMap({ DecimalParser.parse($0) }), bias.isFinite
    else { throw broken("'bias' is missing, or no number") }
    let weights = try TextMatrixFile.read(path, skipRows: lines, comments: nil)
    let rows = features + (bias >= 0 ? 1 : 0)
    let columns = classes == 2 && solver != "MCSVM_CS" ? 1 : classes
    guard weights.rows == rows, weights.columns == columns else {
      throw broken(
        "\(rows) rows of \(columns) weights are needed, and there are \(weights.rows) of "
          + "\(weights.columns)", line: lines + 1)
    }
    self.init(solver: solver, labels: labels, bias: bias, weights: weights)
  }

  /// Writes the file as a whole or not at all, with all digits of the numbers.
  ///
  /// - Throws: `DataError`, `Interrupted`.
  public func write(to path: String) throws {
    try AtomicFile.write(to: path) { output in
      try output.append(
        """
        solver_type \(solver)
        nr_class \(labels.count)
        label \(labels.map(String.init).joined(separator: " "))
        nr_feature \(weights.rows - (bias >= 0 ? 1 : 0))
        bias \(NumberText.shortest(bias))
        w

        """)
      for i in 0..<weights.rows {
        if i % 1024 == 0 { try Interruption.check() }
        var line = ""
        for j in 0..<weights.columns { line += NumberText.shortest(weights[i, j]) + " " }
        try output.append(line + "\n")
      }
    }
  }
}
