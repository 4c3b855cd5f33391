import Language
import Text

/// A part of a script as a notebook shows it.
enum NotebookCell {
  /// Prose in Markdown, one line of the script for each of its lines; the first is line `line`,
  /// from 0.
  case prose(String, line: Int)
  /// The title of a part: `# %% title`; empty where the part has none.
  case title(String)
  /// Lines of code, and what the last of them showed.
  case code(CodeCell)
}

/// Lines of code with their output.
struct CodeCell {
  /// The lines of the script, from 0, without blank ones at the ends.
  var lines: ClosedRange<Int>
  /// What came of them.
  var outputs: [CellOutput] = []
  /// Whether the last statement is an expression, whose value is what is shown.
  var endsInValue = false
}

/// Something that code showed.
enum CellOutput {
  /// Text.
  case text(StyledText)
  /// The forms of a picture, table or drawing, the best first, and the text that stands for it.
  case data([(type: MediaType, bytes: [UInt8])], text: StyledText)
  /// A warning or an error.
  case diagnostic(Diagnostic)
  /// What the code showed before the text was changed, on a live page until it runs again.
  indirect case former(CellOutput)
  /// The place of the progress of code that runs, on a live page.
  case running
}
