/// The store of results that can be made again, which all runs of the program share.
public enum Cache {
  /// The bytes that it may take where nothing else is said.
  public static let usualLimit = 1_000_000_000

  /// The variable of the environment that says how many bytes it may take.
  public static let limitVariable = "SVMREPL_CACHE_LIMIT"

  /// A text that is no size.
  public struct InvalidLimit: Error, Sendable, Equatable {
    /// The text.
    public let text: String
  }

  /// The cache, as the environment has it.
  ///
  /// - Parameter report: called once where it can't be used.
  /// - Throws: `InvalidLimit`.
  public static func store(
    environment: (String) -> String?, report: @escaping @Sendable (StoreTrouble) -> Void
  ) throws(InvalidLimit) -> Store {
    Store(
      folder: Folder.cache(environment: environment), limit: try limit(environment: environment),
      report: report)
  }

  /// The bytes that it may take: `SVMREPL_CACHE_LIMIT`, a number with `k`, `M`, `G` or `T` for
  /// powers of 1000, else 1 GB.
  private static func limit(environment: (String) -> String?) throws(InvalidLimit) -> Int {
    guard let text = environment(limitVariable), !text.isEmpty else { return usualLimit }
    var digits = text[...]
    if digits.last == "B" { digits.removeLast() }
    let units: [Character: Int] = ["k": 1, "K": 1, "M": 2, "G": 3, "T": 4]
    var factor = 1
    if let power = digits.last.flatMap({ units[$0] }) {
      digits.removeLast()
      for _ in 0..<power { factor *= 1000 }
    }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits) else {
      throw InvalidLimit(text: text)
    }
    let (limit, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? Int.max : limit
  }
}
