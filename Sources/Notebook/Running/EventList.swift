/// The events of a statement, of which the middle is left out where there are too many.
struct EventList {
  /// How many are kept from the start, and how many from the end.
  let limit: Int
  private var first: [ScriptRun.Event] = []
  private var last: [ScriptRun.Event] = []
  /// The oldest of `last`, once some are left out.
  private var oldest = 0
  private var isCut = false

  init(limit: Int) { self.limit = limit }

  mutating func add(_ event: ScriptRun.Event) {
    if first.count < limit {
      first.append(event)
    } else if last.count < limit {
      last.append(event)
    } else {
      last[oldest] = event
      oldest = (oldest + 1) % limit
      isCut = true
    }
  }

  /// The events that are kept, with a mark where some are left out.
  var all: [ScriptRun.Event] {
    first + (isCut ? [.omitted] : []) + last[oldest...] + last[..<oldest]
  }
}
