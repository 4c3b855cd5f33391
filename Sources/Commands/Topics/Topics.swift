import Text
import Interpreter
import SVMEngine

/// The help topics: the entries of the engine's catalogs, and a few concepts.
enum Topics {
  /// The topics, in the order in which they are listed.
  static let all: [HelpTopic] =
    topics(of: LossCatalog.catalog, "losses", text: structure, TopicDrawings.of)
    + topics(of: ReductionCatalog.catalog, "reductions", TopicDrawings.of)
    + topics(of: PenaltyCatalog.catalog, "penalties", TopicDrawings.of)
    + topics(of: SolverCatalog.catalog, "solvers") { _ in nil }
    + topics(of: ScheduleCatalog.catalog, "schedules", TopicDrawings.of) + learning + concepts
    + scripts + language

  private static func topics<Product>(
    of catalog: Catalog<Product>, _ group: String,
    text: (CatalogEntry<Product>) -> String = { _ in "" },
    _ drawing: (CatalogEntry<Product>) -> HelpTopic.Drawing?
  ) -> [HelpTopic] {
    catalog.entries.map { entry in
      HelpTopic(
        entry.name, group: group, summary: entry.summary, text: text(entry),
        formula: entry.formula, options: entry.options.map(option), reference: entry.reference,
        drawing: drawing(entry))
    }
  }

  /// The symbols of options in formulas.
  private static let symbols = [
    "delta": "Δ", "tau": "τ", "gamma": "γ", "huber": "h", "kappa": "κ", "beta1": "β₁",
    "beta2": "β₂",
  ]

  private static func option(_ option: OptionDescription) -> HelpTopic.Option {
    let usual =
      option.defaultValue.map {
        option.range == .flag ? ($0 == 1 ? "true" : "false") : NumberText.shortest($0)
      } ?? ""
    let symbol = symbols[option.name].map { "\($0), " } ?? ""
    return HelpTopic.Option(
      key: "\(option.name)=\(usual)",
      sentence: "\(symbol)\(option.summary); \(option.range.description)")
  }

