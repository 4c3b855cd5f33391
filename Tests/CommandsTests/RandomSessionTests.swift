import Glibc
import LinearAlgebra
import Record
import TestSupport
import Testing

@testable import Commands
@testable import Interpreter

/// Random sessions beside a slow model, which follows every value down to what it was made from:
/// what is stale, the values after `refresh` and `undo`, and those that an exported script makes.
@Suite(.serialized) struct RandomSessionTests {
  /// SVMREPL_SESSIONS is the number of sessions of each seed.
  private static let sessionsOfEach =
    getenv("SVMREPL_SESSIONS").flatMap { Int(String(cString: $0)) } ?? 12

  @Test(arguments: 0..<12 as Range<UInt64>)
  func sessionsAgreeWithTheModel(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let folder = try TemporaryFolder()
    var (exported, refused) = (0, 0)
    for session in 0..<Self.sessionsOfEach {
      try run(folder, &numbers, "seed \(seed), session \(session)", &exported, &refused)
    }
    #expect(exported > 0 && refused * 20 <= exported, "\(refused) of \(exported)")
  }

  private func run(
    _ folder: TemporaryFolder, _ numbers: inout SeededNumbers, _ name: String,
    _ exported: inout Int, _ refused: inout Int
  ) throws {
    let file = folder("data.txt")
    let test = TestSession()
    test.session.keepsOldValues = true
    var model = SessionModel(seed: 0)
    var written = Int.random(in: 0..<10, using: &numbers)
    try folder.write("data.txt", "\(written)\n")
    model.file = written
    var lines = ["# the file is \(written)"]
    for _ in 0..<Int.random(in: 5...40, using: &numbers) {
      switch Int.random(in: 0..<20, using: &numbers) {
      case 0:
        // Sometimes the same bytes again.
        written = Int.random(in: 0..<3, using: &numbers)
        try folder.write("data.txt", "\(written)\n")
        model.file = written
        lines.append("# the file is \(written)")
      case 1, 2:
        lines.append("undo")
        let status = test.run("undo").status
        #expect((status == 0) == model.undo(), "\(name):\n\(lines.joined(separator: "\n"))")
      case 3, 4:
        lines.append("refresh")
        let status = test.run("refresh").status
        #expect(
          (status == 0) == model.refresh(nil), "\(name):\n\(lines.joined(separator: "\n"))")
      case 5 where !model.numbers.isEmpty:
        let target = model.numbers.randomElement(using: &numbers) ?? ""
        lines.append("refresh \(target)")
        let status = test.run("refresh \(target)").status
        #expect(
          (status == 0) == model.refresh([target]),
          "\(name):\n\(lines.joined(separator: "\n"))")
      default:
        let statement = model.anyStatement(&numbers)
        let text = statement.text(file: file)
        lines.append(text)
        let status = test.run(text).status
        #expect((status == 0) == !statement.fails, "\(name):\n\(lines.joined(separator: "\n"))")
        model.run(statement)
      }
      let shown = "\(name):\n\(lines.joined(separator: "\n"))"
      #expect(Set(test.session.stale.map(\.name)) == model.stale, "\(shown)")
      for (variable, value) in model.values {
        guard case .number(let number)? = test.session.peek(variable) else {
          Issue.record("no number \(variable), \(shown)")
          continue
        }
        #expect(number.bitPattern == value.bitPattern, "\(variable), \(shown)")
      }
      #expect(
        Set(test.session.assignedNames) == Set(model.present.keys.map { $0 }), "\(shown)")
    }
    // The same lines give the same with a cache, when it is empty and when it has everything.
    for _ in 0..<2 {
      let again = TestSession()
      again.session.keepsOldValues = true
      again.session.cache = ResultCache(
        Store(folder: folder("cache"), limit: nil) { _ in }, least: 0)
      for line in lines {
        if line.hasPrefix("# the file is ") {
          try folder.write("data.txt", "\(line.dropFirst(14))\n")
        } else {
          again.run(line)
        }
      }
      for (variable, value) in model.values {
        guard case .number(let number)? = again.session.peek(variable) else {
          Issue.record("no \(variable) with a cache, \(name):\n\(lines.joined(separator: "\n"))")
          continue
        }
        #expect(
          number.bitPattern == value.bitPattern,
          "\(variable) with a cache, \(name):\n\(lines.joined(separator: "\n"))")
      }
      #expect(Set(again.session.stale.map(\.name)) == model.stale)
    }
    // A script makes each value again, wherever it runs.
    for variable in model.numbers {
      exported += 1
      let script: String
      do {
        script = try test.session.script(making: [variable])
      } catch {
        // The file that it was read from is another one now; or, rarely, values that replaced each
        // other are needed at the same time.
        let words = Session.diagnostic(of: error).message
        if words.contains("one script") { refused += 1 }
        #expect(
          words.contains("one script") || model.dependsOnOldFile(variable),
          "\(variable): \(words), \(name):\n\(lines.joined(separator: "\n"))")
        continue
      }
      let fresh = TestSession()
      fresh.run(script)
      guard case .number(let number)? = fresh.session.peek(variable) else {
        Issue.record(
          "\(variable) is not made by\n\(script)\nof \(name):\n\(lines.joined(separator: "\n"))")
        continue
      }
      #expect(
        number.bitPattern == model.values[variable]?.bitPattern,
        "\(variable) by\n\(script)\nof \(name):\n\(lines.joined(separator: "\n"))")
      #expect(fresh.session.expectations.failed == 0)
    }
  }
}
