import Language
import LinearAlgebra

/// An expression or right side, its names resolved. The evaluator runs a tree of nodes, which is
/// made once from the syntax, so that running it looks up no name.
class Node: @unchecked Sendable {
  let span: Span
  init(_ span: Span) { self.span = span }

  /// The value.
  ///
  /// - Throws: `Located`, which has the place, or `Interrupted`.
  func evaluate(_ frame: Frame) throws -> Value { .none }
}

/// The state of one call of a function, or of one statement at top level.
final class Frame {
  let slots: UnsafeMutablePointer<Value>
  let session: Session
  let source: Source
  /// The lowest address that the stack may reach.
  let stackLimit: UInt
  /// Number of the running top-level statement.
  let statement: Int
  private let count: Int
  /// The value of `return`; outside the object, so that writing it needs no exclusivity check.
  let result: UnsafeMutablePointer<Value>

  init(slots count: Int, session: Session, source: Source, stackLimit: UInt, statement: Int) {
    self.count = count + 1
    self.session = session
    self.source = source
    self.stackLimit = stackLimit
    self.statement = statement
    result = .allocate(capacity: count + 1)
    result.initialize(repeating: .undefined, count: count + 1)
    slots = result + 1
  }

  /// The frame of a statement at top level; its slots are those of comprehensions.
  convenience init(topLevel session: Session, source: Source, slots: Int = 0) {
    self.init(
      slots: slots, session: session, source: source, stackLimit: session.stackLimit,
      statement: session.statementNumber)
  }

  deinit {
    result.deinitialize(count: count)
    result.deallocate()
  }

  /// The error with a place: `span`, unless it has one already. `Interrupted` stays as it is.
  func located(_ error: any Error, _ span: Span) -> any Error {
    switch error {
    case let located as Located: return located
    case let interrupted as Interrupted: return interrupted
    case let described as any DescribedError:
      return Located(
        Diagnostic(
          described.sentence, category: described.category, source: source, span: span,
          help: described.help))
    case var diagnostic as Diagnostic:
      if diagnostic.span == nil {
        diagnostic.source = source
        diagnostic.span = span
      }
      return Located(diagnostic)
    default:
      return Located(Diagnostic("\(error)", source: source, span: span))
    }
  }

  /// A failure with its place.
  func failure(_ message: String, help: String? = nil, _ span: Span) -> any Error {
    located(Failure(message, help: help), span)
  }
}

/// An error with its place. Each call that it passes on its way up adds a note.
final class Located: Error, @unchecked Sendable {
  private var diagnostic: Diagnostic
  private var depth = 0
  /// Makes the note of the outermost call so far: of a long chain, only the last one is needed.
  private var outermost: (() -> String)?

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

  /// The number of innermost calls that are shown.
  static let shownCalls = 8

  /// Adds a call to the chain; a long chain is cut in the middle.
  func passed(through call: @escaping () -> String) {
    depth += 1
    if depth <= Located.shownCalls {
      diagnostic.notes.append(call())
    } else {
      outermost = call
    }
  }

  /// The error with its chain of calls.
  var finished: Diagnostic {
    var result = diagnostic
    if depth > Located.shownCalls + 1 {
      result.notes.append("… \(depth - Located.shownCalls - 1) more calls …")
    }
    if let outermost { result.notes.append(outermost()) }
    return result
  }
}
