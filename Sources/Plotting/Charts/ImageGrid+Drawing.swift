extension ImageGrid {
  /// The pictures and their titles, at whole multiples of their pixels where there is room.
  public func drawing(in frame: DrawingFrame) -> Drawing {
    guard groups.contains(where: { $0.pictures.contains { !$0.isEmpty } }) else {
      return frame.message("no pictures to show")
    }
    var drawing =
      areRows
      ? groups.count == 1 && groups[0].title.isEmpty ? wrapped(in: frame) : rows(in: frame)
      : columns(in: frame)
    let names = groups.map(\.title).filter { !$0.isEmpty }
    let count = groups.reduce(0) { $0 + $1.pictures.count }
    drawing.summary =
      (count == 1 ? "1 picture" : "\(count) pictures")
      + (names.isEmpty ? "" : " of " + names.prefix(20).joined(separator: ", "))
      + (names.count > 20 ? ", …" : "")
    return drawing
  }

  private static let gap = 6.0
  private static let titleHeight = 18.0
  /// The height at which further pictures are left out where the user asked for none.
  private static let mostHeight = 4000.0

  /// The pictures of one group, in as many lines as they take.
  private func wrapped(in frame: DrawingFrame) -> Drawing {
    let pictures = groups[0].pictures
    let most = pictures.count == 1 ? 320.0 : 128
    let sizes = Sizes(groups)
    let perLine = Self.count(pictures.count, least: 48, room: frame.width)
    let scale = sizes.scale(for: Self.room(of: perLine, in: frame.width), most: most)
    var drawing = Drawing(width: frame.width)
    let (wide, tall) = (sizes.width * scale + Self.gap, sizes.height * scale + Self.gap)
    let limit = frame.hasAskedHeight ? frame.height : Self.mostHeight
    let lines = max(1, min((pictures.count + perLine - 1) / perLine, Int(limit / tall)))
    for (place, picture) in pictures.prefix(lines * perLine).enumerated() {
      add(
        picture, at: Point(Double(place % perLine) * wide, Double(place / perLine) * tall), scale,
        to: &drawing)
    }
    drawing.width = Double(min(perLine, pictures.count)) * wide - Self.gap
    drawing.height = Double(lines) * tall - Self.gap
    if lines * perLine < pictures.count {
      drawing.addNotes(["… \(pictures.count - lines * perLine) more"], in: frame)
    }
    return drawing
  }

  /// A row for each group, its title before it.
  private func rows(in frame: DrawingFrame) -> Drawing {
    let most = groups.map(\.pictures.count).max() ?? 1
    let names = min(
      groups.reduce(0) { max($0, TextMetrics.width(of: $1.title, size: 12)) }, frame.width / 4)
    let start = names > 0 ? names + 8 : 0
    let sizes = Sizes(groups)
    let shown = Self.count(most, least: 32, room: frame.width - start)
    let scale = sizes.scale(for: Self.room(of: shown, in: frame.width - start), most: 96)
    let (wide, tall) = (sizes.width * scale + Self.gap, sizes.height * scale + Self.gap)
    let limit = frame.hasAskedHeight ? frame.height : Self.mostHeight
    let lines = max(1, min(groups.count, Int((limit + Self.gap) / tall)))
    var drawing = Drawing(width: frame.width)
    for (line, group) in groups.prefix(lines).enumerated() {
      let y = Double(line) * tall
      let title = TextMetrics.clipped(group.title, to: names, size: 12)
      drawing.add(.text(title, Point(0, y + sizes.height * scale / 2 + 4), TextStyle()))
      for (place, picture) in group.pictures.prefix(shown).enumerated() {
        add(picture, at: Point(start + Double(place) * wide, y), scale, to: &drawing)
      }
    }
    drawing.width = start + Double(shown) * wide - Self.gap
    drawing.height = Double(lines) * tall - Self.gap
    var notes: [String] = []
    if shown < most { notes.append("\(shown) of up to \(most) pictures in each row") }
    if lines < groups.count { notes.append("… \(groups.count - lines) more") }
    drawing.addNotes(notes, in: frame)
    return drawing
  }

  /// A column for each group, its title above it; columns that don't fit continue below.
  private func columns(in frame: DrawingFrame) -> Drawing {
    let sizes = Sizes(groups)
    let depth = groups.map(\.pictures.count).max() ?? 1
    // A single row of pictures has room for larger ones than samples below one another.
    let most = groups.count == 1 && depth == 1 ? 320.0 : depth == 1 ? 128 : 64
    let fitting = Self.count(groups.count, least: depth == 1 ? 90 : 48, room: frame.width)
    let bands = (groups.count + fitting - 1) / fitting
    let perBand = (groups.count + bands - 1) / bands
    let scale = sizes.scale(for: Self.room(of: perBand, in: frame.width), most: most)
    let column = max(
      sizes.width * scale + Self.gap,
      min(Self.room(of: perBand, in: frame.width), 80) + Self.gap)
    let tall = sizes.height * scale + Self.gap
    let limit = frame.hasAskedHeight ? frame.height : Self.mostHeight
    var drawing = Drawing(width: min(frame.width, Double(perBand) * column - Self.gap))
    for start in stride(from: 0, to: groups.count, by: perBand) {
      let band = groups[start..<min(start + perBand, groups.count)]
      let lines = Double(band.map(\.pictures.count).max() ?? 0)
      let titles = band.contains { !$0.title.isEmpty } ? Self.titleHeight : 0
      if start > 0, drawing.height + titles + lines * tall > limit {
        drawing.addNotes(["… \(groups.count - start) more"], in: frame)
        return drawing
      }
      let top = drawing.height + (start > 0 ? Self.gap : 0) + titles
      for (index, group) in band.enumerated() {
        let middle = (Double(index) + 0.5) * column - Self.gap / 2
        let title = TextMetrics.clipped(group.title, to: column - 4, size: 11)
        drawing.add(
          .text(title, Point(middle, top - 6), TextStyle(size: 11, anchor: .middle)))
        for (place, picture) in group.pictures.enumerated() {
          let x = (middle - sizes.width * scale / 2).rounded()
          add(picture, at: Point(x, top + Double(place) * tall), scale, to: &drawing)
        }
      }
      drawing.height = top + lines * tall - Self.gap
    }
    return drawing
  }

  /// Adds a picture. One that is reduced keeps twice the pixels of its place, for sharp displays.
  private func add(
    _ picture: Picture, at place: Point, _ scale: Double, to drawing: inout Drawing
  ) {
    guard !picture.isEmpty else { return }
    let (width, height) = (Double(picture.width) * scale, Double(picture.height) * scale)
    let (across, down) =
      scale >= 0.5
      ? (picture.width, picture.height)
      : (Int((2 * width).rounded(.up)), Int((2 * height).rounded(.up)))
    drawing.add(
      .image(
        picture.raster(width: max(1, across), height: max(1, down)),
        Rectangle(x: place.x, y: place.y, width: width, height: height)))
  }

  /// The number of pictures of at least this width that fit side by side, at most `count`.
  private static func count(_ count: Int, least: Double, room: Double) -> Int {
    max(1, min(count, Int((room + gap) / (least + gap))))
  }

  /// The width for each of `count` pictures side by side.
  private static func room(of count: Int, in width: Double) -> Double {
    (width + gap) / Double(max(1, count)) - gap
  }

  /// The greatest width and height of all pictures, which are scaled together.
  private struct Sizes {
    var width = 1.0
    var height = 1.0

    init(_ groups: [TitledPictures]) {
      for picture in groups.lazy.flatMap(\.pictures) where !picture.isEmpty {
        width = max(width, Double(picture.width))
        height = max(height, Double(picture.height))
      }
    }

    /// The pixels of the drawing for each pixel: whole where there is room for one.
    func scale(for room: Double, most: Double) -> Double {
      let wide = min(room / width, max(most, width) / width, max(most, 400) / height)
      return wide >= 1 ? wide.rounded(.down) : wide
    }
  }
}
