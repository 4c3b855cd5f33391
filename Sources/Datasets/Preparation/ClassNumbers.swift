import LinearAlgebra
import Text

extension Dataset {
  /// The dataset with its labels as numbers of these classes, found by name. Classes that no sample
  /// has need not be among them.
  ///
  /// - Parameter owner: whose classes they are, as in messages: `the model`.
  /// - Throws: `DataError` where a sample is of another class; `Interrupted`.
  public func numbered(by classes: [String], of owner: String) throws -> Dataset {
    guard classes != self.classes else { return self }
    var numbers: [String: Int] = [:]
    for (number, name) in classes.enumerated() { numbers[name] = number }
    let map = self.classes.map { numbers[$0] }
    let counts = classCounts
    let unknown = map.indices.filter { map[$0] == nil && counts[$0] > 0 }.map { self.classes[$0] }
    guard unknown.isEmpty else {
      throw DataError(
        "there are rows of \(unknown.count == 1 ? "the class" : "the classes") "
          + "\(NameList.text(unknown)), which \(owner) does not have",
        help: "it has \(NameList.text(classes)); `rename-classes` gives classes other names")
    }
    return try Dataset(
      features: features,
      labels: try Interruption.map(count, costEach: 1) { map[labels[$0]] ?? 0 }, classes: classes,
      imageShape: imageShape, name: name)
  }

  /// Whether every sample is of one of these classes.
  public func hasOnly(_ classes: [String]) -> Bool {
    let known = Set(classes)
    return zip(self.classes, classCounts).allSatisfy { $1 == 0 || known.contains($0) }
  }

  /// The dataset with a new name for each class. Classes that get one name become one, at the place
  /// of the first of them.
  ///
  /// - Throws: `DataError` where there are more or fewer names than classes; `Interrupted`.
  public func renamingClasses(to names: [String]) throws -> Dataset {
    guard names.count == classCount else {
      throw DataError(
        "there are \(classCount) classes, and \(names.count) names",
        help: "the classes are \(NameList.text(classes))")
    }
    var joined: [String] = []
    let numbers = names.map { name in
      if let known = joined.firstIndex(of: name) { return known }
      joined.append(name)
      return joined.count - 1
    }
    return try Dataset(
      features: features,
      labels: try Interruption.map(count, costEach: 1) { numbers[labels[$0]] }, classes: joined,
      imageShape: imageShape, name: name)
  }
}
