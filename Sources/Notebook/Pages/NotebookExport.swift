import Interpreter
import Language
import Text

/// A script as a page that people show, or as a file for Jupyter.
public struct NotebookExport {
  /// The formats, by the endings of their files.
  public enum Format: String, CaseIterable, Sendable {
    case html, ipynb, md
  }

  /// The forms that the format can show, the best first.
  static func types(_ format: Format) -> [MediaType] {
    switch format {
    case .html: [.svg, .png, .html, .markdown]
    // Of a notebook that came from elsewhere Jupyter shows no SVG, but the picture beside it.
    case .ipynb: [.svg, .png, .html, .markdown, .json]
    case .md: [.markdown]
    }
  }

  /// How a script is exported.
  public struct Options {
    /// What is made.
    public var format = Format.html
    /// Whether the recorded outputs are shown, and nothing is run.
    public var isRecorded = false
    /// Whether an error at run time does not end the run.
    public var keepsGoing = false
    /// Values for the parameters of the script, by name.
    public var parameters: [String: String] = [:]
    /// Shows the progress of long commands.
    public var progress: (any ProgressDisplay)?

    /// A page in HTML of a run.
    public init() {}
  }

  /// The file's text; nil where the run was interrupted.
  public let text: String?
  /// The exit status: that of the run, and of the errors found before.
  public let status: Int32
  /// The errors, which stand in the page, too.
  public let errors: [Diagnostic]
  /// What can't be shown as meant, one warning each.
  public let remarks: [Diagnostic]

  /// Exports a script; `text` is the file as it is, and `name` what it is called.
  public init(
    _ text: String, name: String, catalog: Vocabulary, facts: PageFacts, options: Options
  ) {
    var running: ScriptRun.Options?
    if !options.isRecorded {
      running = ScriptRun.Options(
        types: Self.types(options.format), keepsAllTypes: options.format == .ipynb,
        keepsGoing: options.keepsGoing,
        parameters: options.parameters, progress: options.progress, limit: CellOutput.lineLimit)
    }
    let notebook = ScriptNotebook(Source(text, name: name), catalog: catalog, running: running)
    status = notebook.status
    errors = notebook.errors
    guard status != Diagnostic.Category.interrupted.exitStatus else {
      (self.text, remarks) = (nil, [])
      return
    }
    let footer = Self.footer(notebook, facts, options)
    switch options.format {
    case .html:
      let page = HTMLPage(notebook, footer: footer)
      (self.text, remarks) = (page.text, page.remarks)
    case .md: (self.text, remarks) = (MarkdownPage(notebook, footer: footer).text, [])
    case .ipynb: (self.text, remarks) = (JupyterFile(notebook, facts).text, [])
    }
  }

  /// What made the page, in HTML.
  private static func footer(
    _ notebook: ScriptNotebook, _ facts: PageFacts, _ options: Options
  ) -> [String] {
    let file = Escaping.markup(ScriptNotebook.fileName(notebook.source.name))
    var parts = ["\(file) by svmrepl \(Escaping.markup(facts.version))"]
    if options.isRecorded { return parts + ["outputs as recorded"] }
    guard let seed = notebook.seed else { return parts }
    parts += options.parameters.sorted { $0.key < $1.key }.map { name, value in
      Escaping.markup("\(name)=\(Escaping.visible(value))")
    }
    parts += ["seed \(seed)", "\(Escaping.markup(facts.kernel)) kernels"]
    return parts + DataFile.texts(of: DataFile.all(of: notebook.files)).map { Escaping.markup($0) }
  }
}
