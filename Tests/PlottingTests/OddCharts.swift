@testable import Plotting

/// Data that charts must take as they come.
private let nasty: [[Double]] = [
  [], [1], [.nan], [.nan, .nan, 2], [3, 3, 3, 3], [0, 0], [.infinity, 1, -.infinity],
  [-1, 0, 1], [1e300, -1e300, 0], [.greatestFiniteMagnitude, -.greatestFiniteMagnitude],
  [.leastNonzeroMagnitude, .leastNonzeroMagnitude], [1e-300, .leastNormalMagnitude],
  [1e16, 1e16 + 2, 1e16 + 4], (0..<300).map { Double(($0 * 7919) % 1000) / 10 },
  (0..<300).map { $0 % 5 == 0 ? .nan : Double($0) },
]

private let nastyNames: [[String]] = [
  [], ["a"], ["", ""], ["日本語の名前はとても長い", "b"],
  ["tab\there", "\u{1B}[31mred", "x\ny", "e\u{301}"],
  (0..<12).map { "a rather long name of class number \($0)" }, (0..<100).map { "c\($0)" },
]

/// Every kind of chart over data of every kind.
enum OddCharts {
  static var all: [(name: String, chart: any Chart)] {
    var all: [(name: String, chart: any Chart)] = []
    for (index, values) in nasty.enumerated() {
      let order = values.indices.map(Double.init)
      let back = Array(values.reversed())
      all += [
        ("line \(index)", LineChart([Series(x: order, y: values)])),
        (
          "lines \(index)",
          LineChart([
            Series(name: "one", x: values, y: back), Series(x: order + [9], y: back),
            Series(name: "three", x: [], y: values),
          ])
        ),
        ("scatter \(index)", ScatterChart(x: values, y: back)),
        (
          "groups \(index)",
          ScatterChart(
            x: values, y: order, groups: values.indices.map { $0 % 2 == 0 ? .min : $0 % 40 },
            groupNames: ["first", "second"])
        ),
        ("histogram \(index)", Histogram(values)),
        ("bars \(index)", BarChart(labels: values.prefix(40).map { "\($0)" }, values: values)),
        ("row \(index)", Heatmap(rows: 1, columns: values.count, values: values)),
        ("square \(index)", Heatmap(rows: 3, columns: 2, values: values, showsValues: true)),
        ("map \(index)", Heatmap(rows: 60, columns: 50, values: values, showsValues: false)),
        ("boundless \(index)", Heatmap(rows: .max, columns: .max, values: values)),
        ("negative \(index)", Heatmap(rows: -1, columns: 3, values: values)),
        (
          "picture \(index)",
          ImageGrid(rows: [
            TitledPictures(
              title: "p", pictures: [Picture(height: 3, width: 4, channels: 1, pixels: values)])
          ])
        ),
        (
          "pictures \(index)",
          ImageGrid(
            columns: (0..<index).map { group in
              TitledPictures(
                title: "group \(group)",
                pictures: (0..<(group % 4)).map {
                  Picture(height: 8 * $0, width: 5 + group, channels: 3, pixels: values)
                })
            })
        ),
      ]
    }
    for bins in [.min, 0, 1, .max] {
      all.append(("histogram of \(bins) bins", Histogram([1, 2, .nan, 4, 9], bins: bins)))
    }
    for (index, names) in nastyNames.enumerated() {
      let size = names.count
      let counts = (0..<size * size).map { $0 % 7 == 0 ? 1000 : $0 % 3 }
      let values = (0..<size * size).map { Double($0) / 7 }
      all += [
        ("confusion \(index)", ConfusionChart(counts: counts, classes: names)),
        ("short confusion \(index)", ConfusionChart(counts: [.max, .min, .max], classes: names)),
        ("named bars \(index)", BarChart(labels: names, values: values)),
        (
          "named map \(index)",
          Heatmap(
            rows: size, columns: size, values: values, rowLabels: names, columnLabels: names)
        ),
        (
          "named lines \(index)",
          LineChart(names.map { Series(name: $0, x: [1, 2], y: [3, 4]) })
        ),
        (
          "rows \(index)",
          ImageGrid(
            rows: names.prefix(12).map {
              TitledPictures(
                title: $0,
                pictures: Array(
                  repeating: Picture(height: 2, width: 2, channels: 1, pixels: [1, 99, 199, 255]),
                  count: 30))
            })
        ),
      ]
    }
    all.append(
      (
        "strips",
        ImageGrid(columns: [
          TitledPictures(
            title: "high", pictures: [Picture(height: 70_000, width: 1, channels: 1, pixels: [1])]),
          TitledPictures(
            title: "wide", pictures: [Picture(height: 1, width: 70_000, channels: 1, pixels: [1])]),
        ])
      ))
    return all
  }
}
