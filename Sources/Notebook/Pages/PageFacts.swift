/// What a page says of how it was made. No date is among it: the same script makes the same bytes.
public struct PageFacts: Sendable {
  /// The program's version.
  public var version: String
  /// The variant of the innermost loops, of which the last digits may be another's.
  public var kernel: String

  /// Facts of a page.
  public init(version: String, kernel: String) {
    self.version = version
    self.kernel = kernel
  }
}
