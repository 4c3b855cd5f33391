/// What a chart shows, as data: for programs, and for those who cannot see it.
public indirect enum ChartData: Sendable {
  case number(Double)
  case text(String)
  case numbers([Double])
  case texts([String])
  /// A matrix, row by row.
  case matrix(rows: Int, columns: Int, [Double])
  /// Charts or their parts.
  case list([[Named]])

  /// Data with a name.
  public typealias Named = (name: String, data: ChartData)

  /// Whole numbers.
  static func counts(_ counts: [Int]) -> ChartData { .numbers(counts.map(Double.init)) }
}
