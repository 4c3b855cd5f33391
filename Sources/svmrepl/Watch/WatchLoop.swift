import EventServer
import Glibc
import Interpreter
import Language
import LineEditor
import LinearAlgebra
import Notebook
import Record
import Text

/// Waits for what happens around a live page: saves of its script and of the files that it read,
/// news of its run, Ctrl-C.
final class WatchLoop {
  private let file: String
  private let notebook: LiveNotebook
  private let server: EventServer
  private let wake: WakeUp
  private let console: Console
  private let isQuiet: Bool
  private let watch: FileWatch
  private let clock = Stopwatch()

  /// The text that runs or has run.
  private var text: String
  private var stamp: FileStamp?
  /// Why the file can't be read; nil where it can.
  private var trouble: String?
  private var isNew = true
  private var hasToldEnding = false
  private var runBegan = 0.0
  private var lastPublished = -Double.infinity
  private var renderSeconds = 0.0
  private var lastLook = 0.0
  private var lastBeat = 0.0
  private var reported: Set<String> = []

  init(
    file: String, text: String, notebook: LiveNotebook, server: EventServer, wake: WakeUp,
    console: Console, isQuiet: Bool
  ) {
    self.file = file
    self.text = text
    self.notebook = notebook
    self.server = server
    self.wake = wake
    self.console = console
    self.isQuiet = isQuiet
    stamp = FileStamp(of: file)
    watch = FileWatch(file)
  }

  /// Runs the script, and again after each change, until Ctrl-C.
  func run() {
    begin()
    while true {
      wait()
      if let signal = SignalPipe.take(), signal == SIGINT { break }
      if wake.taken() { isNew = true }
      look()
      if isNew, clock.seconds >= due { publish() }
      if clock.seconds - lastBeat > Self.beatInterval {
        lastBeat = clock.seconds
        server.beat()
      }
    }
    notebook.end()
    let ending = Stopwatch()
    while notebook.isAtWork, ending.seconds < Self.mostPatience { wait() }
    server.stop()
  }

  // MARK: Waiting

  /// The first page of a run waits for so long, so that what is there at once comes at once.
  private static let grace = 0.03
  /// The least time between two pages of a run, and how many times as long as it takes to make one.
  private static let interval = 0.1
  private static let renderShare = 4.0
  /// How often files are looked at of whose changes the system does not tell.
  private static let lookInterval = 1.0
  private static let beatInterval = 15.0
  private static let mostPatience = 1.0

  /// When the next page is due.
  private var due: Double {
    guard notebook.course.isRunning else { return 0 }
    let pause = max(Self.interval, Self.renderShare * renderSeconds)
    return max(runBegan + Self.grace, lastPublished + pause)
  }

  private func wait() {
    let next = isNew ? min(due, clock.seconds + Self.lookInterval) : lastLook + Self.lookInterval
    let milliseconds = Int32(max(0, (next - clock.seconds) * 1000).rounded(.up))
    var descriptors = [SignalPipe.descriptor, wake.descriptor, watch.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    _ = poll(&descriptors, nfds_t(descriptors.count), milliseconds)
  }

  // MARK: Files

  /// Looks whether the script was saved, or a file that it read has changed.
  private func look() {
    let isSaved = watch.taken()
    let isDue = clock.seconds - lastLook >= Self.lookInterval
    guard isSaved || isDue else { return }
    lastLook = clock.seconds
    let present = FileStamp(of: file)
    if isSaved || present != stamp {
      stamp = present
      readAgain()
    } else if trouble == nil, !notebook.course.isRunning, notebook.hasChangedFiles {
      begin()
    }
  }

  private func readAgain() {
    do {
      let text = try ScriptFile.text(of: file)
      let isBack = trouble != nil
      trouble = nil
      guard text != self.text else {
        isNew = isNew || isBack
        return
      }
      self.text = text
      begin()
    } catch {
      guard trouble != error.message else { return }
      trouble = error.message
      console.report(error)
      isNew = true
    }
  }

  private func begin() {
    runBegan = clock.seconds
    isNew = true
    hasToldEnding = false
    if !notebook.run(text) {
      trouble = "the system has no thread left to run it"
    }
  }

  // MARK: Showing

  private func publish() {
    isNew = false
    let rendering = Stopwatch()
    var page = notebook.page()
    if let trouble { page.course = .unreadable(reason: trouble) }
    server.publish("page", page.event)
    renderSeconds = rendering.seconds
    lastPublished = clock.seconds
    for remark in page.remarks where reported.insert(remark.message).inserted {
      console.report(remark)
    }
    if !isQuiet, !hasToldEnding, let words = page.course.ending {
      hasToldEnding = true
      console.write("\(Escaping.visible(file)): \(words)\n")
    }
  }
}
