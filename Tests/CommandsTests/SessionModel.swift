import LinearAlgebra
import TestSupport

/// A session as it is defined, without any cleverness: each version keeps its statement and the
/// versions that it read, and every question is answered by walking down to the beginning.
struct SessionModel {
  enum Content {
    case number(Double)
    /// `fn f(u) { return u * 2 + free }`.
    case function(free: String)
  }

  struct Version {
    var name: String
    var content: Content
    /// The number of the statement that made it, and the versions that it read, by name.
    var statement: Int
    var origin: Int
  }

  struct Ran {
    var statement: RandomStatement
    var reads: [String: Int]
    /// Nil where it did not draw.
    var draw: (seed: Int, count: UInt64)?
    /// What it read of the file; nil where it did not.
    var file: Int?
    var made: [String: Int] = [:]
    var key: String
    var count: UInt64
    /// The number of the statement as it was typed, the same each time that it runs again.
    var typed: Int
  }

  /// The number in the file now.
  var file = 0
  private var versions: [Version] = []
  private var ran: [Ran] = []
  private var recipes: [Int: Int] = [:]
  private var recipeNumbers: [String: Int] = [:]
  private(set) var present: [String: Int] = [:]
  private var seed: Int
  private var counts: [String: UInt64] = [:]
  /// What was before each statement that changed something.
  private var before: [(present: [String: Int], seed: Int, counts: [String: UInt64])] = []

  init(seed: Int) { self.seed = seed }

  var numbers: [String] { values.keys.sorted() }

  var values: [String: Double] {
    var values: [String: Double] = [:]
    for (name, version) in present {
      if case .number(let number) = versions[version].content { values[name] = number }
    }
    return values
  }

  // MARK: Running

  mutating func anyStatement(_ numbers: inout SeededNumbers) -> RandomStatement {
    RandomStatement.any(
      known: self.numbers, hasFunction: present["f"] != nil && present[freeOfFunction] != nil,
      &numbers)
  }

  /// The name that the present function reads.
  private var freeOfFunction: String {
    if let f = present["f"], case .function(let free) = versions[f].content { return free }
    return ""
  }

  mutating func run(_ statement: RandomStatement) {
    let state = (present, seed, counts)
    if case .seed(let number) = statement {
      seed = number
      counts = [:]
      before.append(state)
      return
    }
    let key = statement.key
    let count = counts[key, default: 0]
    counts[key] = count + 1
    perform(statement, present, key, count, typed: ran.count)
    before.append(state)
  }

  /// Runs a statement on some versions by name, and makes its results the present ones.
  private mutating func perform(
    _ statement: RandomStatement, _ inputs: [String: Int], _ key: String, _ count: UInt64,
    typed: Int
  ) {
    var reads: [String: Int] = [:]
    var made: [String: Content] = [:]
    var ranNow = Ran(
      statement: statement, reads: [:], draw: nil, file: nil, key: key, count: count,
      typed: typed)
    func value(_ name: String) -> Double {
      reads[name] = inputs[name]
      if let version = inputs[name], case .number(let number) = versions[version].content {
        return number
      }
      return .nan
    }
    switch statement {
    case .constant(let name, let number): made[name] = .number(Double(number))
    case .sum(let name, let a, let b): made[name] = .number(value(a) + value(b))
    case .add(let name, let other):
      let added = value(other)
      made[name] = .number(value(name) + added)
    case .scale(let name): made[name] = .number(value(name) * 3)
    case .function(let free): made["f"] = .function(free: free)
    case .call(let name, let argument):
      reads["f"] = inputs["f"]
      guard let f = inputs["f"], case .function(let free) = versions[f].content else { return }
      made[name] = .number(value(argument) * 2 + value(free))
    case .loop(let name, let other):
      var total = value(name)
      for i in 0..<3 { total += (name == other ? total : value(other)) * Double(i) }
      _ = value(other)
      made[name] = .number(total)
      made["i"] = .number(2)
    case .choose(let name, let a, let b):
      made[name] = value(a) > 4 ? .number(value(b)) : .number(1)
    case .draw(let name):
      ranNow.draw = (seed, count)
      var stream = RandomStream(seed: UInt64(seed), key: key, count: count)
      made[name] = .number(stream.uniform())
    case .read(let name):
      ranNow.file = file
      made[name] = .number(Double(file))
    case .fail(let name): made[name] = .number(7)
    case .train(let rate, let stop):
      ranNow.draw = (seed, count)
      made["m"] = .number(
        RandomStatement.weight(rate: value(rate), stop: stop, seed: seed, count: count))
    case .weight(let name): made[name] = .number(value("m"))
    case .seed: break
    }
    ranNow.reads = reads
    ran.append(ranNow)
    for (name, content) in made.sorted(by: { $0.key < $1.key }) {
      let number = versions.count
      versions.append(
        Version(
          name: name, content: content, statement: ran.count - 1,
          origin: reads[name].map { versions[$0].origin } ?? number))
      ran[ran.count - 1].made[name] = number
      present[name] = number
    }
  }

  var canUndo: Bool { !before.isEmpty }

  mutating func undo() {
    guard let (present, seed, counts) = before.popLast() else { return }
    self.present = present
    self.seed = seed
    self.counts = counts
  }

  // MARK: Staleness

