import TestSupport
import Testing

@testable import Interpreter

/// Random programs of assignments, aliases, updates in place, dictionaries, comprehensions,
/// functions without a name and caught errors, beside a model in which every value is copied.
@Suite struct RandomProgramTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func valuesNeverAlias(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<500 {
      var program = Program(&numbers)
      program.write(statements: 12)
      let run = run(program.text + program.variables.map { "\nprint \($0)" }.joined())
      #expect(run.errors == [], "\(program.text)")
      let expected = program.printed + program.variables.map { program.model[$0]?.text ?? "" }
      #expect(run.shown == expected, "\(program.text)")
      if run.shown != expected { return }
    }
  }
}

/// A value of the model: nothing in it is shared.
private indirect enum Model: Equatable {
  case number(Int)
  case vector([Int])
  case list([Model])
  case dictionary([(key: String, value: Model)])

  static func == (a: Model, b: Model) -> Bool { a.text == b.text }

  /// The text that `print` shows.
  var text: String {
    switch self {
    case .number(let x): "\(x)"
    case .vector(let entries): "[" + entries.map(String.init).joined(separator: " ") + "]"
    case .list(let items): "[" + items.map(\.text).joined(separator: ", ") + "]"
    case .dictionary(let entries):
      "{" + entries.map { "\"\($0.key)\": \($0.value.text)" }.joined(separator: ", ") + "}"
    }
  }

  /// A literal of the language.
  var literal: String {
    switch self {
    case .number(let x): "\(x)"
    case .vector(let entries): "[" + entries.map(String.init).joined(separator: ", ") + "]"
    case .list(let items): "[" + items.map(\.literal).joined(separator: ", ") + "]"
    case .dictionary(let entries):
      "{" + entries.map { "\"\($0.key)\": \($0.value.literal)" }.joined(separator: ", ") + "}"
    }
  }

  /// Changes the part at a path. Nil, and nothing changes, where there is no such part.
  mutating func update(_ path: ArraySlice<Step>, _ change: (Model?) -> Model?) -> Bool {
    guard let step = path.first else {
      guard let new = change(self) else { return false }
      self = new
      return true
    }
    let rest = path.dropFirst()
    switch (self, step) {
    case (.vector(var entries), .place(let i)) where rest.isEmpty && entries.indices.contains(i):
      switch change(.number(entries[i])) {
      // A vector of one entry is taken for its entry, as by numpy.
      case .number(let new)?: entries[i] = new
      case .vector(let new)? where new.count == 1: entries[i] = new[0]
      default: return false
      }
      self = .vector(entries)
    case (.list(var items), .place(let i)) where items.indices.contains(i):
      guard items[i].update(rest, change) else { return false }
      self = .list(items)
    case (.dictionary(var entries), .key(let key)):
      if let i = entries.firstIndex(where: { $0.key == key }) {
        guard entries[i].value.update(rest, change) else { return false }
      } else {
        guard rest.isEmpty, let new = change(nil) else { return false }
        entries.append((key, new))
      }
      self = .dictionary(entries)
    default: return false
    }
    return true
  }

  /// The part at a step; nil where there is none.
  func part(_ step: Step) -> Model? {
    switch (self, step) {
    case (.vector(let entries), .place(let i)):
      entries.indices.contains(i) ? .number(entries[i]) : nil
    case (.list(let items), .place(let i)): items.indices.contains(i) ? items[i] : nil
    case (.dictionary(let entries), .key(let key)): entries.first { $0.key == key }?.value
    default: nil
    }
  }
}

/// One index.
private enum Step {
  case place(Int)
  case key(String)

  var text: String {
    switch self {
    case .place(let i): "[\(i)]"
    case .key(let key): "[\"\(key)\"]"
    }
  }
}

/// A program as text, and what it must do.
private struct Program {
  let variables = ["a", "b", "c", "d"]
  var text = ""
  var printed: [String] = []
  var model: [String: Model] = [:]
  private var numbers: SeededNumbers
  private var failures = 0

  init(_ numbers: inout SeededNumbers) {
    self.numbers = SeededNumbers(seed: numbers.next())
    for name in variables {
      let value = anyValue(depth: 2)
      model[name] = value
      text += "\(name) = \(value.literal)\n"
    }
  }

  mutating func write(statements: Int) {
    for _ in 0..<statements { write() }
  }

