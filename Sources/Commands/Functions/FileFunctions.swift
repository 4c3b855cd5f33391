import Datasets
import Interpreter
import Language
import LinearAlgebra

/// Functions that read and write matrices in text and numpy files.
enum FileFunctions {
  /// The functions, in the order in which they are listed.
  static let all: [BuiltinFunction] = [
    BuiltinFunction(
      "loadtxt", [.required("path"), .optional("delimiter"), .optional("skiprows")],
      usage: "loadtxt(path, delimiter=none, skiprows=0)",
      summary: "A matrix from a text file, one row to a line; one row or column reads as a vector. "
        + "Blanks divide numbers unless a delimiter is given; `#` starts a comment.",
      examples: ["savetxt(\"m.txt\", [[1, 2], [3, 4]])\nloadtxt(\"m.txt\")"],
      result: .array
    ) { arguments, _ in
      let skip = arguments[2].isMissing ? 0 : try arguments[2].whole("skiprows", atLeast: 0)
      let matrix = try TextMatrixFile.read(
        try path(arguments[0]), delimiter: try delimiter(arguments[1]), skipRows: skip)
      return .array(squeezed(NumericArray(matrix)))
    },
    BuiltinFunction(
      "savetxt", [.required("path"), .required("x"), .optional("delimiter"), .optional("header")],
      usage: "savetxt(path, x, delimiter=\" \", header=none)",
      summary: "Writes a vector, one number to a line, or a matrix; every digit that counts.",
      examples: ["savetxt(\"v.txt\", [1, 2, 3])"]
    ) { arguments, _ in
      let array = try arguments[1].array("x")
      let header: String? =
        if case .string(let box) = arguments[3] { box.text } else { nil }
      try TextMatrixFile.write(
        array.csvMatrix, to: try path(arguments[0]),
        delimiter: try delimiter(arguments[2]).map { String($0) } ?? " ", header: header)
      return .none
    },
    BuiltinFunction(
      "load_npy", [.required("path")], usage: "load_npy(path)",
      summary: "A vector or matrix from numpy's file.",
      examples: ["save_npy(\"m.npy\", [[1, 2], [3, 4]])\nload_npy(\"m.npy\")"],
      result: .array
    ) { arguments, _ in
      let path = try path(arguments[0])
      return .array(try NumPyFile.readArray(path).numericArray(path: path))
    },
    BuiltinFunction(
      "save_npy", [.required("path"), .required("x")], usage: "save_npy(path, x)",
      summary: "Writes a vector or matrix as numpy's file.",
      examples: ["save_npy(\"v.npy\", [1, 2, 3])"]
    ) { arguments, _ in
      try NumPyFile.writeArray(
        try NumPyArray(try arguments[1].array("x")), to: try path(arguments[0]))
      return .none
    },
    BuiltinFunction(
      "sha256", [.required("path")], usage: "sha256(path)",
      summary: "The SHA-256 checksum of a file, 64 hexadecimal digits: equal for equal files.",
      examples: ["savetxt(\"v.txt\", [1, 2, 3])\nsha256(\"v.txt\")"]
    ) { arguments, _ in
      .string(try DataChecksum.of(try path(arguments[0])).hex)
    },
  ]

  private static func path(_ value: Value) throws -> String {
    guard case .string(let box) = value else {
      throw Failure("'path' must be a string, not \(article(value.typeAndShape))")
    }
    return box.text
  }

  private static func delimiter(_ value: Value) throws -> Character? {
    switch value {
    case .undefined, .none: return nil
    case .string(let box) where box.text.count == 1: return box.text.first
    default: throw Failure("'delimiter' must be one character")
    }
  }

  /// The array; a single row or column becomes a vector.
  private static func squeezed(_ array: NumericArray) -> NumericArray {
    array.rows == 1 || array.columns == 1
      ? array.reshaped(rank: 1, rows: 1, columns: array.count) : array
  }
}