  private static let concepts = [
    HelpTopic(
      "objective", group: "concepts", summary: "What training minimizes.",
      text: """
            J(W) = (1/N) Σ_i L(s_i, y_i) + R(W),   s_i = x_i W

        Mean over samples, sum over classes; the penalty R is never divided by N, nor by the \
        batch. `C=` asks for LIBLINEAR's form ½‖W‖² + C Σ_i L_i instead.

        X is N×D, one sample to a row; W is D×K, one column to a class. The bias, where there is \
        one, is W's last row.
        """),
    HelpTopic(
      "layout", group: "concepts", summary: "Whether samples are rows or columns of X.",
      text: """
            set layout=rows       X is N×D, W is D×K, scores X @ W are N×K
            set layout=columns    X is D×N, W is K×D, scores W @ X are K×N

        Courses and papers use either. It is what goes in and comes out: `.X` of data, `.W` of \
        models, `svm_loss`, `score_loss`, `scores`, `margins`, `predict`, `accuracy`, `confusion` \
        and `dataset`, `at=` of `gradcheck` and what it hands to a function of yours, `explain` \
        and its `.gradient`, `init=`. Vectors and labels are the same in both, and so are all \
        numbers. `layout=` of `svm_loss` is for one call.
        """),
    HelpTopic(
      "optimum", group: "concepts",
      summary: "How near the least value of the objective a model is.",
      text: """
        `dual`, `newton`, `lbfgs` and `fista` minimize the whole problem, and stop where it is \
        proven that J is at most `tolerance` times J above its least value J*: `m.history.gap` is \
        the proof.

            dual, newton: J(W) − D(β), with D the dual objective of multipliers β
            lbfgs, fista: ‖∇J‖²/(2μ), with μ the strong convexity of the penalty

        Of a loss with kinks, lbfgs and fista smooth the kinks around multipliers, which close in \
        on the loss itself; their proof is then J(W) − D(β), too. Where the penalty proves nothing \
        (`l1`, `none`), a run ends when J changes by less than the tolerance.

        Which one: `newton` for binary and one-vs-rest with many more samples than features, above \
        all where the classes can't be separated; `dual` for sparse and wide data; `lbfgs` for \
        smooth losses and every reduction; `fista` for `l1`, `elastic-net`, and losses that are \
        not convex. `sgd` and its relatives are for a good model after few looks at the data.
        """),
    HelpTopic(
      "randomness", group: "concepts", summary: "Where random numbers come from.",
      text: """
        `seed N` sets the session's seed. Every top-level statement has a stream of its own, keyed \
        by the seed, the first name that it assigns (or its verb), and how many statements of that \
        key came before. So a line that is inserted elsewhere shifts nothing, and a script gives \
        the same bits every time, whatever the number of threads.
        """),
    HelpTopic(
      "kinks", group: "concepts", summary: "Why a right gradient may miss a gradient check.",
      text: """
        The hinge has no derivative where a margin is exactly at Δ. A numerical slope whose two \
        points lie on both sides of such a place mixes both slopes. `gradcheck` names the sample \
        and the class, and does not count it against the gradient.
        """),
    HelpTopic(
      "indexing", group: "concepts", summary: "How entries of vectors and matrices are named.",
      text: """
        Indices start at 0, negative ones count from the end, a:b:step is half-open, : is all. A \
        mask selects, a vector of whole numbers gathers, and two of them pair up: S[range(n), y] \
        is n numbers. All of these can be assigned to; with += a repeated index adds every time.
        """),
    HelpTopic(
      "formats", group: "concepts", summary: "How numbers are written in strings.",
      text: """
        "{x:.3f}" writes x with Python's format mini-language: [[fill]align][sign][width][,]\
        [.precision][type], types d e f g %. A format applies to each entry of an array.
        """),
    HelpTopic(
      "files", group: "concepts", summary: "What load reads.",
      text: """
            cifar10, cifar100   binary or Python's batches: a file, the folder, the .tar.gz itself;
                                label="coarse" takes CIFAR-100's 20 groups as classes
            idx                 MNIST and its kin: the folder, or either file of a pair
            images              PNG and JPEG in a folder for each class, in train and test or not;
                                size=32 or size=[28, 20] brings them to one size, as Pillow does
            csv, tsv            tables, labels in one column
            arff                Weka's tables, dense or sparse
            jsonl               JSON: an object or a list to a line, or all rows in one list
            libsvm              label index:value …
            npy, npz            arrays of NumPy, X and y, sparse matrices of scipy
            mat                 MAT-files of MATLAB to level 7 (`save -v7`): X and y by their usual
                                names, samples in rows or columns, sparse, labels in cell arrays
            pickle              a batch of CIFAR alone

        Any of them may be compressed by gzip, bzip2, xz or zstd, or in an archive of tar or zip: \
        one that holds a folder is that folder, one that holds a table is that table. Nothing is \
        unpacked to disk, and what leads out of an archive is refused.

        Data that take more than half of the free memory are kept on disk, in files without a name \
        in TMPDIR or /var/tmp, and read as they are needed; `stream=true` asks for it. Training, \
        measuring and predicting give the same numbers: batches are drawn from all rows, not from \
        a window, and the rows of a batch are asked for before it is computed. What `drop`, `keep` \
        and `fill-missing` make of such data is on disk, too. On a terminal a bar shows how much \
        of a file is read.

        Parts come by the names of files and folders, or by test=. Missing values are NaN. Values \
        of ARFF's nominal attributes are numbered from 0, as they are declared. A pickle is never \
        run: what is no number, text, list, dictionary or array in it is refused by its name. \
        Parquet, Arrow, HDF5 and MAT-files of level 7.3 are not read: the error has the line of \
        Python or MATLAB that makes a file which is.
        """),
    HelpTopic(
      "keys", group: "concepts", summary: "What the keys do at the prompt.",
      text: """
            Enter             runs the entry, or begins a new line where it is not complete
            Alt-Enter         begins a new line
            Tab               completes, and lists what fits; alone: the entry that failed
            Right, End        take what is suggested; Alt-f, Ctrl-Right take a word of it
            Up, Down          go through the lines, then through entries that begin so
            Ctrl-R, Ctrl-S    search the entries, older and newer; Ctrl-G leaves
            Ctrl-C            leaves the entry; stops what is being computed
            Ctrl-D            leaves svmrepl, on an empty line

            Ctrl-A, Ctrl-E    start and end of the line, then of the entry
            Ctrl-Home, -End   start and end of the entry
            Alt-b, Alt-f      a word to the left, to the right
            Ctrl-W, Alt-d     remove the word before, after; Ctrl-K, Ctrl-U the rest of the line
            Ctrl-Y, Alt-y     put back what was removed; the one before that
            Ctrl-_, Alt-/     undo, redo
            Alt-.             the last word of the entry before
            Ctrl-L            clears the screen
            Ctrl-X Ctrl-E     opens the entry in the editor of $VISUAL

        `bind -v` in ~/.editrc asks for vi's keys, and `bind` there for any others. At the prompt \
        `!command` runs a command of the shell, `cd`, `ls`, `pwd` and `clear` are what they are \
        there, and `edit` or `edit FUNCTION` opens your editor.
        """),
  ]
}
