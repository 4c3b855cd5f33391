import Text
import ArgumentParser
import Commands
import Interpreter
import Record

/// The manual page svmrepl(1), in mdoc. The command line comes from the declarations of `Main`, and
/// the verbs from their own.
enum Manual {
  static var page: String {
    let sections: [(title: String, lines: [String])] = [
      ("NAME", [".Nm svmrepl", ".Nd " + name]),
      ("SYNOPSIS", Main.forms.flatMap { form, _ in synopsis(form) }),
      ("DESCRIPTION", paragraphs(introduction) + list(options)),
      ("VERBS", paragraphs([verbsIntroduction]) + verbs),
      ("ENVIRONMENT", list(variables.map { names, meaning in ("Ev " + names, meaning) })),
      ("FILES", list(files.map { path, meaning in ("Pa " + path, meaning) })),
      ("EXIT STATUS", list(exitStatuses)),
      ("EXAMPLES", examples),
    ]
    let head = [".Dd " + Main.date, ".Dt SVMREPL 1", ".Os"]
    return (head + sections.flatMap { [".Sh " + $0.title] + $0.lines }).map { $0 + "\n" }.joined()
  }

  // MARK: What no declaration says

  private static let introduction = [
    "There are verbs for the big steps and expressions like numpy's for the arithmetic; the same "
      + "lines work at the prompt, in a script and in a notebook.",
    Main.discussion
      + " What follows the name of a script gives values to the parameters that it declares.",
  ]

  private static let verbsIntroduction =
    "At the prompt, `help` and a verb says more about it; `help` alone lists the functions, "
    + "losses, solvers and whatever else it explains, too."

  private static let variables = [
    ("NO_COLOR", "No colors, where it is not empty."),
    ("CLICOLOR", "No colors, where it is 0."),
    (
      "FORCE_COLOR",
      "Colors even where the output is no terminal; with 3, all that there are. No colors, where "
        + "it is 0 or false."
    ),
    ("COLORTERM", "All colors that there are, where it is truecolor or 24bit."),
    ("COLUMNS", "The width of the output, in the place of the terminal's."),
    ("TERM", "The kind of terminal; a dumb one has neither colors nor an editor."),
    (
      "TERM_PROGRAM , LC_TERMINAL",
      "The terminal's name: of iTerm.app or iTerm2 it is known how plots are shown as pictures."
    ),
    ("TMUX , STY", "Inside of tmux and screen, plots are characters."),
    ("LC_ALL , LC_CTYPE , LANG", "The encoding of text. Without any of them, it is UTF-8."),
    (
      "PAGER",
      "The program that shows what is longer than the screen. Without it, the prompt has one of "
        + "its own."
    ),
    ("VISUAL , EDITOR", "The editor that `edit` and Ctrl-X Ctrl-E open; `vi` without them."),
    ("BROWSER", "The program that `watch --open` starts, in the place of the desktop's."),
    ("TMPDIR", "The folder of what that editor is given; `/tmp` without it."),
    ("HOME , XDG_CONFIG_HOME , XDG_STATE_HOME , XDG_CACHE_HOME", "The folders of the files below."),
    (
      Cache.limitVariable,
      "The bytes that the cache may take, a number with k, M or G; 1 GB without it. What was not "
        + "used for the longest time goes."
    ),
    (
      SessionJournal.checkpointVariable,
      "The seconds between checkpoints of long commands of a session with a journal; 10 without "
        + "it. They never take more than 5 % of the time, unless it is 0: then there are as many "
        + "as can be."
    ),
  ]

  private static let files = [
    (
      "~/.config/svmrepl/init.svm",
      "The user's settings: a script that the prompt runs at its start. It is in "
        + "`$XDG_CONFIG_HOME/svmrepl` where that variable is set."
    ),
    (
      "~/.local/state/svmrepl/history.jsonl",
      "The history of the prompt. It is in `$XDG_STATE_HOME/svmrepl` where that variable is set."
    ),
    (
      "~/.cache/svmrepl",
      "The cache: results that can be made again. It is `$XDG_CACHE_HOME/svmrepl` where that "
        + "variable is set."
    ),
  ]

  private static let examples = [
    "The mean of each feature of data that come with the program:",
    ".Pp", ".Dl " + literal("svmrepl -c 'iris = load \"iris\"' -c 'mean(iris.X, axis=0)'"),
    ".Pp", "A script, with another value for one of its parameters:",
    ".Pp", ".Dl " + literal("svmrepl digits.svm epochs=5"),
  ]

