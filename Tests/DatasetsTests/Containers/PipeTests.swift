import Glibc
import TestSupport
import Testing

@testable import Datasets
@testable import LinearAlgebra

/// Named pipes, which are read as the standard input is.
struct PipeTests {
  /// Writes bytes to a pipe in pieces, on a thread of its own.
  private func send(_ bytes: [UInt8], to path: String) {
    _ = BackgroundThread.start {
      let descriptor = open(path, O_WRONLY)
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + 1000)
        let piece = bytes[start..<end]
        let count = piece.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count <= 0 { break }
        start += count
      }
      close(descriptor)
    }
  }

  private func load(
    _ bytes: [UInt8], _ options: LoadOptions = LoadOptions()
  ) throws -> Loaded {
    let folder = try TemporaryFolder()
    mkfifo(folder("data"), 0o600)
    send(bytes, to: folder("data"))
    return try DataLoader.load(folder("data"), options)
  }

  @Test func everyFormatComesThroughAPipe() throws {
    let table = try dataset(load(Array("1,2,a\n3,4,b\n".utf8)))
    #expect(table.features.row(1) == [3, 4])
    #expect(try dataset(load(Array("1 1:2\n2 2:3\n".utf8))).features.row(1) == [0, 3])
    let parts = try split(load(try Fixtures.bytes("cifar-10-python.tar.gz")))
    #expect(parts.train.count == 10)
    #expect(try split(load(try Fixtures.bytes("cifar-100-binary.tar.gz"))).test?.count == 2)
    #expect(try dataset(load(try Fixtures.bytes("pickles/python2-2.gz"))).labels == [3, 4])
    #expect(try split(load(try Fixtures.bytes("mnist.zip"))).train.count == 5)
    #expect(try split(load(try Fixtures.bytes("pictures/animals.tar.gz"))).train.count == 4)
    #expect(try dataset(load(try Fixtures.bytes("numpy/zip64.npz"))).count == 50)
    #expect(try dataset(load(try Fixtures.bytes("numpy/csr-compressed.npz"))).count == 7)
    guard case .arrays(let arrays) = try load(try Fixtures.bytes("numpy/sparse.npy")) else {
      Issue.record("no array")
      return
    }
    #expect(arrays[0].array.shape == [7, 5])
    let batch = (0..<3).flatMap { [UInt8($0)] + [UInt8](repeating: 9, count: 3072) }
    #expect(try dataset(load(batch)).labels == [0, 1, 2])
  }

  @Test func whatIsWrongWithIt() throws {
    let folder = try TemporaryFolder()
    mkfifo(folder("data"), 0o600)
    send([], to: folder("data"))
    #expect(throws: DataError("the file is empty", path: folder("data"))) {
      try DataLoader.load(folder("data"))
    }
    let error = #expect(throws: DataError.self) { try load(Array("1,2,a\n3,b\n".utf8)) }
    #expect(error?.line == 2)
  }

  /// Nothing is written, and the wish to stop is heard all the same.
  @Test func waitingEndsWhenItIsWished() throws {
    let folder = try TemporaryFolder()
    mkfifo(folder("data"), 0o600)
    Interruption.request(afterLooks: 3)
    defer { Interruption.clear() }
    #expect(throws: Interrupted.self) { try DataLoader.load(folder("data")) }
  }
}
