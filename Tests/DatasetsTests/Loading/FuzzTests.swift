import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// Files that were valid, changed and cut in seeded ways: there are data or there is an error that
/// says why, and never anything else.
struct FuzzTests {
  private func valid(_ folder: TemporaryFolder) throws -> [(name: String, bytes: [UInt8])] {
    let stream = RandomStream(seed: 8, key: "fuzz", count: 0)
    let pictures = try Synthetic.make(kind: "images", n: 6, d: 8, stream: stream)
    try NumPyFile.write(dataset: pictures, to: folder("x"))
    let record = [UInt8](repeating: 7, count: 3073)
    var files: [(String, [UInt8])] = [
      ("a.csv", Array("u,\"v \"\"q\"\"\",label\n1,2.5,\"a\nb\"\r\n-3e5,NA,c\n,7,\"a\nb\"\n".utf8)),
      ("a.tsv", Array("1\t2\ta\n3\t4\tb\n".utf8)),
      ("a.svm", Array("+1 1:0.5 3:2 # c\n-1 2:1e3 4:-7\n+1\n".utf8)),
      ("a", Array("1,2,a\n3,4,b\n".utf8)),
      ("c.csv", Array("a;city;y\n1,5;P;u\n-2;\"Q;\";v\n;P;u\n3,25e1;;v\n".utf8)),
      ("c.txt", Array("a  b y\n 1 2.5\tp\n3 -4 \"q r\" \n\n5  NA p\n".utf8)),
      ("d.txt", Array("1|x|p\n2|y|q\n?|x|p\n".utf8)),
      ("b.svm", Array("3 qid:1 0:0.5 2:1 # c\n1 qid:1 3:2 1:4\n2 qid:2 5:1 5:2\n".utf8)),
      ("data_batch_1.bin", record + record),
      ("a.npz", try TemporaryFolder.bytes(folder("x"))),
      ("b.npz", NumPyFixtures.deflatedArchive),
      ("a.npy", NumPyFixtures.int16Fortran3),
      ("b.npy", NumPyFixtures.texts),
      ("c.npy", NumPyFixtures.records),
      ("a.mat", try Fixtures.bytes("matlab/cell.mat")),
      ("b.mat", try Fixtures.bytes("matlab/sparse-compressed.mat")),
      ("c.mat", try Fixtures.bytes("matlab/parts.mat")),
      ("d.mat", try Fixtures.bytes("matlab/big_endian.mat")),
    ]
    for name in [
      "cifar-10-python.tar.gz", "cifar-100-binary.tar.gz", "archives/stored.zip",
      "mnist.zip", "archives/ustar.tar.bz2",
    ] {
      files.append((name.split(separator: "/").joined(), try Fixtures.bytes(name)))
    }
    for name in ["python2-0", "python2-2", "python3-5"] {
      files.append((name, try Fixtures.plain("pickles/\(name).gz")))
    }
    if case .memory(let memory) = Bundled.source("digits")?.place {
      files.append(("d.csv.gz", Array(memory.bytes)))
    }
    return files
  }

  @Test func changedFilesAreReadOrRefused() throws {
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 9, key: "fuzz", count: 0)
    let pieces: [[UInt8]] = [
      Array("99999999999999999999".utf8), Array("-1".utf8), Array("1e999".utf8), Array("nan".utf8),
      [34], [10], [13], [44], [58], [0], [255], [0xFF, 0xFE], [0x1F, 0x8B], Array("'".utf8),
    ]
    var (readable, refused) = (0, 0)
    for (name, bytes) in try valid(folder) {
      for _ in 0..<(bytes.count > 10_000 ? 60 : 400) {
        var changed = bytes
        for _ in 0...stream.integer(below: 4) where !changed.isEmpty {
          let place = stream.integer(below: min(changed.count, 2000))
          switch stream.integer(below: 5) {
          case 0: changed[place] = UInt8(stream.integer(below: 256))
          case 1: changed[place] ^= 1 << UInt8(stream.integer(below: 8))
          case 2: changed.removeLast(changed.count - stream.integer(below: changed.count))
          case 3:
            changed.insert(contentsOf: pieces[stream.integer(below: pieces.count)], at: place)
          default: changed.remove(at: place)
          }
        }
        let path = try folder.write(name, changed)
        do {
          _ = try DataLoader.load(path)
          readable += 1
        } catch is DataError {
          refused += 1
        } catch is MemoryRefused {
          refused += 1
        }
      }
      let path = try folder.write(name, bytes)
      for format in DataLoader.formats {
        do {
          _ = try DataLoader.load(path, LoadOptions(format: format))
        } catch is DataError {
        } catch is MemoryRefused {
        }
      }
    }
    #expect(readable > 100)
    #expect(refused > 1000)
  }

  @Test func changedMatricesAreReadOrRefused() throws {
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 10, key: "fuzz", count: 0)
    let bytes = Array("# c\n1 2.5 -3\n4e5 nan 6 # x\n".utf8)
    for _ in 0..<1000 {
      var changed = bytes
      for _ in 0...stream.integer(below: 3) {
        changed[stream.integer(below: changed.count)] = UInt8(stream.integer(below: 256))
      }
      do {
        _ = try TextMatrixFile.read(
          folder.write("m", changed), delimiter: stream.integer(below: 2) == 0 ? nil : ",")
      } catch is DataError {
      }
    }
  }
}
