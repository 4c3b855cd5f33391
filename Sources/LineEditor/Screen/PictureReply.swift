import Glibc
import Text

/// The answers of a terminal, told from the keys that came with them.
struct PictureReply {
  private var bytes: [UInt8] = []
  private var showsKitty = false
  private var name = ""
  private var hasSixels = false
  /// Pixels of a character, and of the screen.
  private var cell: (width: Int, height: Int)?
  private var screen: (width: Int, height: Int)?
  /// Whether the last answer has come.
  private(set) var isComplete = false
  private var other: [UInt8] = []

  /// Takes what was read.
  mutating func add(_ more: some Sequence<UInt8>) {
    bytes += more
    while let end = takeNext() { bytes.removeFirst(end) }
  }

  /// What is no answer.
  var keys: [UInt8] { other + bytes }

  /// Takes an answer or a key from the start; returns its length, nil where more must come.
  private mutating func takeNext() -> Int? {
    guard let first = bytes.first else { return nil }
    guard first == 0x1B, bytes.count > 1 else {
      if first == 0x1B { return nil }
      other.append(first)
      return 1
    }
    switch bytes[1] {
    case UInt8(ascii: "_"), UInt8(ascii: "P"): return takeString()
    case UInt8(ascii: "["): return takeSequence()
    default:
      other.append(first)
      return 1
    }
  }

  /// `ESC _ G i=31;OK ESC \` or `ESC P > | name ESC \`.
  private mutating func takeString() -> Int? {
    guard bytes.count > 2 else { return nil }
    let isAnswer = bytes[2] == UInt8(ascii: bytes[1] == UInt8(ascii: "_") ? "G" : ">")
    guard isAnswer else {
      other += bytes.prefix(2)
      return 2
    }
    guard
      let end = bytes.indices.dropFirst(3).first(where: {
        bytes[$0] == UInt8(ascii: "\\") && bytes[$0 - 1] == 0x1B
      })
    else { return nil }
    let text = String(decoding: bytes[2..<(end - 1)], as: UTF8.self)
    if bytes[1] == UInt8(ascii: "_") {
      showsKitty = showsKitty || text.hasSuffix(";OK")
    } else {
      name = text
    }
    return end + 1
  }

  /// `ESC [ 6 ; height ; width t`, `ESC [ 4 ; height ; width t` or `ESC [ ? 62 ; 4 c`; others are
  /// keys.
  private mutating func takeSequence() -> Int? {
    guard let end = bytes.indices.dropFirst(2).first(where: { (0x40...0x7E).contains(bytes[$0]) })
    else { return nil }
    let text = String(decoding: bytes[2..<end], as: UTF8.self)
    let numbers = text.split(separator: ";").compactMap { Int($0) }
    switch bytes[end] {
    case UInt8(ascii: "c") where text.hasPrefix("?"):
      hasSixels = text.dropFirst().split(separator: ";").dropFirst().contains("4")
      isComplete = true
    case UInt8(ascii: "t") where numbers.count == 3 && [4, 6].contains(numbers[0]):
      let size = (width: numbers[2], height: numbers[1])
      if numbers[0] == 6 { cell = size } else { screen = size }
    default: other += bytes[...end]
    }
    return end + 1
  }

  /// What the terminal can show; nil where it shows no pictures.
  func properties(
    _ size: winsize, _ environment: (String) -> String?
  ) -> PictureScreen.Properties? {
    guard isComplete else { return nil }
    let isITerm =
      name.contains("iTerm2") || environment("TERM_PROGRAM") == "iTerm.app"
      || environment("LC_TERMINAL") == "iTerm2"
    guard showsKitty || isITerm || hasSixels else { return nil }
    let (columns, rows) = (Int(size.ws_col), Int(size.ws_row))
    let pixels =
      size.ws_xpixel > 0 && size.ws_ypixel > 0
      ? (width: Int(size.ws_xpixel), height: Int(size.ws_ypixel)) : screen
    var found = cell
    if columns > 0, rows > 0, let pixels, size.ws_xpixel > 0 || found == nil {
      found = (pixels.width / columns, pixels.height / rows)
    }
    // Without an answer, the cells of the VT340.
    let cell = found ?? (10, 20)
    // What no font has is a mistake of the terminal.
    guard (2...200).contains(cell.width), (4...400).contains(cell.height) else { return nil }
    return .init(
      showsKitty ? .kitty : isITerm ? .iTerm : .sixel, cellWidth: cell.width,
      cellHeight: cell.height)
  }
}
