import FuzzedReaders
import Glibc
import TestSupport

/// The reader that `FUZZED_READER` names, and the folder of its file.
private struct Target: @unchecked Sendable {
  let reader: FuzzedReader
  let folder: TemporaryFolder

  init() {
    let name = getenv("FUZZED_READER").map { String(cString: $0) } ?? ""
    guard let reader = FuzzedReader(rawValue: name) else {
      fatalError("FUZZED_READER is no reader: \(name)")
    }
    guard let folder = try? TemporaryFolder() else { fatalError("no folder for the file") }
    (self.reader, self.folder) = (reader, folder)
  }
}

private let target = Target()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try target.reader.read(
      Array(UnsafeBufferPointer(start: start, count: count)), in: target.folder)
  } catch {
    fatalError("\(error)")
  }
  return 0
}
