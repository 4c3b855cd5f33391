/// A formula in the TeX that people write between `$` signs, as MathML, which browsers show without
/// scripts and fonts of their own.
///
/// What the translator does not know is refused, with its place: a formula is shown as meant or as
/// its source, never as something else.
public struct Formula: Sendable {
  /// Why a formula can't be shown.
  public struct Trouble: Error, Equatable {
    /// One sentence without a full stop.
    public var message: String
    /// A way out, where one is known.
    public var help: String?
    /// Its place, in UTF-8 bytes of the source.
    public var offset: Int
  }

  /// The source.
  public let tex: String
  private let elements: [MathElement]

  /// Reads a formula, without the signs around it.
  ///
  /// - Throws: A `Trouble` where it holds what is not known.
  public init(_ tex: String) throws(Trouble) {
    self.tex = tex
    var parser = FormulaParser(tex)
    elements = try parser.formula()
  }

  /// The `math` element: in a line, or on a line of its own. It holds the source, too, for those
  /// who copy it or hear it read.
  public func markup(isDisplay: Bool) -> String {
    let source = MathElement("annotation", tex, ["encoding": "application/x-tex"])
    let semantics = MathElement("semantics", [MathElement("mrow", elements), source])
    var math = MathElement("math", [semantics])
    if isDisplay { math.attributes = [("display", "block")] }
    return math.markup
  }
}
