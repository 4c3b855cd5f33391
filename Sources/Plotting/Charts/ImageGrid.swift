import Text

/// A group of pictures with its name.
public struct TitledPictures: Sendable {
  /// The name, often that of a class.
  public var title: String
  /// The pictures.
  public var pictures: [Picture]

  /// Pictures under a name.
  public init(title: String, pictures: [Picture]) {
    self.title = title
    self.pictures = pictures
  }
}

/// Pictures side by side, scaled together to fit the width.
public struct ImageGrid: Chart {
  /// The groups of pictures.
  public var groups: [TitledPictures]
  /// Whether each group is a row with its title on the left, or a column with its title above.
  public var areRows: Bool

  /// A grid with a row for each group.
  public init(rows: [TitledPictures]) {
    groups = rows
    areRows = true
  }

  /// A grid with a column for each group. Columns that would be too narrow continue below.
  public init(columns: [TitledPictures]) {
    groups = columns
    areRows = false
  }

  /// `image`.
  public var kind: String { "image" }

  /// The groups, and the pixels of their pictures in the order of `Picture`.
  public var data: [ChartData.Named] {
    let groups = groups.map { group -> [ChartData.Named] in
      let pictures = group.pictures.map { picture -> [ChartData.Named] in
        [
          ("shape", .counts([picture.height, picture.width, picture.channels])),
          ("pixels", .numbers(picture.pixels)),
        ]
      }
      return [("title", .text(group.title)), ("pictures", .list(pictures))]
    }
    return [("groups", .list(groups))]
  }

  /// The pictures and their titles.
  public func drawn(in frame: ChartFrame) -> CellGrid {
    var grid = CellGrid(columns: frame.columns)
    guard groups.contains(where: { $0.pictures.contains { !$0.isEmpty } }) else {
      grid.put(frame.clipped("no pictures to show", to: frame.columns), row: 0, column: 0)
      return grid
    }
    let sizes = CellSizes(groups)
    if areRows {
      drawRows(into: &grid, sizes, frame)
    } else {
      drawColumns(into: &grid, sizes, frame)
    }
    return grid
  }

  // MARK: Columns

  private func drawColumns(into grid: inout CellGrid, _ sizes: CellSizes, _ frame: ChartFrame) {
    let depth = groups.map(\.pictures.count).max() ?? 1
    let perBand = columnsPerBand(depth: depth, sizes, frame)
    let pixels = pictureWidth(beside: perBand, room: frame.columns, sizes, frame)
    let limit = frame.askedRows ?? 200
    var row = 0
    var start = 0
    while start < groups.count {
      let band = groups[start..<min(start + perBand, groups.count)]
      if start > 0, row >= limit {
        let rest = "\(frame.display.ellipsis) \(groups.count - start) more"
        grid.put(frame.clipped(rest, to: frame.columns), row: row, column: 0)
        return
      }
      if band.contains(where: { !$0.title.isEmpty }) {
        for (index, group) in band.enumerated() {
          let title = frame.clipped(group.title, to: pixels)
          let indent = (pixels - DisplayWidth.of(title)) / 2
          grid.put(title, row: row, column: index * (pixels + 1) + indent)
        }
        row += 1
      }
      let cell = cellHeight(pixels, sizes)
      let gap = gapHeight(pixels, sizes, frame)
      let isLast = start + perBand >= groups.count
      var raster = PixelRaster(
        width: band.count * (pixels + 1) - 1,
        height: (cell + gap) * (band.map(\.pictures.count).max() ?? 0) - (isLast ? gap : 0))
      for (index, group) in band.enumerated() {
        for (place, picture) in group.pictures.enumerated() where !picture.isEmpty {
          raster.put(
            scaled(picture, pixels, sizes), x: index * (pixels + 1), y: place * (cell + gap))
        }
      }
      raster.paint(into: &grid, row: row, column: 0, display: frame.display)
      row += raster.rows
      start += perBand
    }
  }

  /// The number of columns side by side: the most with which pictures are not too narrow.
  private func columnsPerBand(depth: Int, _ sizes: CellSizes, _ frame: ChartFrame) -> Int {
    let native = sizes.widest
    // A single row of pictures has room for larger ones than samples below one another.
    let wanted = min(native, depth == 1 ? 15 : 6)
    let count = max(1, groups.count)
    for bands in 1...count {
      let perBand = (count + bands - 1) / bands
      if (frame.columns + 1) / perBand - 1 >= wanted { return perBand }
    }
    return 1
  }

