import Language
import Notebooks

/// Everything that lives as long as the person's work: names and their values, seed and random
/// streams, settings, and where output goes. One thread at a time uses it.
public final class Session: @unchecked Sendable {
  /// Where output is shown.
  public var display: Display

  /// A session with nothing in it.
  public init(display: Display = Display()) {
    self.display = display
  }
}
