import TestSupport
import Testing

@testable import Datasets

/// Lists in pages of their own, beside arrays.
struct PageListTests {
  @Test func asAnArray() throws {
    var numbers = SeededNumbers(seed: 3)
    let list = PageList<Int32>()
    var model: [Int32] = []
    #expect(list.elements.isEmpty)
    for round in 0..<200 {
      let number = Int32.random(in: .min ... .max, using: &numbers)
      switch Int.random(in: 0..<4, using: &numbers) {
      case 0:
        try list.append(repeating: number, count: 97 * round)
        model += [Int32](repeating: number, count: 97 * round)
      case 1 where !model.isEmpty:
        let place = Int.random(in: 0..<model.count, using: &numbers)
        list.replace(place, with: number)
        model[place] = number
      default:
        try list.append(number)
        model.append(number)
      }
      #expect(list.count == model.count && list.capacity >= list.count)
    }
    #expect(list.elements.elementsEqual(model))
    list.removeAll()
    #expect(list.count == 0 && list.capacity == 0 && list.elements.isEmpty)
    try list.append(7)
    #expect(Array(list.elements) == [7])
  }

  /// Two values never share memory, whatever a file says twice.
  @Test func memoryIsTakenOnce() throws {
    let all = ArrayBytes(try FileBytes([UInt8](repeating: 0, count: 64)))
    #expect(all.taken(0..<40) == nil)
    #expect(all.taken(0..<60) != nil)
    #expect(all.taken(0..<60) == nil)
  }
}