  // MARK: Rows

  private func drawRows(into grid: inout CellGrid, _ sizes: CellSizes, _ frame: ChartFrame) {
    let most = groups.map(\.pictures.count).max() ?? 1
    let widest = groups.map { DisplayWidth.of($0.title) }.max() ?? 0
    let names = min(widest, frame.columns / 4)
    let start = names > 0 ? names + 1 : 0
    let room = max(1, frame.columns - start)
    // Pictures that do not fit are left out, and a line below says so.
    let shown = max(1, min(most, (room + 1) / 5))
    let pixels = pictureWidth(beside: shown, room: room, sizes, frame)
    let cell = cellHeight(pixels, sizes)
    let gap = gapHeight(pixels, sizes, frame)
    let limit = frame.askedRows ?? 400
    var row = 0
    for (index, group) in groups.enumerated() {
      if index > 0, row >= limit {
        let rest = "\(frame.display.ellipsis) \(groups.count - index) more"
        grid.put(frame.clipped(rest, to: frame.columns), row: row, column: 0)
        return
      }
      let isLast = index == groups.count - 1
      var raster = PixelRaster(
        width: shown * (pixels + 1) - 1, height: cell + (isLast ? 0 : gap))
      for (place, picture) in group.pictures.prefix(shown).enumerated() where !picture.isEmpty {
        raster.put(scaled(picture, pixels, sizes), x: place * (pixels + 1), y: 0)
      }
      let title = frame.clipped(group.title, to: names)
      grid.put(title, row: row + max(0, cell / 2 - 1) / 2, column: 0)
      raster.paint(into: &grid, row: row, column: start, display: frame.display)
      row += raster.rows
    }
    if shown < most {
      let note = "\(shown) of up to \(most) pictures in each row"
      grid.put(frame.clipped(note, to: frame.columns), row: row, column: 0)
    }
  }

  // MARK: CellSizes

  /// The greatest width and ratio of height to width, by which all pictures are scaled.
  private struct CellSizes {
    var widest = 1
    var tallestShape = 0.0

    init(_ groups: [TitledPictures]) {
      for group in groups {
        for picture in group.pictures where !picture.isEmpty {
          widest = max(widest, picture.width)
          tallestShape = max(tallestShape, Double(picture.height) / Double(picture.width))
        }
      }
    }
  }

  /// The columns of each of `count` pictures side by side. Small pictures grow by whole factors.
  private func pictureWidth(
    beside count: Int, room: Int, _ sizes: CellSizes, _ frame: ChartFrame
  ) -> Int {
    let most = max(1, (room + 1) / max(1, count) - 1)
    let native = sizes.widest
    if native >= most { return most }
    // Up to the width that the user asked for, else to 32 columns.
    return native * max(1, (frame.askedColumns == nil ? min(most, 32) : most) / native)
  }

  private func height(_ shape: Double, _ pixels: Int) -> Int {
    wholeNumber(shape * Double(pixels), in: 1...400)
  }

  /// The height of a picture's place in pixels, a whole number of cells.
  private func cellHeight(_ pixels: Int, _ sizes: CellSizes) -> Int {
    (height(sizes.tallestShape, pixels) + 1) / 2 * 2
  }

  /// The pixels between pictures above one another; none where half a cell is free already.
  private func gapHeight(_ pixels: Int, _ sizes: CellSizes, _ frame: ChartFrame) -> Int {
    let isDeep = areRows ? groups.count > 1 : groups.contains { $0.pictures.count > 1 }
    guard isDeep else { return 0 }
    // Characters show no gap of half a cell.
    let inBlocks = frame.display.hasColor && !frame.display.isASCII
    return inBlocks && height(sizes.tallestShape, pixels) % 2 == 1 ? 0 : 2
  }

  private func scaled(_ picture: Picture, _ pixels: Int, _ sizes: CellSizes) -> PixelRaster {
    // The same factor for all, so that a smaller picture stays smaller.
    let share = Double(picture.width) / Double(sizes.widest)
    let width = max(1, wholeNumber(share * Double(pixels), in: 1...1000))
    let shape = Double(picture.height) / Double(picture.width)
    return picture.raster(width: width, height: height(shape, width))
  }
}
