import Testing

@testable import LinearAlgebra

@Test func refusesWhatDoesNotFit() throws {
  try MemoryLimit.require(rows: 100, columns: 100, bytesPerEntry: 8)
  try MemoryLimit.require(bytes: 0)
  // Sizes whose product overflows 64 bits.
  #expect(throws: MemoryRefused.self) {
    try MemoryLimit.require(rows: Int.max, columns: Int.max, bytesPerEntry: 8)
  }
  #expect(throws: MemoryRefused.self) { try MemoryLimit.require(bytes: .infinity) }
  #expect(throws: MemoryRefused.self) { try MemoryLimit.require(bytes: .nan) }
  #expect(MemoryLimit.availableBytes > 1 << 20)
}

@Test func refusalNamesBothNumbers() {
  let refusal = MemoryRefused(needed: 8e12, available: 23.14e9)
  #expect(refusal.description == "this needs 8 TB of memory, and 23.1 GB are free")
}

@Test func readsTheKernelsFiles() {
  let text = Array("MemTotal:  100 kB\nMemAvailable:   4321 kB\n".utf8)
  #expect(SystemFile.field("MemAvailable:", in: text) == 4321)
  #expect(SystemFile.field("Swap:", in: text) == nil)
  #expect(SystemFile.firstNumber(Array("max\n".utf8)) == nil)
  #expect(SystemFile.firstNumber(Array("99999999999999999999999".utf8)) == UInt64.max)
  #expect(SystemFile.contents("/no/such/file") == [])
}
