import Datasets
import Interpreter
import Text

/// `rename-classes DATA to=NAMES`.
struct RenameClassesCommand: Command {
  static let name = "rename-classes"
  static let summary = "Give classes other names, or join several under one."
  static let discussion = """
    `to=` has a name for each class, in their order, or for each class of `from=`. Classes that \
    get one name become one class, at the place of the first of them.
    """
  static let examples: [Example] = [
    """
    iris = load "iris"
    d = rename-classes iris to=["setosa", "other", "other"]
    print d.classes d.k
    → ["setosa", "other"] 2
    """,
    """
    iris = load "iris"
    d = rename-classes iris from="setosa" to="bristle-pointed iris"
    print d.classes
    → ["bristle-pointed iris", "versicolor", "virginica"]
    """,
  ]
  static let group = CommandGroup.data

  @Operand("A dataset or split.") var data: DataArgument
  @Option(required: "The new names.") var to: [String]
  @Option("The classes that get them; all of them where this is left out.") var from: [String]?

  static func outline(operand: Value?, options: Set<String>) -> Value? { operand }

  func run(in session: Session) throws -> Output {
    let names = try names(of: data.first.classes)
    switch data {
    case .dataset(let dataset):
      let renamed = try dataset.renamingClasses(to: names)
      return Output(.object(renamed), report: report(renamed, session))
    case .split(let split):
      let renamed = try split.map { try $0.renamingClasses(to: names) }
      return Output(.object(renamed), report: report(renamed.train, session))
    }
  }

  private func report(_ data: Dataset, _ session: Session) -> StyledText {
    StyledText(
      TextLayout.labeled("classes ", NameList.text(data.classes), width: session.display.width))
  }

  /// A name for each of these classes.
  private func names(of classes: [String]) throws -> [String] {
    guard let from else { return to }
    guard from.count == to.count else {
      throw Failure(
        "'from' has \(Quantity.count(from.count, "class", plural: "classes")), "
          + "and 'to' \(Quantity.count(to.count, "name"))", parameter: "to")
    }
    var names = classes
    for (old, new) in zip(from, to) {
      guard let place = classes.firstIndex(of: old) else {
        throw Failure(
          "there is no class '\(Escaping.visible(old))'",
          help: Spelling.hint(old, in: classes) ?? "classes: \(NameList.text(classes))",
          parameter: "from")
      }
      names[place] = new
    }
    return names
  }
}