  /// A number for what a version is made of: equal for equal recipes.
  private mutating func recipe(_ version: Int) -> Int {
    if let known = recipes[version] { return known }
    let run = ran[versions[version].statement]
    let reads = run.reads.sorted { $0.key < $1.key }.map { "\($0.key)=\(recipe($0.value))" }
    let draw = run.draw.map { "\($0.seed) \(run.key) \($0.count)" } ?? ""
    let text =
      "\(run.statement.text(file: "F")) \(run.statement.stop ?? 0) "
      + "\(reads.joined(separator: ",")) \(draw) "
      + "\(run.file.map { String($0) } ?? "") \(versions[version].name)"
    let number = recipeNumbers[text] ?? recipeNumbers.count
    recipeNumbers[text] = number
    recipes[version] = number
    return number
  }

  private func comes(_ version: Int, from other: Int) -> Bool {
    var seen: Set<Int> = []
    func comes(_ version: Int) -> Bool {
      if version == other { return true }
      guard seen.insert(version).inserted else { return false }
      return ran[versions[version].statement].reads.values.contains { comes($0) }
    }
    return comes(version)
  }

  /// The version that would be read now in the place of one that was read; nil for the same.
  private func replacement(of read: Int, seenBy reader: Int) -> Int? {
    guard let now = present[versions[read].name], now != read else { return nil }
    if versions[now].origin == versions[read].origin, now > read { return nil }
    let made = ran[versions[reader].statement].made.values
    if made.contains(where: { comes(now, from: $0) }) { return nil }
    return now
  }

  /// The stale ones of all versions.
  private mutating func allStale() -> Set<Int> {
    var stale: Set<Int> = []
    // Each version was made after those that it read.
    for version in versions.indices where isStale(version, beside: stale) { stale.insert(version) }
    return stale
  }

  private mutating func isStale(_ version: Int, beside stale: Set<Int>) -> Bool {
    let run = ran[versions[version].statement]
    if let draw = run.draw, draw.seed != seed { return true }
    if let read = run.file, read != file { return true }
    for read in run.reads.values {
      if stale.contains(read) { return true }
      if let now = replacement(of: read, seenBy: version), recipe(now) != recipe(read) {
        return true
      }
    }
    return false
  }

  var stale: Set<String> {
    mutating get {
      let stale = allStale()
      return Set(present.filter { stale.contains($0.value) }.keys)
    }
  }

  func dependsOnOldFile(_ name: String) -> Bool {
    var seen: Set<Int> = []
    func depends(_ version: Int) -> Bool {
      guard seen.insert(version).inserted else { return false }
      let run = ran[versions[version].statement]
      return run.file.map { $0 != file } ?? false || run.reads.values.contains { depends($0) }
    }
    return present[name].map { depends($0) } ?? false
  }

  // MARK: Refreshing

  /// Runs again what is stale; false where statements depend on each other.
  mutating func refresh(_ names: [String]?) -> Bool {
    let state = (present, seed, counts)
    var isChanged = false
    defer { if isChanged { before.append(state) } }
    for round in 0... {
      let stale = allStale()
      let targets = (names ?? Array(present.keys)).compactMap { present[$0] }
        .filter { stale.contains($0) }
      if targets.isEmpty { return true }
      if round == 5 { return false }
      var path: Set<Int> = []
      var fine: Set<Int> = []
      guard !targets.contains(where: { isCircular($0, stale, &path, &fine) }) else { return false }
      let runs = Set(fine.map { versions[$0].statement })
      if Set(runs.map { ran[$0].typed }).count < runs.count { return false }
      renew(targets, stale)
      isChanged = true
    }
    return true
  }

  /// What is read by the statement of a version when it runs again.
  private func newInputs(of version: Int) -> [String: Int] {
    ran[versions[version].statement].reads.mapValues { read in
      replacement(of: read, seenBy: version) ?? read
    }
  }

  private func isCircular(
    _ version: Int, _ stale: Set<Int>, _ path: inout Set<Int>, _ fine: inout Set<Int>
  ) -> Bool {
    guard stale.contains(version), !fine.contains(version) else { return false }
    guard path.insert(version).inserted else { return true }
    defer { path.remove(version) }
    for input in newInputs(of: version).values where isCircular(input, stale, &path, &fine) {
      return true
    }
    fine.insert(version)
    return false
  }

  private mutating func renew(_ targets: [Int], _ stale: Set<Int>) {
    let old = present
    let inputs = versions.indices.map { newInputs(of: $0) }
    var renewed: [Int: Int] = [:]
    func renew(_ version: Int, _ model: inout SessionModel) -> Int {
      if let known = renewed[version] { return known }
      guard stale.contains(version) else { return version }
      let run = model.ran[model.versions[version].statement]
      let read = inputs[version].mapValues { renew($0, &model) }
      if let known = renewed[version] { return known }
      let now = old.mapValues { renewed[$0] ?? $0 }
      model.perform(
        run.statement.uninterrupted, now.merging(read) { $1 }, run.key, run.count, typed: run.typed)
      for (name, made) in run.made {
        if let new = model.ran[model.ran.count - 1].made[name] { renewed[made] = new }
      }
      return renewed[version] ?? version
    }
    for version in targets.sorted() { _ = renew(version, &self) }
    present = old.mapValues { renewed[$0] ?? $0 }
  }
}
