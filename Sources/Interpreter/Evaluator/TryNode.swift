import Language

/// `try { } catch problem { }`: an error while running ends the block, and `problem` is its text.
/// An interruption is no error.
final class TryNode: StatementNode, @unchecked Sendable {
  private let body: Block
  private let problem: Place
  private let handler: Block

  init(_ body: Block, _ problem: Place, _ handler: Block, _ span: Span) {
    self.body = body
    self.problem = problem
    self.handler = handler
    super.init(span)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    do {
      return try body.execute(frame)
    } catch let error as Located {
      try problem.assign(.string(error.finished.message), frame)
    }
    return try handler.execute(frame)
  }
}
