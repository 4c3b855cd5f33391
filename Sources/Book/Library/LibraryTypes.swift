import Notebook
import Text

/// The public types of the library with their members, in the order of their names.
struct LibraryTypes {
  /// A type.
  struct TypeOfLibrary {
    /// Its name; that of a nested type has its outer type before a dot.
    let name: String
    let symbol: SymbolGraph.Symbol
    /// What it has, in the order in which it is written.
    var members: [SymbolGraph.Symbol] = []

    /// The first sentences of its comment.
    var summary: String {
      symbol.comment.prefix { $0 != "\n" }.isEmpty
        ? "" : String(symbol.comment.split(separator: "\n\n").first ?? "")
    }
    /// Its file in the book.
    var path: String { BookPaths.library(name) }
  }

  private(set) var types: [TypeOfLibrary] = []

  /// The types of some modules.
  init(_ graphs: [SymbolGraph]) {
    let symbols = graphs.flatMap(\.symbols).filter(\.isWritten)
    let kinds: Set = ["swift.struct", "swift.class", "swift.enum", "swift.protocol"]
    var types: [[String]: TypeOfLibrary] = [:]
    for symbol in symbols where kinds.contains(symbol.kind.identifier) {
      types[symbol.pathComponents] = TypeOfLibrary(
        name: symbol.pathComponents.joined(separator: "."), symbol: symbol)
    }
    for symbol in symbols where types[symbol.pathComponents] == nil {
      types[Array(symbol.pathComponents.dropLast())]?.members.append(symbol)
    }
    self.types = types.values.sorted { $0.name < $1.name }
    for i in self.types.indices {
      self.types[i].members.sort { Self.place($0) < Self.place($1) }
    }
  }

  private static func place(_ symbol: SymbolGraph.Symbol) -> (String, Int, Int, String) {
    let place = symbol.location
    return (
      place?.uri ?? "", place?.position.line ?? 0, place?.position.character ?? 0, symbol.name
    )
  }

  /// Where the names of types and members are explained, as articles write them: `Matrix`,
  /// `Objective/init(_:)`.
  var words: [String: (address: String, shown: String)] {
    var words: [String: (address: String, shown: String)] = [:]
    for type in types {
      words[type.name] = (type.path, type.name)
      words[type.symbol.pathComponents.joined(separator: "/")] = (type.path, type.name)
      for member in type.members {
        let address = type.path + "#" + PageAnchors.name(of: member.name)
        words[member.pathComponents.joined(separator: "/")] = (address, member.name)
      }
    }
    return words
  }
}
