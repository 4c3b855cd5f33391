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
      Self.leave("FUZZED_READER is no reader: \(name)")
    }
    do {
      folder = try TemporaryFolder()
    } catch {
      Self.leave("no folder for the file: \(error)")
    }
    self.reader = reader
  }

  private static func leave(_ reason: String) -> Never {
    let line = Array("fuzz: \(reason)\n".utf8)
    _ = write(2, line, line.count)
    exit(2)
  }
}

private let target = Target()

/// What libFuzzer calls with each input. An input that is read wrongly ends the process, which is
/// how libFuzzer learns of it.
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
