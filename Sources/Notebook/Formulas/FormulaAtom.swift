/// An element with the part that it plays in its row, on which the space around it depends (Knuth,
/// The TeXbook, chapter 18).
struct FormulaAtom {
  /// The parts.
  enum Class {
    case ordinary, binary, relation, opening, closing, punctuation
    /// A word such as `log`, with a thin space beside letters.
    case function
    /// A sign such as ∑.
    case largeOperator
    /// `|`, which opens where nothing precedes it, else closes.
    case bar
    /// A gap, which counts as nothing.
    case space
  }

  var element: MathElement
  var kind: Class
  /// Whether scripts stand below and above it.
  var takesLimits = false

  /// Elements of a row, with signs as unary or binary, and spaces at functions.
  ///
  /// - Parameters:
  ///   - isScript: Whether the row is an index or exponent, where signs stand close.
  ///   - follows: Whether the row goes on after another: a sign at its start is not unary.
  static func row(
    _ atoms: [FormulaAtom], isScript: Bool, follows: Bool = false
  ) -> [MathElement] {
    var elements: [MathElement] = []
    // Nil where a sign would be unary.
    var before: Class? = follows ? .ordinary : nil
    for (i, atom) in atoms.enumerated() {
      var element = atom.element
      var kind = atom.kind
      if kind == .binary {
        let next = atoms[(i + 1)...].first { $0.kind != .space }?.kind
        if before == nil || before == .function || before == .largeOperator {
          kind = .ordinary
          element.setOperator("form", "prefix")
        } else if next == nil || next == .relation || next == .closing || next == .punctuation {
          // `x^+`, `(a+)`: a mark and no operation.
          kind = .ordinary
          element.setOperator("form", "postfix")
        }
      }
      if kind == .bar { kind = before == nil ? .opening : .closing }
      if isScript, kind == .binary || kind == .relation || kind == .punctuation {
        element.setOperator("lspace", "0")
        element.setOperator("rspace", "0")
      }
      if needsSpace(before, kind) { elements.append(.space("0.1667em")) }
      elements.append(element)
      switch kind {
      case .space: continue
      case .binary, .relation, .opening, .punctuation: before = nil
      default: before = kind
      }
    }
    return elements
  }

  private static func needsSpace(_ before: Class?, _ kind: Class) -> Bool {
    switch (before, kind) {
    case (.ordinary, .function), (.closing, .function), (.function, .function),
      (.function, .ordinary), (.function, .largeOperator):
      true
    default: false
    }
  }
}

extension MathElement {
  /// Sets an attribute of the operator that the element is, or that it has scripts at.
  mutating func setOperator(_ attribute: String, _ value: String) {
    if name == "mo" {
      attributes.removeAll { $0.name == attribute }
      attributes.append((attribute, value))
    } else if case .children(var children) = content, !children.isEmpty, name.hasPrefix("m") {
      children[0].setOperator(attribute, value)
      content = .children(children)
    }
  }
}
