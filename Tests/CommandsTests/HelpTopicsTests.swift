import Interpreter
import Language
import Text
import SVMEngine
import Testing

@testable import Commands

/// What `help` says of the names of the engine's catalogs.
@Suite struct HelpTopicsTests {
  /// A name of a catalog, and what its help must say.
  typealias Known = (
    name: String, formula: String, options: [OptionDescription], reference: String, isDrawn: Bool
  )

  private static func entries<Product>(
    of catalog: Catalog<Product>, isDrawn: (CatalogEntry<Product>) -> Bool
  ) -> [Known] {
    catalog.entries.map { ($0.name, $0.formula, $0.options, $0.reference, isDrawn($0)) }
  }

  private static let known: [Known] =
    entries(of: LossCatalog.catalog) { _ in true }
    + entries(of: ReductionCatalog.catalog) { _ in true }
    + entries(of: PenaltyCatalog.catalog) { $0.name != "none" }
    + entries(of: SolverCatalog.catalog) { _ in false }
    + entries(of: ScheduleCatalog.catalog) { $0.name != "constant" }

  /// The names of which something is drawn: a solver may have the name of a schedule.
  private static let drawn = Set(known.filter { $0.isDrawn }.map { $0.name })

  private func help(_ name: String, _ display: Display = Display()) throws -> StyledText {
    try Help.text(about: name, in: TestSession(display: display).session)
  }

  /// The words alone: folding and layout are for the width.
  private func words(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  @Test func everyNameHasItsFormulaOptionsReferenceAndPlot() throws {
    for known in Self.known {
      for width in [40, 60, 80, 200] {
        let text = words(try help(known.name, Display(width: width)).plain)
        #expect(!known.formula.isEmpty && text.contains(words(known.formula)), "\(known.name)")
        for option in known.options {
          #expect(text.contains("\(option.name)="), "\(known.name) \(option.name)")
          #expect(text.contains(words(option.summary)), "\(known.name) \(option.name)")
          #expect(text.contains(option.range.description), "\(known.name) \(option.name)")
        }
        #expect(text.contains(words(known.reference)), "\(known.name)")
        #expect(text.contains("┤") == Self.drawn.contains(known.name), "\(known.name)")
      }
    }
  }

  @Test func theDefaultsOfWhatIsDrawnAreSaid() throws {
    for entry in LossCatalog.catalog.entries {
      let text = words(try help(entry.name).plain)
      for option in entry.options {
        let value = option.defaultValue.map { NumberText.short($0) } ?? ""
        #expect(text.contains("\(option.name) = \(value)"), "\(entry.name) \(option.name)")
      }
      if case .margin = try entry.make(given: [:]) { #expect(text.contains("margin a")) }
    }
    #expect(try help("l2").plain.contains("for reg = 1."))
    #expect(try help("elastic-net").plain.contains("for l1 = 1 and l2 = 1."))
    #expect(words(try help("hinge").plain).contains("At a = 1 φ has no derivative"))
    #expect(words(try help("ramp").plain).contains("At a = -1 and 1 φ has no derivative"))
    #expect(!(try help("squared-hinge").plain.contains("no derivative")))
  }

  /// The couplings that LIBLINEAR's paper and Weston and Watkins' dual have, and pinball's slope
  /// beyond the margin, which a maximum over classes makes a loss that is not convex.
  @Test func whatSolversRelyOn() throws {
    let hinge = words(try help("hinge").plain)
    #expect(hinge.contains("Convex, and never rises."))
    #expect(hinge.contains("`dual` with every reduction"))
    #expect(hinge.contains("`newton` with `one-vs-rest` and `binary`"))
    let pinball = words(try help("pinball").plain)
    #expect(pinball.contains("Convex, and rises again."))
    #expect(!pinball.contains("with every reduction"))
    let ramp = words(try help("ramp").plain)
    #expect(ramp.contains("Not convex.") && !ramp.contains("`dual`"))
  }

  @Test func everyNameFitsTheWidth() throws {
    for known in Self.known {
      for width in [40, 60, 80, 100] {
        for canvas in Display.Canvas.allCases {
          let text = try help(known.name, Display(width: width, canvas: canvas)).plain
          for line in text.split(separator: "\n") {
            #expect(DisplayWidth.of(line) <= width, "\(known.name) at \(width): \(line)")
          }
        }
      }
    }
  }

  @Test func colorsAppearOnlyWhereThereAreSome() throws {
    for known in Self.known {
      for canvas in Display.Canvas.allCases {
        let text = try help(known.name, Display(canvas: canvas))
        #expect(!text.rendered(color: false).contains("\u{1B}"), "\(known.name)")
      }
      let colored = try help(known.name, Display(color: .indexed)).rendered(color: true)
      #expect(colored.contains("\u{1B}[38;5;") == Self.drawn.contains(known.name), "\(known.name)")
    }
  }

  /// The rows of the plot of a help text, the axis cut off, in the marks of ASCII.
  private func plotted(_ name: String) throws -> [String] {
    try help(name, Display(canvas: .ascii)).plain.split(separator: "\n").map(String.init)
      .filter { $0.contains("|") || $0.contains(" +") }
  }

  /// φ′ of the hinge goes from −1 to 0 at once: no column has a mark between the two levels.
  @Test func theDerivativeJumpsAtTheKink() throws {
    let rows = try plotted("hinge").map { Array($0) }
    let marked = rows.indices.filter { rows[$0].contains("x") }
    #expect(marked.count == 2, "\(rows.map { String($0) })")
    for (upper, lower) in zip(marked, marked.dropFirst()) {
      for row in (upper + 1)..<lower { #expect(!rows[row].contains("x")) }
    }
    // The count of violations of three classes: −2, −1, 0.
    let steps = try plotted("weston-watkins").filter { $0.contains("x") }
    #expect(steps.count == 3, "\(steps)")
  }

  @Test func aNameOfASolverAndAScheduleIsExplainedTwice() throws {
    let catalog = Vocabulary(
      commands: [], functions: [],
      topics: [
        HelpTopic("pegasos", group: "solvers", summary: "One."),
        HelpTopic("pegasos", group: "schedules", summary: "Two."),
      ])
    let text = try Help.text(about: "pegasos", in: Session(catalog: catalog)).plain
    #expect(text.contains("One.") && text.contains("Two."))
  }
}
