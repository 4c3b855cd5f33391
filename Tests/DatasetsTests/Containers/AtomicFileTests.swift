import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

struct AtomicFileTests {
  private func mode(_ path: String) -> UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func aFileIsReplacedAndKeepsItsPermissions() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a", "old")
    chmod(path, 0o640)
    try AtomicFile.write(Array("new".utf8), to: path)
    #expect(try TemporaryFolder.text(path) == "new")
    #expect(mode(path) == 0o640)
    #expect(folder.names == ["a"])
    try AtomicFile.write(to: path) { output in
      for _ in 0..<1000 { try output.append([UInt8](repeating: 65, count: 1000)) }
      try output.append(repeatElement(UInt8(66), count: 3))
    }
    #expect(try TemporaryFolder.bytes(path).count == 1_000_003)
  }

  @Test func whatFailsLeavesTheOldFile() throws {
    struct Stop: Error {}
    let folder = try TemporaryFolder()
    let path = try folder.write("a", "old")
    #expect(throws: Stop.self) {
      try AtomicFile.write(to: path) { output in
        try output.append("new")
        throw Stop()
      }
    }
    #expect(try TemporaryFolder.text(path) == "old")
    #expect(folder.names == ["a"])
  }

  @Test func aFullDiskIsAnError() {
    #expect(
      throws: DataError("can't be written: No space left on device", path: "/dev/full")
    ) { try AtomicFile.write([1, 2, 3], to: "/dev/full") }
    #expect(throws: Never.self) { try AtomicFile.write([1, 2, 3], to: "/dev/null") }
    #expect(
      throws: DataError("can't be written: No space left on device", path: "/dev/full")
    ) {
      try NumPyFile.writeArchive(
        [NamedArray(name: "a", array: try NumPyArray(shape: [1], values: [1]))], to: "/dev/full")
    }
  }

  /// A file system that is too small, where one can be had: the limit on a file's size does as
  /// well.
  @Test func whatDoesNotFitLeavesTheOldFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a", "old")
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    getrlimit(kind, &limit)
    let before = signal(SIGXFSZ, SIG_IGN)
    var small = rlimit(rlim_cur: 100_000, rlim_max: limit.rlim_max)
    setrlimit(kind, &small)
    defer {
      setrlimit(kind, &limit)
      signal(SIGXFSZ, before)
    }
    #expect(throws: DataError("can't be written: File too large", path: path)) {
      try AtomicFile.write([UInt8](repeating: 1, count: 1_000_000), to: path)
    }
    #expect(try TemporaryFolder.text(path) == "old")
    #expect(folder.names == ["a"])
  }

  @Test func foldersAndMissingFoldersAreErrors() throws {
    let folder = try TemporaryFolder()
    #expect(throws: DataError("is a folder, and can't be written over", path: folder.path)) {
      try AtomicFile.write([1], to: folder.path)
    }
    let missing = folder("no/such/file")
    #expect(
      throws: DataError("can't be written: No such file or directory", path: missing)
    ) { try AtomicFile.write([1], to: missing) }
    #expect(throws: DataError("the path is empty")) { try AtomicFile.write([1], to: "") }
    #expect(throws: DataError.self) { try AtomicFile.write([1], to: folder("a\0b")) }
    #expect(folder.names.isEmpty)
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aFolderThatCanNotBeWrittenKeepsItsFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a", "old")
    chmod(folder.path, 0o555)
    #expect(throws: DataError("can't be written: Permission denied", path: path)) {
      try AtomicFile.write([1], to: path)
    }
    #expect(try TemporaryFolder.text(path) == "old")
  }

  @Test func linksStayLinks() throws {
    let folder = try TemporaryFolder()
    folder.makeFolder("deep")
    try folder.write("deep/target", "old")
    symlink("deep/target", folder("link"))
    symlink("link", folder("second"))
    try AtomicFile.write(Array("new".utf8), to: folder("second"))
    #expect(try TemporaryFolder.text(folder("deep/target")) == "new")
    var status = stat()
    lstat(folder("link"), &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    // A link to nothing makes what it leads to.
    symlink("deep/fresh", folder("dangling"))
    try AtomicFile.write(Array("x".utf8), to: folder("dangling"))
    #expect(try TemporaryFolder.text(folder("deep/fresh")) == "x")
    symlink("loop", folder("loop"))
    #expect(throws: DataError.self) { try AtomicFile.write([1], to: folder("loop")) }
  }
}