  private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &numbers) }
  private mutating func variable() -> String { variables[below(variables.count)] }
  private func value(_ name: String) -> Model { model[name] ?? .number(0) }

  /// A value. A list never holds numbers only, nor only vectors of one length, which would make it
  /// a vector or matrix.
  private mutating func anyValue(depth: Int) -> Model {
    switch depth == 0 ? below(2) : below(4) {
    case 0: return .number(below(9))
    case 1: return .vector((0...below(3)).map { _ in below(9) })
    case 2:
      return .list([.dictionary([])] + (0..<below(3)).map { _ in anyValue(depth: depth - 1) })
    default:
      return .dictionary(["x", "y", "z"].prefix(below(4)).map { ($0, anyValue(depth: depth - 1)) })
    }
  }

  /// A path into a value; its last step may lead nowhere.
  private mutating func path(into value: Model) -> [Step] {
    var steps: [Step] = []
    var value = value
    repeat {
      let step: Step
      switch value {
      case .number: return steps
      case .vector(let entries): step = .place(below(entries.count + 1))
      case .list(let items): step = .place(below(items.count + 1))
      case .dictionary: step = .key(["x", "y", "z", "w"][below(4)])
      }
      steps.append(step)
      guard let part = value.part(step) else { return steps }
      value = part
    } while below(3) > 0
    return steps
  }

  private mutating func write() {
    let (name, other) = (variable(), variable())
    switch below(8) {
    case 0:
      model[name] = value(other)
      text += "\(name) = \(other)\n"
    case 1:
      // A value of its own, or another variable's, goes into a place.
      let steps = path(into: value(name))
      guard !steps.isEmpty else { return }
      let isNumber = below(2) == 0
      let new = isNumber ? Model.number(below(9)) : value(other)
      let right = isNumber ? new.literal : other
      assign(name, steps, "=", right) { _ in new }
    case 2:
      let steps = path(into: value(name))
      guard !steps.isEmpty else { return }
      let (sign, operation) = [("+=", 0), ("*=", 1), ("-=", 2)][below(3)]
      let by = below(5) + 1
      assign(name, steps, sign, "\(by)") { old in
        func apply(_ x: Int) -> Int { operation == 0 ? x + by : operation == 1 ? x * by : x - by }
        return switch old {
        case .number(let x)?: .number(apply(x))
        case .vector(let entries)?: .vector(entries.map(apply))
        default: nil
        }
      }
    case 3:
      let (count, step) = (below(4) + 1, below(5))
      model[name] = .vector((0..<count).map { $0 * step }.filter { $0 % 2 == 0 })
      text += "\(name) = [i * \(step) for i in range(\(count)) if i * \(step) % 2 == 0]\n"
    case 4:
      // What a function keeps does not change with the variable.
      let held = value(other)
      text += "f = fn(u) => {\"x\": \(other), \"y\": u}\n"
      if case .dictionary = held {
        text += "\(other)[\"x\"] = 5\n"
        var changed = held
        _ = changed.update([.key("x")]) { _ in .number(5) }
        model[other] = changed
      }
      text += "\(name) = f(3)\n"
      model[name] = .dictionary([("x", held), ("y", .number(3))])
    case 5:
      guard case .dictionary(let entries) = value(name) else { return }
      text += "for k, v in \(name) { v = 7\n\(name)[k] = v }\n"
      model[name] = .dictionary(entries.map { ($0.key, .number(7)) })
    case 6:
      // A parameter is no alias either.
      text += "g = fn(u) => [{}, u]\n\(name) = g(\(other))\n"
      model[name] = .list([.dictionary([]), value(other)])
    default:
      guard case .dictionary(let entries) = value(name), let first = entries.first else { return }
      text += "\(name) = remove(\(name), \"\(first.key)\")\n"
      model[name] = .dictionary(Array(entries.dropFirst()))
    }
  }

  /// An assignment to a place, which prints that it failed where it must.
  private mutating func assign(
    _ name: String, _ steps: [Step], _ sign: String, _ right: String,
    _ change: (Model?) -> Model?
  ) {
    let target = name + steps.map(\.text).joined()
    failures += 1
    text += "try { \(target) \(sign) \(right) } catch problem { print \"failed \(failures)\" }\n"
    var new = value(name)
    if new.update(steps[...], change) {
      model[name] = new
    } else {
      printed.append("failed \(failures)")
    }
  }
}
