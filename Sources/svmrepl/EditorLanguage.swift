import Interpreter
import Language
import LineEditor

/// The editor's knowledge of the language: whether an entry is complete, candidates at the cursor,
/// the call that it is in, and highlights.
struct EditorLanguage {
  let session: Session
  let shell: Shell

  var assistance: EditorAssistance {
    EditorAssistance(
      isIncomplete: { isIncomplete($0) },
      completions: { completions($0, at: $1) },
      highlights: { entry, cursor in
        isShorthand(entry) ? [] : EntryHighlights(of: entry, at: cursor, in: session).all
      },
      signature: { entry, cursor in
        isShorthand(entry) ? nil : CallSignature.text(of: entry, at: cursor, in: session)
      },
      usualValue: { entry, cursor in
        isShorthand(entry) ? nil : UsualValue.text(of: entry, at: cursor, in: session)
      }, editElsewhere: shell.edit)
  }

  /// Whether the entry is one of the prompt's own words, and not in the language.
  private func isShorthand(_ entry: String) -> Bool {
    if Shorthand.isForShell(entry) { return true }
    guard !entry.utf8.contains(UInt8(ascii: "\n")) else { return false }
    if case .entry = Shorthand(entry, in: session) { return false }
    return true
  }

  func completions(_ entry: String, at cursor: Int) -> CompletionList {
    // `?topic` is `help topic`.
    let marks = entry.utf8.prefix { $0 == UInt8(ascii: "?") }.count
    guard marks > 0, cursor >= marks else { return list(entry, at: cursor) }
    let help = "help "
    let shift = help.utf8.count - marks
    var found = list(help + entry.dropFirst(marks), at: cursor + shift)
    found.range = max(found.range.lowerBound - shift, marks)..<cursor
    return found
  }

  private func list(_ entry: String, at cursor: Int) -> CompletionList {
    let completion = Completion(of: entry, at: cursor, in: session, data: Self.bundled)
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

  /// The bundled data, with a line about each.
  private static let bundled: [Completion.Candidate] = [
    ("digits", "handwritten digits, 1797 × 64, 10 classes"),
    ("patches10", "color patches of ten photographs, 1000 + 250 × 3072"),
    ("iris", "flowers, 150 × 4, 3 classes"),
    ("breast_cancer", "diagnoses, 569 × 30, 2 classes"),
    ("heart_scale", "heart disease, 270 × 13, 2 classes"),
  ].map { Completion.Candidate(text: $0, suffix: "\"", help: $1) }
}
