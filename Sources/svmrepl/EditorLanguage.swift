import Interpreter
import Language
import LineEditor

/// The editor's knowledge of the language: whether an entry is complete, candidates at the cursor,
/// and highlights.
struct EditorLanguage {
  let session: Session
  let shell: Shell

  var assistance: EditorAssistance {
    EditorAssistance(
      isIncomplete: { isIncomplete($0) },
      completions: { completions($0, at: $1) },
      highlights: { entry in
        Shorthand.isForShell(entry)
          ? [] : EntryHighlights(of: entry, verbs: session.catalog.verbs).all
      }, editElsewhere: shell.edit)
  }

  private func completions(_ entry: String, at cursor: Int) -> CompletionList {
    let completion = Completion(of: entry, at: cursor, in: session)
    return CompletionList(
      range: completion.range,
      candidates: completion.candidates.map {
        CompletionList.Candidate($0.text, suffix: $0.suffix, help: $0.help)
      })
  }

  func isIncomplete(_ entry: String) -> Bool {
    !Shorthand.isForShell(entry)
      && Parser.parse(Source(entry, name: ""), verbs: session.catalog.verbs).isIncomplete
  }
}
