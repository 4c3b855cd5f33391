import LinearAlgebra

extension SplitRule {
  /// The rows of the parts.
  struct Rows {
    /// All rows, in the order in which parts take them.
    private let order: [Int]
    var train: [Int]
    var val: [Int]
    var test: [Int]

    /// The first rows are train's, then come val's and test's.
    init(_ order: [Int], train: Int, val: Int, test: Int) {
      self.order = order
      self.train = Array(order[..<train])
      self.val = Array(order[train..<train + val])
      self.test = Array(order[train + val..<train + val + test])
    }

    /// The parts with whole groups: a group is in the part that the middle of its rows would be in
    /// if groups stood one after the other. So a part is off its size by at most half of the groups
    /// at its two ends.
    ///
    /// - Throws: `DataError` where the groups are not those of the rows, or a part gets none;
    ///   `Interrupted`.
    func whole(_ groups: [Int]) throws -> Rows {
      guard groups.count == order.count else {
        throw DataError(
          "'groups' has \(groups.count) entries, and there are \(order.count) rows to divide")
      }
      var members: [[Int]] = []
      var places: [Int: Int] = [:]
      try Interruption.forEachRange(of: order.count, costEach: 64) { range in
        for row in order[range] {
          if let place = places[groups[row]] {
            members[place].append(row)
          } else {
            places[groups[row]] = members.count
            members.append([row])
          }
        }
      }
      // Twice the rows, so that middles are whole numbers.
      let ends = [train.count, train.count + val.count, train.count + val.count + test.count]
        .map { 2 * $0 }
      var parts: [[Int]] = [[], [], [], []]
      var start = 0
      for rows in members {
        let middle = 2 * start + rows.count
        parts[ends.firstIndex { middle < $0 } ?? 3] += rows
        start += rows.count
      }
      let asked = [("train", train.count), ("val", val.count), ("test", test.count)]
      for (i, (name, count)) in asked.enumerated() where count > 0 && parts[i].isEmpty {
        throw DataError(
          "no group fits into \(name): the largest of the \(members.count) groups has "
            + "\(members.map(\.count).max() ?? 0) rows, and \(name) asks for \(count)")
      }
      var result = self
      (result.train, result.val, result.test) = (parts[0], parts[1], parts[2])
      return result
    }
  }
}
