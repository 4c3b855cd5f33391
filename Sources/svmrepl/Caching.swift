import Language
import LineEditor
import Record
import Text

/// `svmrepl cache [--clear]`.
struct Caching {
  let console: Console
  /// Whether everything is removed.
  let clears: Bool

  /// Shows what the cache has, or empties it. Returns the exit status.
  func run(_ words: [String]) -> Int32 {
    do {
      if let word = words.first {
        throw Diagnostic(
          "'cache' takes no '\(Escaping.visible(word))'", category: .usage,
          help: "svmrepl cache [--clear]")
      }
      let store = try Self.store { _ in }
      guard let folder = store.folder else {
        throw Diagnostic(
          "there is no folder for the cache", category: .data,
          help: "set HOME, or XDG_CACHE_HOME to an absolute path")
      }
      console.write(clears ? try cleared(store, folder) : contents(of: store, folder))
      return 0
    } catch {
      let diagnostic = error as? Diagnostic ?? Diagnostic("\(error)")
      console.report(diagnostic)
      return diagnostic.category.exitStatus
    }
  }

  /// The cache, as the environment has it.
  ///
  /// - Throws: A `Diagnostic` where its limit is no size.
  static func store(
    report: @escaping @Sendable (StoreTrouble) -> Void
  ) throws(Diagnostic) -> Store {
    do {
      return try Cache.store(environment: Terminal.environmentVariable, report: report)
    } catch {
      throw Diagnostic(
        "\(Cache.limitVariable) is '\(Escaping.visible(error.text))', which is no size",
        category: .usage, help: "a size is a number with k, M or G: 500M")
    }
  }

  private func contents(of store: Store, _ folder: String) -> String {
    let contents = store.contents()
    return """
      folder   \(Escaping.visible(folder))
      entries  \(NumberText.grouped(contents.entries))
      size     \(Quantity.bytes(contents.bytes)) of at most \
      \(Quantity.bytes(store.limit ?? Cache.usualLimit))

      """
  }

  private func cleared(_ store: Store, _ folder: String) throws -> String {
    do {
      let removed = try store.clear()
      return "removed \(Quantity.count(removed.entries, "entry", plural: "entries")), "
        + "\(Quantity.bytes(removed.bytes))\n"
    } catch {
      throw Diagnostic(
        "the cache in '\(Escaping.visible(folder))' can't be emptied: \(error)", category: .data)
    }
  }
}
