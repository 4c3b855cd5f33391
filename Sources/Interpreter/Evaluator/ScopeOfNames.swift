import Language

/// The names that have a slot where an expression stands, for the resolver.
struct ScopeOfNames {
  /// What a scope belongs to.
  enum Kind { case topLevel, function, functionExpression }

  /// A name with its slot.
  struct Local {
    enum Kind {
      /// A parameter, a name that the function assigns, or one of a comprehension.
      case own
      /// A value from the function around.
      case captured
      /// The value of a variable of the session.
      case capturedVariable
    }
    var slot: Int
    var kind: Kind
  }

  let kind: Kind
  /// By name.
  var slots: [String: Local] = [:]
  /// The values that a function expression takes from the scope around it.
  var captures: [FunctionExpressionNode.Capture] = []
  /// The number of slots.
  private(set) var count = 0

  init(_ kind: Kind, parameters: [FunctionParameter] = []) {
    self.kind = kind
    for parameter in parameters where slots[parameter.name] == nil {
      _ = add(parameter.name, .own)
    }
  }

  /// A slot without a name.
  mutating func addSlot() -> Int {
    count += 1
    return count - 1
  }

  /// A new slot for a name.
  mutating func add(_ name: String, _ kind: Local.Kind) -> Local {
    let local = Local(slot: addSlot(), kind: kind)
    slots[name] = local
    return local
  }
}