  // MARK: What declarations say

  private static var name: String {
    let abstract = Main.configuration.abstract
    return abstract.prefix(1).lowercased() + abstract.dropFirst().prefix { $0 != "." }
  }

  /// The lines for one form of the command line: `svmrepl [--flag VALUE] FILE`.
  private static func synopsis(_ form: String) -> [String] {
    var lines: [String] = []
    var isOptional = false
    for word in form.split(separator: " ") {
      let bare = String(word.filter { !"[]'".contains($0) })
      if bare == "svmrepl" {
        lines.append(".Nm")
      } else if isOptional {
        lines[lines.count - 1] += " " + synopsisMacro(bare)
      } else {
        lines.append((word.first == "[" ? ".Op " : ".") + synopsisMacro(bare))
      }
      isOptional = (isOptional || word.first == "[") && word.last != "]"
    }
    return lines
  }

  /// The macro for a word of a form: an option, a word to be typed, or what stands for a value.
  private static func synopsisMacro(_ word: String) -> String {
    if word.first == "-" { return macro(word) }
    let isTyped = word.first.map { $0.isLowercase } ?? false
    return (isTyped ? "Cm " : "Ar ") + escaped(word)
  }

  /// The options and arguments, parsed from the lines of `--help`: names, blanks, and a sentence.
  private static var options: [(head: String, meaning: String)] {
    Main.helpMessage(columns: 1000).split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  -") || line.hasPrefix("  <") else { return nil }
      let row = line.dropFirst(2)
      let end = row.firstRange(of: "  ")?.lowerBound ?? row.endIndex
      let words = row[..<end].replacing(",", with: " ,").split(separator: " ")
      return (
        words.map { macro(String($0)) }.joined(separator: " "),
        String(row[end...].drop { $0 == " " })
      )
    }
  }

  private static var exitStatuses: [(head: String, meaning: String)] {
    Main.exitStatuses.map { status, meaning in
      ("Li \(status)", meaning.prefix(1).uppercased() + meaning.dropFirst() + ".")
    }
  }

  private static var verbs: [String] {
    CommandGroup.allCases.flatMap { group in
      let rows = CommandCatalog.standard.verbs(in: group)
      return [".Ss " + group.rawValue]
        + list(rows.map { ("Ic " + literal($0.name), $0.summary) }, isCompact: true)
    }
  }

  // MARK: mdoc

  /// The macro for a word of the command line: an option, a comma, or a value, which `--help` has
  /// in angle brackets.
  private static func macro(_ word: String) -> String {
    switch word.first {
    case "-": "Fl " + literal(word.dropFirst())
    case ",": ","
    default: "Ar " + escaped(word.filter { !"<>".contains($0) }.uppercased())
    }
  }

  private static func list(
    _ rows: [(head: String, meaning: String)], isCompact: Bool = false
  ) -> [String] {
    [".Bl -tag -width standardize" + (isCompact ? " -compact" : "")]
      + rows.flatMap { [".It " + $0.head] + paragraphs([$0.meaning]) } + [".El"]
  }

  /// Wrapped text with a new line for each sentence; text in backquotes is bold.
  private static func paragraphs(_ texts: [String]) -> [String] {
    let paragraphs = texts.map { text in
      let parts = text.split(separator: "`", omittingEmptySubsequences: false)
      let marked = parts.enumerated().map { i, part in
        i.isMultiple(of: 2) ? escaped(part) : "\\fB" + literal(part) + "\\fP"
      }.joined()
      return TextLayout.wrapped(
        marked.replacing(". ", with: ".\n"), indent: 0, width: 78
      ).split(separator: "\n").map { ".'".contains($0.prefix(1)) ? "\\&" + $0 : String($0) }
    }
    return Array(paragraphs.joined(separator: [".Pp"]))
  }

  /// Text to be typed literally.
  private static func literal(_ text: some StringProtocol) -> String {
    escaped(text).replacing("-", with: "\\-")
  }

  /// Text with escapes for characters that are special or not ASCII.
  private static func escaped(_ text: some StringProtocol) -> String {
    text.unicodeScalars.map { scalar in
      if scalar == "\\" { return "\\e" }
      if scalar == "\"" { return "\\(dq" }
      if scalar == "…" { return "..." }
      if scalar.isASCII { return String(scalar) }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
    }.joined()
  }
}
