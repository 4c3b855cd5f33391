import Foundation

/// The public declarations of a module, as the Swift compiler writes them (`.symbols.json`).
struct SymbolGraph: Decodable {
  /// A declaration.
  struct Symbol: Decodable {
    struct Identifier: Decodable { let precise: String }
    struct Kind: Decodable { let identifier: String }
    struct Comment: Decodable {
      struct Line: Decodable { let text: String }
      let lines: [Line]
    }
    struct Fragment: Decodable { let kind: String, spelling: String }
    struct Place: Decodable {
      struct Position: Decodable { let line: Int, character: Int }
      let uri: String
      let position: Position
    }

    let identifier: Identifier
    let kind: Kind
    let pathComponents: [String]
    let docComment: Comment?
    /// The declaration as it is written, in words.
    let declarationFragments: [Fragment]?
    let location: Place?

    /// Its name; of a member, its own part alone.
    var name: String { pathComponents.last ?? "" }
    /// Its comment, in Markdown.
    var comment: String { (docComment?.lines ?? []).map(\.text).joined(separator: "\n") }
    /// Whether a person has written it: the compiler adds members, which have no place.
    var isWritten: Bool {
      location != nil && !identifier.precise.contains("::SYNTHESIZED::")
    }
  }

  let symbols: [Symbol]

  /// Reads a file.
  ///
  /// - Throws: Where it can't be read, or is none.
  static func read(_ path: String) throws -> SymbolGraph {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try JSONDecoder().decode(SymbolGraph.self, from: data)
  }
}
