import Interpreter
import Language
import Testing
import Text

@testable import Commands

/// `help` answers every word that a declaration, a heading or a topic has, and words of other
/// tools.
@Suite struct HelpWordsTests {
  private let session = TestSession().session

  private func help(_ word: String) -> String? {
    try? Help.text(about: word, in: session).plain
  }

  @Test func everyWordOfEveryDeclaration() {
    let catalog = session.catalog
    var words: [String] = []
    for signature in catalog.signatures {
      words.append(signature.name)
      for card in signature.operands + signature.options { words += [card.name] + card.choices }
    }
    for form in SpecialFormHelp.all {
      words.append(form.name)
      words += form.options.compactMap { $0.name.split(separator: "=").first.map(String.init) }
    }
    for function in catalog.functions { words += [function.name] + function.parameterNames }
    for topic in catalog.topics {
      words += [topic.name, topic.group] + topic.aliases
      words += topic.options.compactMap { $0.key.split(separator: "=").first.map(String.init) }
    }
    words += CommandGroup.allCases.map(\.rawValue) + ["Verbs", "Functions", "Losses"]
    words += Keyword.allCases.map(\.rawValue)
    #expect(Set(words).count > 400)
    for word in Set(words) {
      let text = help(word)
      #expect(text?.isEmpty == false, "\(word)")
      #expect(text?.contains("no word of this language") == false, "\(word)")
    }
  }

  @Test(arguments: [
    ("lr", "Step size η. Above 0.\n  of: train, tune"), ("folds", "  of: tune"),
    ("batch", "of: train, tune"), ("reg", "of:"), ("axis", "sum(x, axis=none"),
    ("learning rate", "How far a step goes."), ("bias trick", "[x 1] [W; b]"),
    ("gradient", "∂L_i/∂w_j"), ("losses", "hinge"), ("Data", "load"), ("learning", "train"),
    ("squared-hinge", "squared"), ("in", "Whether a value is among others."),
    ("broadcasting", "axis of length 1"),
  ])
  func says(word: String, part: String) {
    #expect(help(word)?.contains(part) == true, "\(help(word) ?? "")")
  }

  @Test(arguments: [
    ("learning_rate", "`lr=`"), ("num_iters", "`iters=`"), ("batch_size", "`batch=`"),
    ("n_epochs", "epoch is N / batch"), ("alpha", "`reg=`"), ("fit", "`train d`"),
    ("whos", "`vars`"), ("ls", "shell"), ("pwd", "shell"), ("cd", "shell"),
    ("clear", "`forget x`"), ("%timeit", "timeit [repeat=N] STATEMENT"), ("np", "zeros(3)"),
    ("True", "`true`"), ("elif", "else if"), ("lambda", "fn(x) => x * 2"),
  ])
  func wordsOfOtherTools(word: String, ours: String) {
    #expect(help(word)?.contains(ours) == true)
  }

  @Test(arguments: [
    ("train d learning_rate=0.1", "the step size is `lr=`"),
    ("train d num_iters=5", "the number of iterations is `iters=`"),
    ("train d batch_size=5", "the rows of a batch are `batch=`"),
    ("train d epochs=5", "epoch is N / batch"), ("train d alpha=5", "`reg=`"),
    ("tune d cv=5", "`folds=`"), ("split d C=1", "it is an option of 'train'"),
    ("split d test_size=0.2", "`split d train=0.8 test=0.2`"),
    ("fit d", "`train d` fits"), ("x = fit(d)", "`train d` fits"), ("whos", "`vars`"),
    ("x = np.zeros(3)", "zeros(3)"), ("x = True", "`true`"),
    ("train d itres=5", "did you mean 'iters'?"),
  ])
  func asAnError(code: String, help: String) {
    let session = TestSession()
    session.run("d = synth blobs n=20;")
    let run = session.run(code)
    #expect(run.status != 0)
    #expect(run.report.contains(help), "\(run.report)")
  }

  /// The indented lines of the topics on the language run one after the other.
  @Test func theExamplesOfTheLanguageRun() {
    let topics = session.catalog.topics.filter { $0.group == "language" && $0.name != "operators" }
    #expect(topics.count > 20)
    for topic in topics {
      let lines = topic.text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }
      #expect(!lines.isEmpty, "\(topic.name)")
      let run = TestSession().run(lines.joined(separator: "\n"))
      #expect(run.status == 0 && run.report.isEmpty, "\(topic.name): \(run.report)")
    }
  }

  @Test func functionsAndVariablesOfTheSession() {
    let session = TestSession()
    session.run("## The mean loss.\n## W is D×K.\nfn mine(W, reg=1) { return W }\nv = [1, 2, 6]")
    #expect(session.run("help mine").text == "mine(W, reg=1)\n\nThe mean loss.\nW is D×K.")
    #expect(session.run("help v").text.contains("min 1   mean 3   max 6"))
    // A variable hides a function, but not its help.
    session.run("sum = 3")
    #expect(session.run("help sum").text.hasPrefix("sum(x, axis=none"))
  }
}
