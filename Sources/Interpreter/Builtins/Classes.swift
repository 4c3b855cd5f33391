import Glibc
import LinearAlgebra

/// Functions of classes: their shares, and their numbers as vectors.
extension Builtins {
  static let classes: [BuiltinFunction] = [
    BuiltinFunction(
      "softmax", [.required("x"), .optional("axis")], usage: "softmax(x, axis=-1)",
      summary: "exp(x) / Σ exp(x) of each row, without overflow; of each column with axis=0.",
      examples: ["softmax([1, 2, 3])"],
      result: .array
    ) { arguments, _ in
      let (x, axis) = try lines(arguments[0], axis: arguments[1])
      let length = x.length(of: axis)
      let result = try Lines.map(x, axis: axis, to: length) { line, target in
        guard length > 0 else { return }
        let largest = try Line(line, length, 1).extreme("softmax") { $0 > $1 }.value
        try Interruption.forEachRange(of: length, costEach: 8) { range in
          for i in range { target[i] = exp(line[i] - largest) }
        }
        let sum = try ArrayReduction.sum(target, length)
        try Interruption.forEachRange(of: length) { range in
          for i in range { target[i] /= sum }
        }
      }
      return .array(result.reshaped(shapeOf: try arguments[0].array("x")))
    },
    BuiltinFunction(
      "onehot", [.required("y"), .optional("k")], usage: "onehot(y, k=none)",
      summary: "A row for each label: 1 in the column of its class, 0 elsewhere.",
      examples: ["onehot([0, 2, 1])"],
      result: .array
    ) { arguments, _ in
      let y = try arguments[0].vector("y")
      var largest = -1
      try Interruption.forEachRange(of: y.count, costEach: 4) { range in
        for i in range {
          largest = max(largest, try Value.number(y.pointer[i]).whole("y", atLeast: 0))
        }
      }
      let k = arguments[1].isMissing ? largest + 1 : try arguments[1].whole("k", atLeast: 0)
      guard largest < k else { throw Failure("there is a label \(largest), for \(k) classes") }
      let result = try Shape([.number(Double(y.count)), .number(Double(k))], "onehot").array()
      try result.pointer.fill(0, count: result.count)
      try Interruption.forEachRange(of: y.count, costEach: 4) { range in
        for i in range { result.pointer[i * k + Int(y.pointer[i])] = 1 }
      }
      return .array(result)
    },
  ]
}

extension NumericArray {
  /// The same entries in the shape of another array with as many.
  func reshaped(shapeOf other: NumericArray) -> NumericArray {
    reshaped(rank: other.rank, rows: other.rows, columns: other.columns)
  }
}
