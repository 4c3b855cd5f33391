import Interpreter

/// The help topics about scripts as notebooks: what the shell's forms of the program do with them.
extension Topics {
  static let scripts: [HelpTopic] = [
    topic(
      "notebook", ["page", "pages", "walkthrough", "ipynb", "jupyter", "html", "markdown"],
      "A script with prose and recorded outputs, and what is made of it.",
      """
          ## # A lesson
          ## Prose, with **Markdown** and formulas: $x^2$.
          x = 6 * 7
          x
          #> 42

      From the shell:

          svmrepl lesson.svm              runs it; with --echo, its prose and code are shown, too
          svmrepl check lesson.svm        compares what it shows with its `#>` lines
          svmrepl export lesson.svm       makes a page of it; --to ipynb or md makes other files
          svmrepl import lesson.ipynb     makes a script of a notebook of Jupyter
          svmrepl watch lesson.svm        shows the page in a browser while the script is written

      `help comments` has the marks, `help check` and `help watch` say more.
      """),
    topic(
      "check", ["recorded output", "#>", "#~", "update"],
      "Whether a script still shows what is recorded in it.",
      """
          svmrepl check FILE…
          svmrepl check --update FILE…

      The `#>` lines below a statement are what it showed. Numbers agree within 1e-6 of their size \
      or one unit in the last printed place, or as a line above the statement says: \
      `#~ rel=1e-3`. A `…` stands for anything, and times are not compared. What differs is shown \
      as `diff -u` would, and the exit status is 1; `--update` writes it into the file.
      """),
    topic(
      "watch", ["live", "browser"], "The page of a script, live while it is written.",
      """
          svmrepl watch [--port N] [--open] FILE [NAME=VALUE…]

      The page is for browsers of this machine alone. Whenever an editor saves the file, or a file \
      that it loads has changed, just what depends on the change runs again; what is still running \
      is stopped. What waits for its turn is pale, what runs shows how far it is, and an error \
      has its caret. A click on the sign at the right of a cell hides its output.
      """),
    topic(
      "cache", ["journal", "--cache", "--journal", "--resume"],
      "What is kept of earlier runs.",
      """
          svmrepl --cache FILE            takes the results of long statements from the last run
          svmrepl cache                   shows how large it is; --clear empties it
          svmrepl --journal FILE          keeps what it makes, should it be killed
          svmrepl --resume                brings back the last session; `list` shows them

      A result is taken where the statement and all that it read are the same: values, settings, \
      seed and files. The prompt always keeps a journal. `vars` says what is stale, `refresh` runs \
      just that again, and `save-session` puts a session into one file.
      """),
  ]

  private static func topic(
    _ name: String, _ aliases: [String], _ summary: String, _ text: String
  ) -> HelpTopic {
    HelpTopic(name, aliases: aliases, group: "concepts", summary: summary, text: text)
  }
}
