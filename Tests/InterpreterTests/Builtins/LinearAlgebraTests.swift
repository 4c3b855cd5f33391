import LinearAlgebra
import TestSupport
import Testing

@testable import Interpreter

/// Factorizations: what is refused and how, and identities on matrices that are long enough for a
/// thread of their own. Values of small ones are compared with numpy's.
@Suite struct LinearAlgebraTests {
  private static let refusals: [(code: String, message: String, help: String?)] = [
    ("solve([[1, 2], [2, 4]], [1, 2])", "singular", "lstsq"),
    ("inv([[1, 2], [2, 4]])", "singular", "lstsq"), ("inv(zeros(2, 2))", "singular", "lstsq"),
    ("solve(ones(2, 3), [1, 2])", "2×3", "lstsq"), ("solve(eye(2), [1, 2, 3])", "2 rows", nil),
    ("inv([1, 2])", "vector of 2", nil), ("det(ones(2, 3))", "2×3", nil),
    ("svd([[1, nan]])", "A[0, 1] is nan", nil), ("eigh([[inf]])", "A[0, 0] is inf", nil),
    ("lstsq(eye(2), [1, nan])", "b[1] is nan", nil), ("matrix_rank([[nan]])", "nan", nil),
    ("eigh([[1, 2], [3, 4]])", "symmetric", "(A + A.T) / 2"), ("svd(3)", "matrix", nil),
    ("svd(zeros(2, 20000), full_matrices=true)", "memory", "full_matrices=false"),
    ("trace([1, 2])", "matrix", nil),
  ]

  @Test(arguments: refusals)
  func refused(code: String, message: String, help: String?) throws {
    let result: Run = MemoryLimit.limited(to: 1e-3) { run(code) }
    #expect(result.status == 3)
    let error = try #require(result.errors.first)
    #expect(error.contains(message), "\(error)")
    if let help { #expect(error.contains("help: ") && error.contains(help), "\(error)") }
  }

  /// nan goes in and comes out, as in numpy.
  @Test(arguments: [
    ("any(isnan(solve([[nan, 1], [1, 1]], [1, 2])))", "true"), ("det([[nan, 1], [1, 1]])", "nan"),
    ("any(isnan(inv([[1, nan], [1, 1]])))", "true"),
  ])
  func nan(code: String, shows: String) { #expect(run(code).text == shows) }

  @Test(arguments: [
    "max(abs(solve(A, b) - lstsq(A, b)))", "max(abs(A @ inv(A) - eye(n)))",
    "max(abs(A @ solve(A, b) - b))", "max(abs((U * s) @ Vt - A))",
    "max(abs(U.T @ U - eye(n)))", "max(abs(V * w @ V.T - S))", "max(abs(V.T @ V - eye(n)))",
    "abs(sum(log(s)) - log(abs(det(A))))", "max(abs(svd(A, compute_uv=false) - s))",
    "max(diff(s))", "max(-diff(w))", "matrix_rank(A) - n", "matrix_rank(B @ B.T) - 20",
    "max(abs(A.T @ (A @ lstsq(A, b) - b)))",
    "max(abs(svd(B, full_matrices=false)[1] ** 2 - svd(B.T @ B)[1]))",
  ])
  func holds(difference: String) throws {
    let run = run(
      """
      n = 120
      A = randn(n, n) + 12 * eye(n)
      b = randn(n)
      B = randn(200, 20)
      S = A + A.T
      U, s, Vt = svd(A)
      w, V = eigh(S)
      print (\(difference))
      """)
    #expect(run.errors == [])
    #expect(try #require(Double(run.text)) < 1e-9, "\(run.text)")
  }

  /// The same bits, whatever the number of threads, and whether on a thread of its own or not.
  @Test func theSameBitsEachTime() throws {
    let code = "A = randn(90, 90)\nr = hstack(svd(A)[0], inv(A), lstsq(A, A.T), eigh(A + A.T)[1])"
    func bits() throws -> [UInt64] {
      let test = TestSession()
      #expect(test.run(code).errors == [])
      guard case .array(let array)? = test.session.value(of: "r") else { return [] }
      return try array.entries.map(\.bitPattern)
    }
    let first = try bits()
    #expect(first.count == 90 * 360)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for threads in [1, 2, 7] {
      Parallel.threads = threads
      #expect(try bits() == first)
    }
  }
}
