import Datasets
import Interpreter
import LinearAlgebra
import SVMEngine
import Text

/// The call of a user's loss by `gradcheck`: of (W, X, y, reg), and of the options that it has
/// parameters for.
struct GradcheckCall {
  private let name: String
  private let session: Session
  private let called: FunctionValue
  private let layout: Layout
  /// Whether b is the last row of the point.
  private let takesB: Bool
  /// Whether the weights are handed over as a vector.
  private let isVector: Bool
  private let X: Value
  private let y: Value
  private let areSigns: Bool
  private let classes: Int
  /// What is handed over by name, but for b.
  private var named: [(name: String, value: Value)] = []
  private let weights: Matrix
  private let bias: Double

  /// - Throws: A `Failure` where `reg=` is given, and the function has no parameter for it;
  ///   `MemoryRefused`, `Interrupted`.
  init(
    _ command: GradcheckCommand, in session: Session, _ weights: Matrix, takesB: Bool
  ) throws {
    let on = command.on
    called = command.loss.function
    name = called.name
    self.session = session
    self.weights = weights
    self.takesB = takesB
    bias = command.bias
    layout = session.layout
    // With b, the weights are a vector, as in binary models.
    isVector = command.at.isVector || takesB
    // Made once for all calls.
    X = .array(NumericArray(layout.convert(try on.features.matrix())))
    areSigns = try command.objective.made(reg: command.reg).isBinary
    let areSigns = areSigns
    y = .vector(on.labels.map { areSigns ? ($0 == 1 ? 1 : -1) : Double($0) })
    classes = on.classCount
    let options = command.objective.given
    let isOption = Set(ObjectiveParameters.names + ["b"])
    let further = called.parameterNames.dropFirst(3)
    // Whatever its name is.
    if let reg = further.first(where: { !isOption.contains($0) }) {
      named.append((reg, .number(command.reg ?? 0)))
    } else if let reg = command.reg, reg != 0 {
      throw Failure("'\(name)' takes no reg", help: "leave out `reg=`", parameter: "reg")
    }
    for parameter in further {
      if let option = options.first(where: { $0.name == parameter }) { named.append(option) }
    }
  }

  /// What the function is called with, in one line.
  var text: String {
    func shape(_ value: Value) -> String {
      guard case .array(let array) = value else { return "" }
      return array.rank == 1 ? "\(array.count)" : "\(array.rows)×\(array.columns)"
    }
    var parts = ["\(isVector ? "w" : "W") \(shape(handed(weights)))", "X \(shape(X))"]
    parts.append(
      "y \(shape(y)) of " + (areSigns ? "-1 and 1" : classes > 1 ? "0…\(classes - 1)" : "0"))
    parts += named.map { named in
      let text = (try? named.value.text(for: session.display)) ?? ""
      return "\(named.name)=\(text.contains("\n") ? shape(named.value) : text)"
    }
    if takesB { parts.append("b=\(NumberText.short(bias))") }
    return "called as \(name)(\(parts.joined(separator: ", ")))"
  }

  /// The weights as the function gets them.
  private func handed(_ W: Matrix) -> Value {
    isVector ? .vector(W.entries) : .array(NumericArray(layout.convert(W)))
  }

  /// Loss and gradient at a point: W, or w and b below it.
  func function() -> GradientCheck.Function {
    { point in
      let (W, b) = takesB ? GradcheckCommand.parted(point) : (point, bias)
      let result = try session.call(
        called, [handed(W), X, y], named: named + (takesB ? [("b", .number(b))] : []))
      guard case .tuple(let box) = result, box.items.count >= (takesB ? 3 : 2) else {
        throw Failure(
          "'\(name)' must return the loss and the gradient"
            + "\(takesB ? " in w and in b" : ""), not \(article(result.typeAndShape))",
          help: "as in `return loss, \(takesB ? "dw, db" : "dW")`", parameter: "loss")
      }
      let loss = try number(box.items[0], "the loss")
      let gradient = try gradient(box.items[1], like: W)
      return (
        loss,
        takesB
          ? GradcheckCommand.joined(gradient, try number(box.items[2], "the gradient in b"))
          : gradient
      )
    }
  }

  /// The gradient that the function returns, D×K.
  private func gradient(_ value: Value, like W: Matrix) throws -> Matrix {
    guard case .array(let array) = value else {
      throw Failure(
        "the gradient that '\(name)' returns must be a \(isVector ? "vector" : "matrix"), not "
          + article(value.typeAndShape), parameter: "loss")
    }
    guard isVector else { return layout.convert(try array.matrix) }
    guard array.count == W.count else {
      throw Failure(
        "the gradient in w has \(array.count) numbers, and w has \(W.count)", parameter: "loss")
    }
    return Matrix(rows: W.rows, columns: W.columns, try array.entries)
  }

  /// A number that the function returns.
  private func number(_ value: Value, _ what: String) throws -> Double {
    guard let number = value.asNumber else {
      throw Failure(
        "\(what) that '\(name)' returns must be a number, not \(article(value.typeAndShape))",
        parameter: "loss")
    }
    return number
  }
}
