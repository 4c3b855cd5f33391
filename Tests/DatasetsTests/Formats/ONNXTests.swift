import TestSupport
import Testing

@testable import Datasets

@Suite struct ONNXFileTests {
  /// The bytes are those of `onnx.helper.make_model(…).SerializeToString()`, of Python's onnx 1.23.
  @Test func theBytesOfPythonsPackage() throws {
    let folder = try TemporaryFolder()
    let path = folder("m.onnx")
    try ONNXFile.write(
      weights: [[1.5, -2], [0.25, 1e10]], intercepts: [0.5, -300], classes: ["katt", "häst"],
      to: path)
    let found = try TemporaryFolder.bytes(path).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
    let expected = """
      0807120773766d7265706c3af6010a99010a015812056c6162656c120673636f72657322104c696e656172436c
      61737369666965722a250a0c636f656666696369656e74733d0000c03f3d000000c03d0000803e3df9021550a0
      01062a190a0a696e74657263657074733d0000003f3d000096c3a001062a250a13636c6173736c6162656c735f
      737472696e67734a046b6174744a0568c3a47374a001083a0a61692e6f6e6e782e6d6c12116c696e6561722063
      6c61737369666965725a140a0158120f0a0d080112090a0312014e0a02080262140a056c6162656c120b0a0908
      0812050a0312014e62190a0673636f726573120f0a0d080112090a0312014e0a02080242040a00100d420e0a0a
      61692e6f6e6e782e6d6c1001
      """
    #expect(found == expected.split(separator: "\n").joined())
  }

  @Test(arguments: [Double.nan, .infinity, 1e300]) func whatSinglePrecisionLacks(weight: Double)
    throws
  {
    let folder = try TemporaryFolder()
    #expect(throws: DataError.self) {
      try ONNXFile.write(weights: [[weight]], intercepts: [0], classes: ["a"], to: folder("m.onnx"))
    }
    #expect(folder.names.isEmpty)
  }
}
