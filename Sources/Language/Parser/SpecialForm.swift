/// The verbs whose operands are expressions or statements: their grammar is the parser's.
public enum SpecialForm: String, Sendable, CaseIterable {
  case param, expect, timeit, print, forget
}
