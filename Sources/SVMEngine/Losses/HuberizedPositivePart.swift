/// The positive part of v with a parabola of width h in the place of its kink.
///
///     H(v) = 0 for v ≤ 0;  v²/(2h) for 0 < v ≤ h;  v − h/2 above
///
/// Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35 (1964).
@inline(__always)
func huberized(_ v: Double, _ h: Double) -> Double {
  if v <= 0 { return 0 }
  return v > h ? v - h / 2 : v * v / (2 * h)
}

/// H′(v) = 0 for v ≤ 0;  v/h for 0 < v ≤ h;  1 above.
@inline(__always)
func huberizedSlope(_ v: Double, _ h: Double) -> Double {
  if v <= 0 { return 0 }
  return v > h ? 1 : v / h
}
