import Interpreter
import Notebook

/// The files of the book, and the anchors in them.
enum BookPaths {
  /// The page of all functions.
  static let functions = "functions.html"

  /// The page that lists the verbs.
  static let verbs = "verbs/index.html"

  /// The page of a verb.
  static func verb(_ name: String) -> String { "verbs/\(name).html" }

  /// The page of a group of topics.
  static func topics(_ group: String) -> String { "\(group).html" }

  /// The place of a topic.
  static func topic(_ topic: HelpTopic) -> String {
    topics(topic.group) + "#" + PageAnchors.name(of: topic.name)
  }

  /// The place of a function.
  static func function(_ name: String) -> String { functions + "#" + PageAnchors.name(of: name) }

  /// The page of a walkthrough, which is a file of `scripts/walkthroughs`.
  static func walkthrough(_ file: String) -> String {
    "walkthroughs/\(file.prefix { $0 != "." }).html"
  }

  /// The page of an article or type of the library.
  static func library(_ name: String) -> String { "library/\(name).html" }
}
