import Datasets
import Interpreter
import LinearAlgebra
import Text

/// `synth KIND`.
struct SynthCommand: Command {
  static let name = "synth"
  static let summary = "Make data, for trying things."
  static let discussion = """
    `blobs` are normal clouds, one to a class; `moons` two half circles that hold each other; \
    `images` small color pictures, one pattern to a class, of d×d pixels.
    """
  static let examples: [Example] = [
    """
    d = synth blobs n=60 d=2 classes=3 seed=1
    print d.n d.d d.k
    → 60 2 3
    """
  ]
  static let group = CommandGroup.data

  @Operand("What to make.", choices: Synthetic.kinds) var kind: String
  @Option("Samples in all.", .atLeastOne) var n: Int?
  @Option("Features; the side of a picture.", .atLeastOne) var d: Int?
  @Option("Classes.", .atLeastOne) var classes: Int?
  @Option("Deviation of the noise.", .nonNegative) var noise: Double?
  @Option("Seed of its own, in the place of the statement's stream.") var seed: SeedArgument?

  static func outline(operand: Value?, options: Set<String>) -> Value? { .object(Dataset.outline) }

  func run(in session: Session) throws -> Output {
    let stream =
      seed.map { RandomStream(seed: $0.seed, key: "synth", count: 0) }
      ?? session.random.child("synth")
    let data = try Synthetic.make(
      kind: kind, n: n, d: d, classes: classes, noise: noise, stream: stream)
    var text = StyledText("made \(data.name): \(data.sizeText(on: session.display))")
    text.appendLine("  \(data.storageText)")
    text.appendLine(TextLayout.labeled("  ", data.classCountText, width: session.display.width))
    return Output(.object(data), report: text)
  }
}
