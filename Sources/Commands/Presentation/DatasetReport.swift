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
  func report(_ data: Dataset, title: String) throws -> Report {
    var text = Report(Escaping.visible(title), .heading)
    text.append(": \(data.sizeText(on: display))")
    text.append(label: "storage", text: data.storageText)
    if let shape = data.imageShape {
      text.append(label: "pictures", text: shape.map(String.init).joined(separator: "×"))
    }
    text.append(label: "classes", text: data.classCountText)
    if showsBars, data.count > 0, (2...Self.mostLines).contains(data.classCount) {
      text.append(bars(data), indent: 4)
    }
    guard data.count > 0, data.features.columns > 0 else { return text }
    let survey = try DataSurvey(data)
    let statistics = survey.statistics
    let low = statistics.minimum.min() ?? .nan
    let high = statistics.maximum.max() ?? .nan
    let known = statistics.mean.filter { !$0.isNaN }
    let mean = known.isEmpty ? Double.nan : known.reduce(0, +) / Double(known.count)
    text.append(
      label: data.features.preparation.leavesColumns ? "values" : "raw",
      text: "min \(NumberText.short(low)), mean \(NumberText.short(mean)), "
        + "max \(NumberText.short(high))")
    if showsBars, data.imageShape == nil, data.features.rawColumns <= Self.mostLines,
      data.features.rawColumns > 1
    {
      text.append(table(data, statistics), indent: 4)
    }
    for (label, line) in surprises(data, survey) { text.append(label: label, text: line) }
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

  /// A bar for each class, as long as its share of the largest one.
  private func bars(_ data: Dataset) -> TextTable {
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
    return table
  }

  /// A line for each raw feature.
  private func table(_ data: Dataset, _ statistics: ColumnStatistics) -> TextTable {
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
    return table
  }

  private func surprises(
    _ data: Dataset, _ survey: DataSurvey
  ) -> [(label: String, text: String)] {
    var lines: [(label: String, text: String)] = []
    func names(_ columns: [Int]) -> String {
      NameList.text(columns.map { data.featureTitle($0) }, atMost: 6)
    }
    let counts = survey.statistics.nanCount
    let missing = counts.indices.filter { counts[$0] > 0 }
    if !missing.isEmpty {
      let all = missing.reduce(0) { $0 + counts[$1] }
      lines.append(
        (
          "missing",
          "\(Quantity.count(all, "value")) in \(Quantity.count(missing.count, "feature")): "
            + names(missing)
        ))
    }
    if !survey.constant.isEmpty {
      lines.append(
        (
          "constant",
          "\(Quantity.count(survey.constant.count, "feature")) with one value only: "
            + names(survey.constant)
        ))
    }
    if !survey.duplicates.isEmpty {
      let pairs = survey.duplicates.map {
        "\(data.featureTitle($0.column)) = \(data.featureTitle($0.original))"
      }
      lines.append(
        (
          "equal",
          "\(Quantity.count(pairs.count, "feature")) the same as another one: "
            + NameList.text(pairs, atMost: 4)
        ))
    }
    if survey.repeatedRows > 0 {
      var text = "\(Quantity.count(survey.repeatedRows, "row")) the same as an earlier one"
      if survey.contradictoryRows > 0 {
        text += ", \(NumberText.grouped(survey.contradictoryRows)) with another label"
      }
      lines.append(("repeated", text))
    }
    if !survey.outliers.isEmpty {
      let all = survey.outliers.reduce(0) { $0 + $1.count }
      let worst = survey.outliers.sorted { ($1.count, $0.column) < ($0.count, $1.column) }
      lines.append(
        (
          "outliers",
          "\(Quantity.count(all, "value")) more than "
            + "\(NumberText.short(DataSurvey.outlierDeviations)) deviations from the mean: "
            + NameList.text(
              worst.map { "\(data.featureTitle($0.column)) \(NumberText.grouped($0.count))" },
              atMost: 6)
        ))
    }
    return lines
  }
}
