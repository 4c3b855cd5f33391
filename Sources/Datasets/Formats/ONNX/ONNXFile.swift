/// ONNX, the Open Neural Network Exchange: a linear classifier for other programs.
///
/// The graph has one node, `LinearClassifier` of the domain `ai.onnx.ml`: from the input `X`, N×D
/// in single precision, it makes `label`, N class names, and `scores`, N×K.
///
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
/// https://onnx.ai/onnx/operators/onnx_aionnxml_LinearClassifier.html
public enum ONNXFile {
  /// Writes a classifier that decides for the class with the largest score X wₖ + bₖ.
  ///
  /// - Parameters:
  ///   - weights: K rows of D numbers, for raw features.
  ///   - intercepts: K numbers.
  /// - Throws: `DataError` where a weight is not finite in single precision, or the file can't be
  ///   written.
  public static func write(
    weights: [[Double]], intercepts: [Double], classes: [String], to path: String
  ) throws {
    let coefficients = weights.joined().map { Float($0) }
    let offsets = intercepts.map { Float($0) }
    guard coefficients.allSatisfy(\.isFinite), offsets.allSatisfy(\.isFinite) else {
      throw DataError("the weights are not all finite in single precision, which ONNX takes")
    }
    var model = ProtocolBuffer()
    model.add(1, 7)  // ir_version
    model.add(2, "svmrepl")  // producer_name
    model.add(7) { graph in
      graph.add(1) { node in
        node.add(1, "X")  // input
        node.add(2, "label")  // output
        node.add(2, "scores")
        node.add(4, "LinearClassifier")  // op_type
        node.add(5) { $0.attribute("coefficients", floats: coefficients) }
        node.add(5) { $0.attribute("intercepts", floats: offsets) }
        node.add(5) { $0.attribute("classlabels_strings", texts: classes) }
        node.add(7, domain)
      }
      graph.add(2, "linear classifier")  // name
      graph.add(11) { $0.tensor("X", .float, [nil, weights.first?.count ?? 0]) }  // input
      graph.add(12) { $0.tensor("label", .string, [nil]) }  // output
      graph.add(12) { $0.tensor("scores", .float, [nil, classes.count]) }
    }
    for (domain, version) in [("", 13), (domain, 1)] {
      model.add(8) { operators in  // opset_import
        operators.add(1, domain)
        operators.add(2, version)
      }
    }
    try AtomicFile.write(model.bytes, to: path)
  }

  private static let domain = "ai.onnx.ml"
}

/// The messages `AttributeProto` and `ValueInfoProto`.
extension ProtocolBuffer {
  fileprivate mutating func attribute(_ name: String, floats: [Float]) {
    add(1, name)
    for value in floats { add(7, value) }
    add(20, 6)  // type: FLOATS
  }

  fileprivate mutating func attribute(_ name: String, texts: [String]) {
    add(1, name)
    for text in texts { add(9, text) }
    add(20, 8)  // type: STRINGS
  }

  fileprivate enum Element: Int {
    case float = 1
    case string = 8
  }

  /// A tensor; sizes that are nil may be any, as the number of samples.
  fileprivate mutating func tensor(_ name: String, _ element: Element, _ sizes: [Int?]) {
    add(1, name)
    add(2) { type in
      type.add(1) { tensor in
        tensor.add(1, element.rawValue)
        tensor.add(2) { shape in
          for size in sizes {
            shape.add(1) { dimension in
              if let size { dimension.add(1, size) } else { dimension.add(2, "N") }
            }
          }
        }
      }
    }
  }
}
