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
  static let values = table([
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

  /// Words that name an option, a verb or a field elsewhere.
  static let options = table([
    ("learning_rate learning-rate eta eta0 step_size stepsize", "the step size is `lr=`"),
    ("alpha", "the step size is `lr=`, and the strength of the penalty is `reg=`"),
    (
      "num_iters n_iter max_iter iterations num_iterations steps n_steps",
      "the number of iterations is `iters=`"
    ),
    (
      "epochs num_epochs n_epochs",
      "training counts iterations, `iters=`; an epoch is N / batch of them"
    ),
    ("batch_size batchsize minibatch mini_batch", "the rows of a batch are `batch=`"),
    (
      "regularization regularization_strength reg_strength lam l2_reg weight_decay lambda_",
      "the strength of the penalty is `reg=`"
    ),
    ("learning_rate_decay lr_decay decay", "`schedule=` lowers the step size as training goes on"),
    ("tol eps epsilon", "the accuracy of a minimum is `tolerance=`"),
    ("random_state random_seed", "`seed=` of a command, or `seed N` for all that follow"),
    ("n_jobs num_threads nthreads", "`set threads=2`"),
    ("cv n_splits kfold k_folds nfolds num_folds", "the number of folds is `folds=`"),
    ("test_size train_size", "`split d train=0.8 test=0.2`"),
    ("fit_intercept intercept bias", "`add-bias d` appends the column of ones"),
    ("kernel gamma_rbf degree coef0", "the classifiers are linear: there are no kernels"),
    ("verbose", "progress is shown on a terminal; `;` at the end of a line hides a report"),
    ("class_weight", "the weights of the classes are `class-weights=`"),
    ("max_epochs", "the number of iterations is `iters=`"),
    ("dual_coef_ support_ support_vectors_", "the rows of the support vectors are `m.support`"),
    ("coef_ weights", "the weights are `m.W`"),
    ("figsize", "`width=` and `height=` are the size of a plot"),
    ("xlabel ylabel legend label", "`title=` and `labels=` name what is drawn"),
  ])

  /// Words that are verbs or functions elsewhere.
  static let actions = table([
    ("fit", "`train d` fits a classifier"),
    ("score", "`accuracy(m, d.val)` is a number, `evaluate m on=d.val` a report"),
    ("whos who", "`vars` lists what there is"),
    ("clear clc", "`forget x` removes a value; at the prompt, `clear` clears the screen"),
    ("ls pwd cd", "at the prompt, they are what they are in the shell; so is `!command`"),
    ("timeit time tic toc", "`timeit f(x)` measures a statement"),
    ("transform fit_transform StandardScaler scale normalize", "`standardize d` or `center d`"),
    ("train_test_split", "`split d train=0.8 test=0.2`"),
    ("GridSearchCV cross_val_score cross_validate grid", "`tune d folds=5 lr=[0.1, 0.01]`"),
    ("classification_report confusion_matrix", "`evaluate m on=d.val`"),
    ("plot imshow plt figure hist scatter", "`plot-ascii x` draws"),
    ("read_csv loadmat read_table fetch_openml", "`load \"FILE\"` reads a dataset"),
    ("to_csv dump pickle savez", "`save x to=\"FILE\"` writes a value"),
    ("LinearSVC SVC SGDClassifier LinearRegression svmtrain", "`train d` fits a classifier"),
    ("svmpredict", "`predict(m, X)` gives the labels"),
    ("head tail info", "`describe d` says what a value is; `d[0:5]` are its first rows"),
  ])

  /// What to write here for a word of another tool; nil where it is not known.
  public static func help(_ word: String) -> String? {
    options[word] ?? actions[word] ?? values[word] ?? statements[word]
  }

  /// What to write here for a word of another tool that stands as a value.
  public static func value(_ word: String) -> String? {
    values[word] ?? actions[word] ?? options[word]
  }

  /// What to write here for an option of another tool.
  public static func option(_ word: String) -> String? { options[word] }

  private static func table(_ rows: [(words: String, help: String)]) -> [String: String] {
    var table: [String: String] = [:]
    for (words, help) in rows {
      for word in words.split(separator: " ") { table[String(word)] = help }
    }
    return table
  }
}
