import Testing

@testable import Plotting

@Test func surfaceDefaultsToEightyColumnsOfBraille() {
  let surface = Surface()
  #expect(surface.width == 80)
  #expect(surface.height == nil)
  #expect(surface.marks == .braille)
  #expect(surface.color == .none)
}
