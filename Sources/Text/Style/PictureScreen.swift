import Synchronization

/// A terminal that may show pictures of pixels. It is asked when the first one is wanted, and once.
public final class PictureScreen: Sendable {
  /// How pictures are sent.
  public enum Encoding: String, Sendable {
    /// The graphics protocol of kitty, which Ghostty and Konsole speak, too: PNG in APC strings.
    case kitty
    /// Inline images of iTerm2: PNG in an OSC string.
    case iTerm
    /// Sixels, as of the VT340.
    case sixel
  }

  /// What a terminal can show.
  public struct Properties: Sendable, Equatable {
    /// How pictures are sent.
    public var encoding: Encoding
    /// The pixels from one character to the next one.
    public var cellWidth: Int
    /// The pixels from one line to the next one.
    public var cellHeight: Int

    /// Properties of a terminal.
    public init(_ encoding: Encoding, cellWidth: Int, cellHeight: Int) {
      self.encoding = encoding
      self.cellWidth = cellWidth
      self.cellHeight = cellHeight
    }
  }

  /// What a terminal says.
  public enum Answer: Sendable, Equatable {
    /// It shows pictures.
    case shows(Properties)
    /// It shows none, for this reason.
    case cannot(String)
  }

  private let ask: @Sendable () -> Answer
  private let known = Mutex<Answer?>(nil)

  /// A terminal that `ask` asks.
  public init(ask: @escaping @Sendable () -> Answer) { self.ask = ask }

  /// Whether it is known that pictures are shown, without asking.
  public var isKnownToShow: Bool {
    if case .shows? = known.withLock({ $0 }) { true } else { false }
  }

  /// The answer.
  public var answer: Answer {
    known.withLock { known in
      let answer = known ?? ask()
      known = answer
      return answer
    }
  }
}

extension PictureScreen: Equatable {
  /// Whether both are the same terminal.
  public static func == (a: PictureScreen, b: PictureScreen) -> Bool { a === b }
}
