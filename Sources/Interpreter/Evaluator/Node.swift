import Language
import LinearAlgebra

/// A piece of program whose names are resolved: what the evaluator runs.
///
/// The tree is made once from the syntax; running it looks up no name. Each node is one production.
class Node: @unchecked Sendable {
  let span: Span
  init(_ span: Span) { self.span = span }

  /// The value; throws `Located`, which has the place, or `Interrupted`.
  func evaluate(_ frame: Frame) throws -> Value { .none }
}

/// One call of a function, or one statement at top level: the local values, and what is around.
final class Frame {
  let slots: UnsafeMutablePointer<Value>
  let session: Session
  let source: Source
  /// The lowest address that the stack may reach.
  let stackLimit: UInt
  /// Number of the top-level statement that is running.
  let statement: Int
  private let count: Int
  /// What `return` gave; outside of the object so that writing it costs no exclusivity check.
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

  /// The frame of a statement at top level, which has no local names.
  convenience init(topLevel session: Session, source: Source) {
    self.init(
      slots: 0, session: session, source: source, stackLimit: session.stackLimit,
      statement: session.statementNumber)
  }

  deinit {
    result.deinitialize(count: count)
    result.deallocate()
  }

  /// The error with its place, unless it has one already.
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

  /// A failure at a place.
  func failure(_ message: String, help: String? = nil, _ span: Span) -> any Error {
    located(Failure(message, help: help), span)
  }
}

/// An error that knows its place; goes up through calls, each of which adds its line.
final class Located: Error, @unchecked Sendable {
  private var diagnostic: Diagnostic
  private var depth = 0
  /// The outermost call so far, not yet in words: of a long chain only the last one is shown.
  private var outermost: (() -> String)?

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

  /// How many of the innermost calls are shown.
  static let shownCalls = 8

  /// Adds a call to the chain that the error shows; a long chain is cut in the middle.
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
