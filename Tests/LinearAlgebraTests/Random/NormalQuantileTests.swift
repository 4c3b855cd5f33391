import Glibc
import Testing

@testable import LinearAlgebra

/// Expected values: `scipy.special.ndtri` (SciPy 1.17, Cephes).
@Test func quantilesAgreeWithSciPy() {
  let cases: [(Double, Double)] = [
    (0.5, 0), (0.025, -1.9599639845400545), (0.25, -0.6744897501960817),
    (0.001, -3.090232306167813), (1e-10, -6.361340902404056), (1e-15, -7.941345326170998),
    (0x1p-53, -8.209536151601387), (0.075, -1.4395314709384563), (0.92, 1.4050715603096329),
    (0.999999, 4.753424308817087),
  ]
  for (p, z) in cases {
    #expect(abs(NormalQuantile.quantile(p) - z) <= 2e-15 * max(1, abs(z)), "p = \(p)")
  }
}

@Test func quantilesAreSymmetric() {
  for k in 1..<64 {
    let p = Double(k) / 128
    #expect(NormalQuantile.quantile(p) == -NormalQuantile.quantile(1 - p))
  }
}

/// Within one unit in the last place of the C library's.
@Test func logarithmAgreesWithTheLibrary() {
  var x = 0x1p-60
  while x < 0x1p60 {
    let expected = Glibc.log(x)
    #expect(abs(NormalQuantile.logarithm(x) - expected) <= expected.ulp, "x = \(x)")
    x *= 1.37
  }
  #expect(NormalQuantile.logarithm(1) == 0)
}
