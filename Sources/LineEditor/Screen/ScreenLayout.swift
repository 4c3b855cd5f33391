import CLibEdit

/// Where libedit puts each character of an entry on the screen, counted from the prompt's row.
struct ScreenLayout {
  struct Place: Equatable {
    var row: Int
    var column: Int
  }

  /// The place of each character; a line end's is where the line ends.
  private(set) var places: [Place] = []
  /// The cursor's place.
  private(set) var cursor = Place(row: 0, column: 0)
  /// The place after the last character.
  private(set) var end: Place
  /// False where a character is shown in a way that is not followed here: as `^A`, or over another.
  private(set) var isExact = true

  init(promptWidth: Int, buffer: EntryBuffer, columns: Int) {
    var place = Place(row: 0, column: promptWidth)
    for (i, scalar) in buffer.text.enumerated() {
      let width = scalar == "\n" ? 0 : Int(editline_width(wchar_t(bitPattern: scalar.value)))
      // A wide character that does not fit goes to the next row.
      if place.column + width > columns { place = Place(row: place.row + 1, column: 0) }
      if i == buffer.cursor { cursor = place }
      places.append(place)
      if scalar == "\n" {
        place = Place(row: place.row + 1, column: 0)
      } else {
        if width < 1 { isExact = false }
        place.column += max(width, 0)
        if place.column >= columns { place = Place(row: place.row + 1, column: 0) }
      }
    }
    end = place
    if buffer.cursor >= buffer.text.count { cursor = place }
  }

  /// Rows that prompt and text take.
  var rows: Int { end.row + 1 }
}
