import Glibc
import TestSupport
import Testing

/// The picture at the top of README is a session of the program as it is today.
@Suite struct SessionPictureTests {
  private static let file = "Sources/Book/Assets/session.svg"

  private static let session = [
    "lr = 0.001", "d = load \"digits\"", "d = split d train=0.8 test=0.2 shuffle=true;",
    "d = standardize d;", "m = train d.train lr=lr iters=300",
    "plot-ascii m.history height=9 width=66", "accuracy(m, d.test)",
    "m = train d.train slover=dual", "lr = 0.01", "vars", "refresh m", "accuracy(m, d.test)",
  ]

  /// With SVMREPL_RECORD set in the environment the picture is drawn anew, and this run fails.
  @Test func itIsWhatTheProgramShows() throws {
    let picture = try drawn()
    if getenv("SVMREPL_RECORD") != nil {
      let file = fopen(Repository.path(Self.file), "w")
      fputs(picture, file)
      fclose(file)
      Issue.record("the picture was drawn anew: look at it, and commit it")
      return
    }
    #expect(
      withoutTimes(try Repository.text(Self.file)) == withoutTimes(picture), "run scripts/picture")
  }

  /// The session, typed at the prompt.
  private func drawn() throws -> String {
    let terminal = try #require(PseudoTerminal(columns: 80, rows: 60))
    for (i, line) in (Self.session + [""]).enumerated() {
      let isReady = terminal.wait { screen in
        let prompt = screen.text.split(separator: "\n").last ?? ""
        return prompt.hasPrefix("svm[\(i + 1)") && prompt.hasSuffix(">")
      }
      try #require(isReady, "\(terminal.screen.text)")
      if !line.isEmpty { terminal.type(line + Key.enter) }
    }
    #expect(terminal.screen.history.isEmpty, "a screen holds it")
    return ScreenPicture(
      terminal.screen.cells.prefix(terminal.screen.row), columns: 80,
      title: "A session of svmrepl: data, training, a plot, a mistake, and what is stale"
    ).svg
  }

  /// The picture without the times that it shows, and the room that they take.
  private func withoutTimes(_ picture: String) -> String {
    picture.replacing(#/ textLength="[0-9.]+">(in )?[0-9.]+ m?s( \([^)]*\/s\))?</#, with: ">…<")
  }
}
