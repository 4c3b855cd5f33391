import TestSupport
import Testing

@testable import Commands

/// `load` of what people have on disk.
@Suite struct LoadTests {
  private func fixture(_ name: String) -> String {
    Repository.path("Tests/DatasetsTests/Fixtures/\(name)")
  }

  /// The steps of the assignment, from an archive of the shape of the one that is downloaded.
  @Test func theAssignmentFromTheArchiveAsDownloaded() {
    let result = run(
      """
      data = load "\(fixture("cifar-10-python.tar.gz"))"
      d = split data train=8 val=2 dev=4 test=3
      d = center d by=train
      d = add-bias d
      expect d.train.n == 8 and d.val.n == 2 and d.dev.n == 4 and d.test.n == 3
      expect d.d == 3073 and d.k == 10
      print d.classes[3] d.train.y
      W = zeros(d.d, d.k)
      loss, dW = svm_loss(W, d.train, reg=0)
      expect loss ~= 9 within=1e-12
      m = train d.train lr=1e-9 iters=5 batch=4
      e = evaluate m on=d.test
      """)
    #expect(result.status == 0, "\(result.report)")
    #expect(result.text.contains("loaded cifar-10-python: train 10 rows, test 3 rows × 3072"))
    #expect(result.text.contains("read as cifar10: bytes"))
    #expect(result.text.contains("cat [0 1 2 3 4 5 6 7]"), "\(result.text)")
  }

  @Test func theReportSaysWhatAFileWasTakenFor() {
    for (name, format) in [
      ("cifar-100-binary.tar.gz", "cifar100"), ("mnist", "idx"), ("mnist.zip", "idx"),
      ("pickles/python2-2.gz", "pickle"), ("pictures/animals.tar.gz", "images"),
      ("texts/dense.arff.gz", "arff"), ("texts/rows.json.gz", "jsonl"),
      ("numpy/csr.npz", "npz"), ("archives/stored.zip", "csv"),
    ] {
      let result = run("load \"\(fixture(name))\"")
      #expect(result.status == 0, "\(result.report)")
      #expect(result.text.contains("read as \(format): "), "\(name): \(result.text)")
    }
  }

  @Test func options() {
    let coarse = run(
      "d = load \"\(fixture("cifar-100-python.tar.gz"))\" label=\"coarse\"\nprint d.k")
    #expect(coarse.text.hasSuffix("\n20"), "\(coarse.text)\(coarse.report)")
    let kinds = fixture("pictures/kinds")
    for (size, shape) in [("7", "[7 7 3]"), ("[4]", "[4 4 3]"), ("[3, 5]", "[3 5 3]")] {
      let pictures = run("d = load \"\(kinds)\" size=\(size)\nprint d.image_shape")
      #expect(pictures.text.hasSuffix(shape), "\(pictures.text)\(pictures.report)")
    }
    for (text, message) in [
      ("load \"\(kinds)\" size=0", "at least 1"),
      ("load \"\(kinds)\" size=[1, 2, 3]", "one number, or height and width"),
      ("load \"\(kinds)\" size=100000", "of 16384 at most"),
      ("load \"iris\" size=3", "size= is for folders of pictures"),
      ("load \"\(fixture("texts/rows.json.gz"))\" header=true", "JSON names its columns itself"),
      ("load \"\(fixture("mnist"))\" label=first", "label= is for tables"),
    ] {
      let result = run(text)
      #expect(result.status != 0)
      #expect(result.report.contains(message), "\(result.report)")
    }
  }

  /// Arrays and models in .npz files are values of their own, as before.
  @Test func whatIsNoDataset() throws {
    let folder = try TemporaryFolder()
    let result = run(
      """
      A = [[1, 2.5], [3, 4]]
      save A to="\(folder("a.npy"))"
      save A to="\(folder("a.npz"))"
      d = synth blobs n=20 d=3 classes=2 seed=1
      m = train d iters=3
      save m to="\(folder("m.npz"))"
      save d to="\(folder("d.npz"))"
      B = load "\(folder("a.npy"))"
      C = load "\(folder("a.npz"))"
      n = load "\(folder("m.npz"))"
      e = load "\(folder("d.npz"))"
      expect B ~= A within=0
      expect C ~= A within=0
      expect n.W ~= m.W within=0
      expect e.n == 20
      """)
    #expect(result.status == 0, "\(result.report)")
  }
}
