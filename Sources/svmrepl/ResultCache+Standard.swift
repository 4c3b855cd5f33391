import Interpreter
import Language
import LinearAlgebra
import LineEditor
import Record
import Text

extension ResultCache {
  /// The cache in the user's folder.
  static func standard(report: @escaping (Diagnostic) -> Void) -> ResultCache {
    let report = UncheckedSendable(report)
    let folder = Folder.cache(environment: Terminal.environmentVariable)
    return ResultCache(
      Store(folder: folder, limit: 1_000_000_000) { trouble in
        report.value(
          Diagnostic(
            "results are not kept: \(trouble.reason)"
              + (trouble.folder.map { " (\(Escaping.visible($0)))" } ?? ""), severity: .warning))
      })
  }
}
