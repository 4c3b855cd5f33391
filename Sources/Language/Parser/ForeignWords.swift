/// Words of other languages, each with what is written here instead.
public enum ForeignWords {
  /// Words that begin a statement.
  static let statements = table([
    ("def function func define proc sub", "a function is written `fn name(x) { … }`"),
    ("lambda", "a function of one expression is written `fn(x) => x * 2`"),
    ("elif elsif elseif", "write `} else if x { … }`"),
    ("let var const local global my auto", "an assignment needs no word before it: `x = 1`"),
    (
      "import from require include using library",
      "functions such as `zeros` are there already; `run \"FILE\"` runs another script"
    ),
    ("assert", "write `expect x > 0`"),
    ("del delete unset rm clear", "write `forget x`"),
    ("echo puts printf disp println", "write `print x`"),
    ("unless until", "write `if not x { … }` or `while not x { … }`"),
    ("foreach loop repeat", "write `for x in values { … }`"),
    ("except", "an error is caught by `try { … } catch problem { … }`"),
    (
      "switch case match with class raise throw finally",
      "there are `if`, `for`, `while`, `try` and `fn`"
    ),
  ])

  /// Names that stand for values, or are commands there.
  public static let values = table([
    ("True TRUE", "write `true`"),
    ("False FALSE", "write `false`"),
    ("None null nil NULL NA", "write `none`"),
    ("np numpy", "functions stand alone: `zeros(3)`, and not `np.zeros(3)`"),
    ("math", "functions stand alone: `sqrt(2)`, and not `math.sqrt(2)`"),
    ("pass", "an empty block is `{ }`"),
    ("exit", "`quit` ends the session"),
    ("del", "write `forget x`"),
    ("who whos globals locals dir", "`vars` lists what there is"),
    ("In hist", "`history` lists the entries"),
    ("Out ans", "`_` is the last value shown"),
    ("load_ext matplotlib pylab", "`plot-ascii` draws"),
    ("paste cpaste", "what is pasted is one entry; prompts in it are left out"),
  ])

  private static func table(_ rows: [(words: String, help: String)]) -> [String: String] {
    var table: [String: String] = [:]
    for (words, help) in rows {
      for word in words.split(separator: " ") { table[String(word)] = help }
    }
    return table
  }
}
