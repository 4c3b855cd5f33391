import Record
import TestSupport
import Testing

@testable import Commands
@testable import Interpreter

/// What long commands leave while they run.
@Suite struct CheckpointTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The entries of the store after a text.
  private func checkpoints(of code: String) -> Int {
    let test = TestSession()
    let store = Store(folder: folder("values"), limit: nil) { _ in }
    test.session.cache = ResultCache(store, least: 1000)
    test.session.cache?.place = ResultCache.Place(entry: 1)
    test.session.checkpoints = Checkpoints(store, pause: .zero)
    let run = test.run("d = synth blobs n=60 d=3 classes=3 seed=1\n" + code)
    #expect(run.status == 0, "\(run.report)")
    return store.contents().entries
  }

  @Test(arguments: [
    ("m = train d iters=5", 1), ("m = train d iters=5\nm = resume m iters=5", 2),
    ("t = tune d val=d lr=[0.1, 0.2] iters=5", 1), ("t = tune d folds=2 lr=[0.1, 0.2] iters=5", 1),
    // Nobody asks for the value, or it is another one than the statement's.
    ("train d iters=5", 0), ("fn f(d) { m = train d iters=5; return 1 }\nx = f(d)", 0),
    ("for i in range(2) { m = train d iters=5 }", 0),
    ("x = [1]\nfn f(d) { m = train d iters=5; return m }\nm = f(d)", 0),
  ])
  func whoLeavesThem(code: String, count: Int) { #expect(checkpoints(of: code) == count) }
}
