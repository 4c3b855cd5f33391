import Datasets
import Language
import LinearAlgebra
import Text

/// What `describe` says of a dataset.
struct DatasetReport {
  let display: Display
  /// Whether the classes are shown as bars, and the features in a table.
  let showsBars: Bool

  /// The largest number of classes and features that get a line each.
  private static let mostLines = 20

  init(_ display: Display, showsBars: Bool) {
    (self.display, self.showsBars) = (display, showsBars)
  }

  /// Size, storage, classes, values, and what may surprise.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  func text(_ data: Dataset, title: String) throws -> StyledText {
    var text = StyledText(Escaping.visible(title), .heading)
    text.append(": \(data.sizeText(on: display))")
    text.appendLine("  storage   \(data.storageText)")
    if let shape = data.imageShape {
      text.appendLine("  pictures  \(shape.map(String.init).joined(separator: "×"))")
    }
    text.appendLine(labeled("classes", data.classCountText))
    if showsBars, data.count > 0, (2...Self.mostLines).contains(data.classCount) {
      text.appendLine(bars(data))
    }
    guard data.count > 0, data.features.columns > 0 else { return text }
    let survey = try DataSurvey(data)
    let statistics = survey.statistics
    let low = statistics.minimum.min() ?? .nan
    let high = statistics.maximum.max() ?? .nan
    let known = statistics.mean.filter { !$0.isNaN }
    let mean = known.isEmpty ? Double.nan : known.reduce(0, +) / Double(known.count)
    text.appendLine(
      labeled(
        data.features.preparation.leavesColumns ? "values" : "raw",
        "min \(NumberText.short(low)), mean \(NumberText.short(mean)), "
          + "max \(NumberText.short(high))"))
    if showsBars, data.imageShape == nil, data.features.rawColumns <= Self.mostLines,
      data.features.rawColumns > 1
    {
      text.appendLine(table(data, statistics))
    }
    for line in surprises(data, survey) { text.appendLine(line) }
    return text
  }

  /// A line for each part whose rows are in train, too.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`.
  static func sharedRows(of split: Split) throws -> [String] {
    try split.parts.filter { $0.name != "train" && $0.name != "dev" }.compactMap { name, data in
      let shared = try split.rowsOfTrain(in: data)
      guard shared > 0 else { return nil }
      return "\(Quantity.count(shared, "row")) of \(name) "
        + (shared == 1 ? "is" : "are") + " in train, too"
    }
  }

  private func labeled(_ label: String, _ text: String) -> String {
    let padded = TextLayout.leftAligned(label, in: 10)
    return TextLayout.labeled("  \(padded)", text, width: display.width)
  }

  /// A bar for each class, as long as its share of the largest one.
  private func bars(_ data: Dataset) -> StyledText {
    let counts = data.classCounts
    let most = max(1, counts.max() ?? 1)
    var table = TextTable([.init("", .left), .init("", .left), .init(""), .init("")])
    for (name, count) in zip(data.classes, counts) {
      let halves = (count * 40 + most / 2) / most
      let bar =
        display.isASCII
        ? String(repeating: "#", count: (halves + 1) / 2)
        : String(repeating: "█", count: halves / 2) + (halves % 2 == 1 ? "▌" : "")
      table.add([
        Escaping.visible(name), bar, NumberText.grouped(count),
        NumberText.percent(Double(count) / Double(data.count), places: 1),
      ])
    }
    return table.text(indent: 4, width: display.width)
  }

  /// A line for each raw feature.
  private func table(_ data: Dataset, _ statistics: ColumnStatistics) -> StyledText {
    let missing = statistics.nanCount.contains { $0 > 0 }
    var table = TextTable(
      [
        .init("feature", .left), .init("min"), .init("mean"), .init("max"), .init("deviation"),
      ] + (missing ? [.init("missing")] : []))
    for j in statistics.mean.indices {
      let name = data.columns.map { Escaping.visible($0[j]) } ?? String(j)
      let numbers = [
        statistics.minimum[j], statistics.mean[j], statistics.maximum[j],
        statistics.variance[j].squareRoot(),
      ].map { NumberText.compact($0) }
      table.add(
        [name] + numbers + (missing ? [NumberText.grouped(statistics.nanCount[j])] : []))
    }
    return table.text(indent: 4, width: display.width)
  }

  private func surprises(_ data: Dataset, _ survey: DataSurvey) -> [String] {
    var lines: [String] = []
    func names(_ columns: [Int]) -> String {
      NameList.text(columns.map { data.featureTitle($0) }, atMost: 6)
    }
    let counts = survey.statistics.nanCount
    let missing = counts.indices.filter { counts[$0] > 0 }
    if !missing.isEmpty {
      let all = missing.reduce(0) { $0 + counts[$1] }
      lines.append(
        labeled(
          "missing",
          "\(Quantity.count(all, "value")) in \(Quantity.count(missing.count, "feature")): "
            + names(missing)))
    }
    if !survey.constant.isEmpty {
      lines.append(
        labeled(
          "constant",
          "\(Quantity.count(survey.constant.count, "feature")) with one value only: "
            + names(survey.constant)))
    }
    if !survey.duplicates.isEmpty {
      let pairs = survey.duplicates.map {
        "\(data.featureTitle($0.column)) = \(data.featureTitle($0.original))"
      }
      lines.append(
        labeled(
          "equal",
          "\(Quantity.count(pairs.count, "feature")) the same as another one: "
            + NameList.text(pairs, atMost: 4)))
    }
    if survey.repeatedRows > 0 {
      var text = "\(Quantity.count(survey.repeatedRows, "row")) the same as an earlier one"
      if survey.contradictoryRows > 0 {
        text += ", \(NumberText.grouped(survey.contradictoryRows)) with another label"
      }
      lines.append(labeled("repeated", text))
    }
    if !survey.outliers.isEmpty {
      let all = survey.outliers.reduce(0) { $0 + $1.count }
      let worst = survey.outliers.sorted { ($1.count, $0.column) < ($0.count, $1.column) }
      lines.append(
        labeled(
          "outliers",
          "\(Quantity.count(all, "value")) more than "
            + "\(NumberText.short(DataSurvey.outlierDeviations)) deviations from the mean: "
            + NameList.text(
              worst.map { "\(data.featureTitle($0.column)) \(NumberText.grouped($0.count))" },
              atMost: 6)))
    }
    return lines
  }
}
