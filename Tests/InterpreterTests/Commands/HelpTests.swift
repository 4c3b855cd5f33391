import Text
import Language
import Testing

@testable import Interpreter

@Suite struct HelpTests {
  private let session = TestSession().session

  @Test func aVerb() throws {
    #expect(
      try Help.text(about: "fit", in: session).plain == """
        fit DATA [key=value…]
        Fit something.

          DATA  What to fit.

        Options
          loss=hinge      Loss to minimize. One of: hinge squared-hinge none.
          lr=0.001        Step size. Above 0.
          iters=100       Rounds. At least 1.
          class-weights=  Weights of the classes.
          verbose=false   Say more.
          title=          A name.

        Examples
          fit 1 lr=0.5
          #> fit…
        """)
  }

  @Test func everythingFitsTheWidth() throws {
    for topic in [nil] + Help.topics(session.catalog).map(Optional.some) {
      let text = try Help.text(about: topic, in: session)
      #expect(!text.isEmpty)
      for line in text.plain.split(separator: "\n") {
        #expect(DisplayWidth.of(line) <= 80, "\(topic ?? "help"): \(line)")
      }
    }
  }

  @Test func everythingIsListed() throws {
    let text = try Help.text(about: nil, in: session).plain
    for name in Help.topics(session.catalog) { #expect(text.contains(name)) }
  }

  @Test func namesOfTheSession() throws {
    session.runEntry("v = [1, 2]\nfn f(a, b=2) { }")
    #expect(try Help.text(about: "v", in: session).plain.contains("vector of 2"))
    #expect(try Help.text(about: "f", in: session).plain.hasPrefix("f(a, b=2)"))
  }

  @Test func unknown() {
    #expect(throws: Failure.self) { try Help.text(about: "fti", in: session) }
  }
}
