import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

/// The cache into which `scripts/real-files` fetches.
private enum RealFiles {
  static let folder: String = {
    let cache = getenv("XDG_CACHE_HOME").map { String(cString: $0) } ?? ""
    let home = getenv("HOME").map { String(cString: $0) } ?? ""
    return (cache.isEmpty ? home + "/.cache" : cache) + "/svmrepl/real-files/"
  }()

  static let areThere = access(folder + "complete-1", F_OK) == 0
}

/// Files that packages of Debian and Python ship, against what other libraries read from them:
/// `make_expected.py` wrote that down.
@Suite(.enabled(if: RealFiles.areThere, "scripts/real-files fetches them, by the network"))
struct RealFilesTests {
  private struct Expected {
    let file: String
    let options: String
    let rows: Int
    let columns: Int
    let featuresHash: String
    let labelsHash: String
  }

  private static func expected() throws -> [Expected] {
    let text = try Repository.text("Tests/DatasetsTests/RealFiles/expected.txt")
    return text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 6, let rows = Int(words[2]), let columns = Int(words[3]) else {
        Issue.record("no expectation: \(line)")
        return nil
      }
      return Expected(
        file: words[0], options: words[1], rows: rows, columns: columns, featuresHash: words[4],
        labelsHash: words[5])
    }
  }

  @Test func everyNumberIsThatOfOtherLibraries() throws {
    let all = try Self.expected()
    #expect(all.count >= 35)
    for one in all {
      var options = LoadOptions()
      switch one.options {
      case "-": break
      case "label=none": options.label = .none
      case "label=first": options.label = .first
      case "size=32": options.pictureSize = (32, 32)
      default: Issue.record("unknown options: \(one.options)")
      }
      let data = try dataset(DataLoader.load(RealFiles.folder + one.file, options))
      #expect(data.count == one.rows, "\(one.file)")
      #expect(data.features.columns == one.columns, "\(one.file)")
      var bytes: [UInt8] = []
      bytes.reserveCapacity(8 * one.rows * one.columns)
      for i in 0..<data.count {
        for number in data.features.row(i) {
          let bits = number.isNaN ? 0x7FF8_0000_0000_0000 : number.bitPattern
          withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
        }
      }
      #expect(SHA256.hex(bytes).prefix(16) == one.featuresHash, "features of \(one.file)")
      let labels = data.labels.map { data.classes[$0] + "\n" }.joined()
      #expect(SHA256.hex(Array(labels.utf8)).prefix(16) == one.labelsHash, "labels of \(one.file)")
    }
  }

  /// scikit-learn's tables of a form of its own, files that its tests refuse, and Weka's texts.
  @Test func whatOtherLibrariesRefuse() throws {
    for (file, message) in [
      ("sklearn/breast_cancer.csv", "this row has 31 cells, and the first row has 4"),
      ("sklearn/wine_data.csv", "this row has 14 cells, and the first row has 5"),
      ("sklearn/svmlight_invalid.txt", "column 1: the label \"python\" is not a number"),
      ("sklearn/svmlight_multilabel.txt", "column 1: the label \"1,0\" is not a number"),
      ("weka/ReutersCorn-train.arff", "the attribute \"Text\" is text, and features are numbers"),
    ] {
      let path = RealFiles.folder + file
      let isSparse = file.contains("svmlight")
      let error = #expect(throws: DataError.self) {
        try DataLoader.load(path, LoadOptions(format: isSparse ? "libsvm" : nil))
      }
      #expect(error?.message == message)
      #expect(error?.path == path)
    }
  }
}
