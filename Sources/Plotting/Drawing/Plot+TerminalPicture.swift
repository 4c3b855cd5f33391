import Text

extension Plot {
  /// The pixels of a row of text in a drawing, to which a terminal's rows are scaled.
  private static let rowHeight = 18.0

  /// The plot as the escape sequences with which a terminal shows it as a picture, as wide as its
  /// text would be and no higher than the screen. Nil where there is no library to draw it.
  public func terminalPicture(
    on screen: PictureScreen.Properties, display: Display
  ) -> [UInt8]? {
    // Letters are as high as the terminal's own.
    let scale = Double(screen.cellHeight) / Self.rowHeight
    guard scale > 0, screen.cellWidth > 0 else { return nil }
    let room = Int(Double(display.width * screen.cellWidth) / scale)
    var drawing = drawing(width: width == nil ? min(room, 720) : nil)
    if let rows = display.height, height == nil {
      let most = Double(max(rows - 2, 4)) * Self.rowHeight
      if drawing.height > most {
        drawing = self.drawing(width: width == nil ? min(room, 720) : nil, height: Int(most))
      }
    }
    guard let picture = drawing.pixels(scale: scale) else { return nil }
    switch screen.encoding {
    case .sixel:
      return SixelWriter(picture.rgb, width: picture.width, height: picture.height).bytes
    case .kitty:
      guard let png = picture.png else { return nil }
      return Self.kitty(png)
    case .iTerm:
      guard let png = picture.png else { return nil }
      let columns = (picture.width + screen.cellWidth - 1) / screen.cellWidth
      return Array(
        "\u{1B}]1337;File=inline=1;size=\(png.count);width=\(columns):\(Base64.text(png))\u{7}".utf8
      )
    }
  }

  /// PNG in pieces of at most 4096 characters, none of which is answered.
  private static func kitty(_ png: [UInt8]) -> [UInt8] {
    let text = Array(Base64.text(png).utf8)
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 4096) {
      let end = min(start + 4096, text.count)
      let head = start == 0 ? "a=T,f=100,q=2," : ""
      bytes += "\u{1B}_G\(head)m=\(end < text.count ? 1 : 0);".utf8
      bytes += text[start..<end]
      bytes += "\u{1B}\\".utf8
    }
    return bytes
  }
}
