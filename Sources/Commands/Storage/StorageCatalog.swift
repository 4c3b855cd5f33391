import Datasets
import Interpreter
import SVMEngine

/// The objects that can be stored. A new one is one file and one line here. Plots are not among
/// them: they are drawn anew.
enum StorageCatalog {
  static let objects: [any StorableObject.Type] = [
    Dataset.self, Split.self, LinearClassifier.self, History.self, TuningTable.self,
    EvaluationReport.self, ExplanationReport.self, GradcheckReport.self, Record.self,
  ]
}
