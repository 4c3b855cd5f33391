import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Files that are read in pieces.
struct ByteStreamTests {
  @Test func largeFilesAreReadWholeByAnyNumberOfThreads() throws {
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 41, key: "bytes", count: 0)
    for size in [0, 1, 1 << 21, 1 << 21 + 1, 5 << 20 + 123] {
      var bytes = [UInt8](repeating: 0, count: size)
      for i in stride(from: 0, to: size, by: 8) {
        bytes[i] = UInt8(truncatingIfNeeded: stream.nextUInt64())
      }
      let path = try folder.write("a", bytes)
      for count in [1, 3] {
        Parallel.threads = count
        let source = try #require(try DataSource.onDisk(path))
        let read = try source.readAll()
        #expect(read.withBytes { $0.elementsEqual(bytes) })
        #expect((0..<FileBytes.padding).allSatisfy { read.pointer[read.count + $0] == 0 })
      }
    }
  }

  /// A file that became longer or shorter after its size was looked at.
  @Test func whatIsThereIsRead() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a", [UInt8](repeating: 7, count: 6 << 20))
    for size in [3 << 20, 5 << 20 + 77, 9 << 20] {
      let read = try DataSource(path: path, place: .file(size: size)).readAll()
      #expect(read.count == 6 << 20)
      #expect(read.withBytes { $0.allSatisfy { $0 == 7 } })
    }
  }
}
