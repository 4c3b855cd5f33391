import ArgumentParser

/// The program.
@main
struct Main: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "svmrepl",
    abstract: "A notebook-style prompt and scripting language for linear support vector machines.",
    version: "0.1.0")

  func run() throws {
    print("svmrepl")
  }
}
