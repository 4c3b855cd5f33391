/// The inverse of the standard normal distribution function, from + − × ÷ √ alone: the same bits on
/// every machine, which a library's logarithm does not promise.
public enum NormalQuantile {
  /// z with Φ(z) = p, to about 16 digits; `p` strictly between 0 and 1.
  ///
  /// Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477–484.
  public static func quantile(_ p: Double) -> Double {
    let q = p - 0.5
    if abs(q) <= 0.425 {
      let r = 0.180625 - q * q
      return q * polynomial(r, center.0) / polynomial(r, center.1)
    }
    var r = (-logarithm(q < 0 ? p : 1 - p)).squareRoot()
    let coefficients = r <= 5 ? shoulder : tail
    r -= r <= 5 ? 1.6 : 5
    let z = polynomial(r, coefficients.0) / polynomial(r, coefficients.1)
    return q < 0 ? -z : z
  }

  /// ln x to within one unit in the last place, for a positive normal x.
  ///
  ///     x = 2ᵏ m, √½ ≤ m < √2;  f = m − 1, s = f/(2 + f);  ln m = f − s (f − R(s²))
  ///
  /// The method and R are from Sun's FDLIBM, `e_log.c` (1993).
  static func logarithm(_ x: Double) -> Double {
    var m = x.significand
    var k = Double(x.exponent)
    if m > 1.4142135623730951 {
      m *= 0.5
      k += 1
    }
    let f = m - 1
    let s = f / (2 + f)
    let z = s * s
    let r = z * polynomial(z, logarithmCoefficients)
    let half = 0.5 * f * f
    return k * 6.93147180369123816490e-01
      - ((half - (s * (half + r) + k * 1.90821492927058770002e-10)) - f)
  }

  private typealias Coefficients = (
    Double, Double, Double, Double, Double, Double, Double, Double
  )

  /// Horner's rule; the constant term first.
  private static func polynomial(_ x: Double, _ c: Coefficients) -> Double {
    var sum = c.7
    sum = sum * x + c.6
    sum = sum * x + c.5
    sum = sum * x + c.4
    sum = sum * x + c.3
    sum = sum * x + c.2
    sum = sum * x + c.1
    return sum * x + c.0
  }

  private static let logarithmCoefficients: Coefficients = (
    6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
    2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01,
    1.479819860511658591e-01, 0
  )

  private static let center: (Coefficients, Coefficients) = (
    (
      3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
      1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
      3.3430575583588128105e4, 2.5090809287301226727e3
    ),
    (
      1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
      2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
      5.2264952788528545610e3
    )
  )

  private static let shoulder: (Coefficients, Coefficients) = (
    (
      1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
      3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
      2.27238449892691845833e-2, 7.74545014278341407640e-4
    ),
    (
      1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
      1.05075007164441684324e-9
    )
  )

  private static let tail: (Coefficients, Coefficients) = (
    (
      6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
      2.71155556874348757815e-5, 2.01033439929228813265e-7
    ),
    (
      1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15
    )
  )
}
