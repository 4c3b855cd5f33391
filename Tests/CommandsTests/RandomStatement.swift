import SVMEngine
import TestSupport

@testable import Interpreter

/// A statement of a random session.
enum RandomStatement {
  case constant(String, Int)
  case sum(String, String, String)
  case add(String, String)
  case scale(String)
  case function(free: String)
  case call(String, String)
  case loop(String, String)
  case choose(String, String, String)
  case draw(String)
  case read(String)
  case fail(String)
  case seed(Int)
  /// A model of `D`, whose step size depends on a name; interrupted after so many iterations.
  case train(rate: String, stop: Int?)
  /// A weight of the model.
  case weight(String)

  static let names = ["a", "b", "c", "d", "e"]

  static func any(
    known: [String], hasFunction: Bool, _ numbers: inout SeededNumbers
  ) -> RandomStatement {
    let name = names.randomElement(using: &numbers) ?? "a"
    let hasModel = known.contains("m")
    let known = known.filter { names.contains($0) }
    guard let one = known.randomElement(using: &numbers),
      let other = known.randomElement(using: &numbers),
      let third = known.randomElement(using: &numbers)
    else { return .constant(name, Int.random(in: 0..<9, using: &numbers)) }
    switch Int.random(in: 0..<17, using: &numbers) {
    case 0, 1: return .constant(name, Int.random(in: 0..<4, using: &numbers))
    case 2, 3, 4: return .sum(name, one, other)
    case 5: return .add(one, other)
    case 6: return .scale(one)
    case 7: return .function(free: one)
    case 8 where hasFunction: return .call(name, one)
    case 9: return .loop(one, other)
    case 10: return .choose(name, one, third)
    case 11: return .draw(name)
    case 12: return .read(name)
    case 13:
      return Int.random(in: 0..<2, using: &numbers) == 0
        ? .seed(Int.random(in: 0..<3, using: &numbers)) : .fail(name)
    case 14:
      let stop = Int.random(in: -3..<iterations, using: &numbers)
      return .train(rate: one, stop: stop > 0 ? stop : nil)
    case 15 where hasModel, 16 where hasModel: return .weight(name)
    default: return .sum(name, one, third)
    }
  }

  static let iterations = 6
  /// What `D` is.
  static let data = "D = synth blobs n=20 d=2 seed=1;"

  /// Whether it ends with an error, or is interrupted.
  var fails: Bool { if case .fail = self { true } else { stop != nil } }

  /// The iterations after which it is interrupted.
  var stop: Int? { if case .train(_, let stop) = self { stop } else { nil } }

  /// The statement as it runs again, when nobody interrupts it.
  var uninterrupted: RandomStatement {
    if case .train(let rate, _) = self { .train(rate: rate, stop: nil) } else { self }
  }

  /// The key of its random stream.
  var key: String {
    switch self {
    case .constant(let name, _), .sum(let name, _, _), .add(let name, _), .scale(let name),
      .call(let name, _), .choose(let name, _, _), .draw(let name), .read(let name),
      .fail(let name), .weight(let name):
      name
    case .train: "m"
    case .function: "f"
    case .loop: "i"
    case .seed: "seed"
    }
  }

  func text(file: String) -> String {
    switch self {
    case .constant(let name, let number): "\(name) = \(number)"
    case .sum(let name, let a, let b): "\(name) = \(a) + \(b)"
    case .add(let name, let other): "\(name) += \(other)"
    case .scale(let name): "\(name) = \(name) * 3"
    case .function(let free): "fn f(u) { return u * 2 + \(free) }"
    case .call(let name, let argument): "\(name) = f(\(argument))"
    case .loop(let name, let other): "for i in range(3) { \(name) += \(other) * i }"
    case .choose(let name, let a, let b):
      "if \(a) > 4 { \(name) = \(b) } else { \(name) = 1 }"
    case .draw(let name): "\(name) = rand()"
    case .read(let name): "\(name) = loadtxt(\"\(file)\")[0]"
    case .fail(let name): "if true { \(name) = 7; x = [1][3] }"
    case .seed(let number): "seed \(number)"
    case .train(let rate, _):
      "m = train D lr=((abs(\(rate)) % 7 + 1) / 100) iters=\(Self.iterations) batch=5"
    case .weight(let name): "\(name) = m.W[0, 0]"
    }
  }

  /// The first weight of the model that it trains with this step size, in a session of its own.
  static func weight(rate: Double, stop: Int?, seed: Int, count: UInt64) -> Double {
    let session = TestSession()
    session.run(
      """
      seed \(seed) streams={"m": \(count)}
      \(data)
      m = train D lr=((abs(\(rate)) % 7 + 1) / 100) iters=\(stop ?? iterations) batch=5
      """)
    return session.session.peek("m")?.comparedNumber ?? .nan
  }
}

extension Value {
  /// The number that values of random sessions are compared by: of a model, its first weight.
  var comparedNumber: Double? {
    switch self {
    case .number(let number): number
    case .object(let box): (box.object as? LinearClassifier)?.weights[0, 0]
    default: nil
    }
  }
}
