import Datasets
import Interpreter
import Text
import SVMEngine

/// The result of `tune`: a row for each combination of options.
struct TuningTable: ObjectValue {
  /// An option of which several values were tried.
  struct Varied {
    /// Its spelling in commands.
    var name: String
    /// Its value in each row.
    var values: [Value]
    /// The values that were tried, in the order given.
    var choices: [Value]
  }

  let result: Tuning.Result
  let varied: [Varied]

  var typeName: String { "table" }
  var shapeText: String { "of \(result.members.count)" }
  var memoryBytes: Int {
    result.members.count * 64 + (result.model?.memoryBytes ?? 0)
      + (result.state?.memoryBytes ?? 0)
  }
  var fieldNames: [String] {
    varied.map(\.name.replacingDashes)
      + ["train_accuracy", "val_accuracy", lossName, "best", "model"]
  }
  /// The name of the column of last losses; another name where the option `loss` was varied.
  private var lossName: String { varied.contains { $0.name == "loss" } ? "last_loss" : "loss" }
  /// Without the options that were varied.
  static let outline = Outline(
    "table", fields: ["train_accuracy", "val_accuracy", "loss", "best", "model"],
    parts: ["model": LinearClassifier.outline])
  var objectFieldNames: [String] { result.model == nil ? [] : ["model"] }

  func field(_ name: String) throws -> Value {
    if let option = varied.first(where: { $0.name.replacingDashes == name }) {
      let numbers = option.values.compactMap { value -> Double? in
        if case .number(let number) = value { number } else { nil }
      }
      return numbers.count == option.values.count ? .vector(numbers) : .list(option.values)
    }
    switch name {
    case "train_accuracy": return .vector(result.members.map { $0.trainingAccuracy ?? .nan })
    case "val_accuracy": return .vector(accuracies)
    case lossName: return .vector(result.members.map { $0.loss ?? .nan })
    case "best":
      guard let best = result.best else { throw noModel }
      return .number(Double(best))
    case "model":
      guard let model = result.model else { throw noModel }
      return .object(model)
    default: return .none
    }
  }

  private var noModel: Failure {
    result.wasInterrupted
      ? Failure("no combination has a model yet: it was interrupted", help: "`resume` goes on")
      : Failure(
        "no combination has a model: every run diverged", help: "take smaller values of lr")
  }

  /// The validation accuracy of each row; nan where it has none.
  var accuracies: [Double] { result.members.map { $0.validationAccuracy ?? .nan } }

  func report(on display: Display) -> Report { Report(table(on: display)) }

  private func table(on display: Display) -> TextTable {
    var table = TextTable(
      [.init("")] + varied.map { .init($0.name) }
        + [
          .init(lossName == "loss" ? "loss" : "last loss"), .init("train acc"),
          .init("val acc", isEssential: true), .init("", .left, isEssential: true),
        ])
    for (i, member) in result.members.enumerated() {
      let isBest = i == result.best
      var cells = [TextTable.Cell(text: String(i))]
      for option in varied { cells.append(.init(text: option.values[i].briefText(for: display))) }
      cells.append(.init(text: member.loss.map { NumberText.short($0, digits: 4) } ?? "–"))
      cells.append(
        .init(text: member.trainingAccuracy.map { NumberText.fixed($0, places: 4) } ?? "–"))
      cells.append(
        .init(
          text: member.validationAccuracy.map { NumberText.fixed($0, places: 4) } ?? "–",
          style: isBest ? .good : .plain))
      cells.append(note(member, isBest: isBest))
      table.add(cells)
    }
    return table
  }

  private func note(_ member: Tuning.Member, isBest: Bool) -> TextTable.Cell {
    let isShort = member.iterations < member.options.totalIterations
    if isBest {
      return .init(
        text: isShort ? "best, stopped after \(member.iterations)" : "best", style: .good)
    }
    if let divergence = member.divergence {
      return .init(text: "diverged at iteration \(divergence.iteration)", style: .bad)
    }
    if isShort && member.divergence == nil {
      return .init(text: "stopped after \(member.iterations)", style: .bad)
    }
    return .init(text: "")
  }

  /// The columns, for a CSV file.
  var csvColumns: [CSVFile.Column] {
    get throws {
      try varied.map { option in
        CSVFile.Column(
          name: option.name, values: try option.values.map { try $0.text(for: Display()) })
      } + [
        CSVFile.Column(name: lossName, numbers: result.members.map { $0.loss ?? .nan }),
        CSVFile.Column(
          name: "train_accuracy", numbers: result.members.map { $0.trainingAccuracy ?? .nan }),
        CSVFile.Column(name: "val_accuracy", numbers: accuracies),
      ]
    }
  }
}
