import Text
import Language

extension Value {
  /// The value of a field.
  ///
  /// - Throws: A `Failure` where there is no such field; the errors of making its value.
  public func field(_ name: String) throws -> Value {
    switch self {
    case .object(let box):
      if box.object.fieldNames.contains(name) { return try box.object.field(name) }
      throw Failure(
        "\(article(typeName)) has no field '\(name)'",
        help: Spelling.hint(name, in: box.object.fieldNames, all: "fields"))
    case .array(let array):
      switch name {
      case "T": return try Arithmetic.transpose(array)
      case "shape":
        return array.rank == 1
          ? .vector([Double(array.columns)]) : .vector([Double(array.rows), Double(array.columns)])
      case "size": return .number(Double(array.count))
      default:
        let isMethod = Methods.ofArrays.contains(name)
        throw Failure(
          "\(article(typeName)) has no field '\(name)'",
          help: isMethod ? "it is called: `.\(name)()`" : "fields: .T .shape .size")
      }
    case .dictionary(let box) where box.value(of: .string(name)) != nil:
      throw Failure("a dictionary has no fields", help: "write `[\"\(name)\"]`")
    default:
      throw Failure("\(article(typeName)) has no fields")
    }
  }

  /// The value of a field, in the form that the session's settings ask for.
  ///
  /// - Throws: as `field(name)`.
  func field(_ name: String, in session: Session) throws -> Value {
    if case .object(let box) = self, box.object.fieldNames.contains(name) {
      return try box.object.field(name, in: session)
    }
    return try field(name)
  }

  /// The names of the value's fields.
  public var fieldNames: [String] {
    switch self {
    case .object(let box): box.object.fieldNames
    case .array: ["T", "shape", "size"]
    default: []
    }
  }
}

extension Spelling {
  /// `did you mean '.x'?` where a name is near, and all names; nil where there are none.
  static func hint(_ word: String, in names: [String], all title: String) -> String? {
    if let near = nearest(to: word, in: names) {
      return "did you mean '\(near)'? \(title): " + names.map { "." + $0 }.joined(separator: " ")
    }
    return names.isEmpty
      ? nil : "\(title): " + names.map { "." + $0 }.joined(separator: " ")
  }
}
