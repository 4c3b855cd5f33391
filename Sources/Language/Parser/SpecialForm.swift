/// The verbs whose operands are expressions or statements; the parser knows their grammar.
public enum SpecialForm: String, Sendable, CaseIterable {
  case param, expect, timeit, print, forget
}
