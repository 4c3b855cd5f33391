import LinearAlgebra
import Text

/// The places of one axis that a subscript selects, in order.
enum AxisSelection {
  /// One place; the result lacks the axis.
  case one(Int)
  /// start, start + step, …
  case range(start: Int, count: Int, step: Int)
  /// Places in any order; repeats are allowed.
  case list([Int])

  /// Number of places.
  var count: Int {
    switch self {
    case .one: 1
    case .range(_, let count, _): count
    case .list(let places): places.count
    }
  }

  /// The `i`th selected place, from 0.
  @inline(__always)
  subscript(i: Int) -> Int {
    switch self {
    case .one(let place): place
    case .range(let start, _, let step): start + i * step
    case .list(let places): places[i]
    }
  }

  var isOne: Bool { if case .one = self { true } else { false } }

  /// The selection of a subscript on an axis of `length` places, called `noun` in messages
  /// (`rows`).
  init(_ subscript_: Indexing.Subscript, length: Int, noun: String) throws {
    switch subscript_ {
    case .number(let x):
      self = .one(try AxisSelection.place(x, length, noun))
    case .slice(let start, let stop, let step):
      self = try AxisSelection.slice(start, stop, step, length)
    case .value(.number(let x)):
      self = .one(try AxisSelection.place(x, length, noun))
    case .value(.list(let box)):
      guard let mask = try box.mask() else {
        throw Failure(
          "an index can't be \(article(Value.list(box).typeAndShape))",
          help: "a list of `true` and `false` selects, as a mask does")
      }
      self = try AxisSelection(.value(.array(mask)), length: length, noun: noun)
    case .value(.array(let array)):
      guard array.rank == 1 else {
        throw Failure(
          "an index can't be \(article(Value.array(array).typeAndShape))",
          help: array.isMask ? "a mask of a matrix stands alone: `M[mask]`" : nil)
      }
      if array.isMask {
        guard array.count == length else {
          throw Failure("a mask of \(array.count) can't select from \(length) \(noun)")
        }
        self = .list(try array.nonzeroPlaces())
      } else {
        self = .list(
          try Interruption.map(array.count, costEach: 4) {
            try AxisSelection.place(array.pointer[$0], length, noun)
          })
      }
    case .value(.bool):
      throw Failure(
        "an index can't be a truth value", help: "a mask comes from a comparison of arrays")
    case .value(let value):
      throw Failure(
        "an index must be a number, a slice, a vector or a mask, not \(article(value.typeAndShape))"
      )
    }
  }

  /// The place of an index; negative indices count from the end.
  static func place(_ x: Double, _ length: Int, _ noun: String) throws -> Int {
    if let i = position(x, length) { return i }
    let text = NumberText.shortest(x)
    guard x.rounded() == x, x.isFinite else {
      throw Failure("an index must be a whole number, not \(text)")
    }
    throw Failure(
      "index \(text) is out of range for \(length) \(noun)",
      help: length == 0
        ? nil : "indices go from 0 to \(length - 1), or from -\(length) to -1 from the end")
  }

  /// start:stop:step, clamped to the axis as in numpy.
  private static func slice(
    _ start: Double?, _ stop: Double?, _ step: Double?, _ length: Int
  ) throws -> AxisSelection {
    func whole(_ x: Double?, _ word: String) throws -> Int? {
      guard let x else { return nil }
      guard !x.isNaN, x.rounded() == x || x.isInfinite else {
        throw Failure(
          "the \(word) of a slice must be a whole number, not \(NumberText.shortest(x))")
      }
      return Int(min(max(x, -9e15), 9e15))
    }
    let step = try whole(step, "step") ?? 1
    guard step != 0 else { throw Failure("the step of a slice can't be 0") }
    // A place before the first or past the last becomes the end that the direction allows.
    func clamped(_ x: Int?, orElse end: Int) -> Int {
      guard let x else { return end }
      let fromFront = x < 0 ? x + length : x
      return step > 0 ? min(max(fromFront, 0), length) : min(max(fromFront, -1), length - 1)
    }
    let first = clamped(try whole(start, "start"), orElse: step > 0 ? 0 : length - 1)
    let last = clamped(try whole(stop, "end"), orElse: step > 0 ? length : -1)
    let span = step > 0 ? last - first : first - last
    let stride = step.magnitude
    let count = span <= 0 ? 0 : Int((UInt(span) + stride - 1) / stride)
    return .range(start: first, count: count, step: count <= 1 ? 1 : step)
  }
}
