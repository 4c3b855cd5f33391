import Interpreter
import Language
import LinearAlgebra
import Record
import Text

extension ResultCache {
  /// The cache in the user's folder.
  ///
  /// - Parameter recentBytes: the memory that the results of the last run may take beside it.
  /// - Throws: A `Diagnostic` where its limit is no size.
  static func standard(
    recentBytes: Int? = nil, report: @escaping (Diagnostic) -> Void
  ) throws(Diagnostic) -> ResultCache {
    let report = UncheckedSendable(report)
    let store = try Caching.store { trouble in
      report.value(
        Diagnostic(
          "results are not kept: \(trouble.reason)"
            + (trouble.folder.map { " (\(Escaping.visible($0)))" } ?? ""), severity: .warning))
    }
    FileChecksum.keep(in: KeptChecksums(in: store))
    return ResultCache(store, recentBytes: recentBytes)
  }
}
