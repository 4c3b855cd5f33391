import Interpreter

/// The verbs, functions and help topics of the program. A new verb is one file and one line here.
public enum CommandCatalog {
  /// Verbs in the order in which they are listed.
  public static let commands: [any Command.Type] = [
    LoadCommand.self, SplitCommand.self, DropCommand.self, KeepCommand.self,
    FillMissingCommand.self, CenterCommand.self, StandardizeCommand.self, RescaleCommand.self,
    AddBiasCommand.self, RenameClassesCommand.self, DescribeCommand.self, SynthCommand.self,
    SaveCommand.self,

    TrainCommand.self, ResumeCommand.self, TuneCommand.self, GradcheckCommand.self,
    EvaluateCommand.self, PredictFileCommand.self, ExplainCommand.self, AnswerCommand.self,

    PlotAsciiCommand.self, PlotFileCommand.self,

    HelpCommand.self, VarsCommand.self, HowCommand.self, RefreshCommand.self, UndoCommand.self,
    HistoryCommand.self, SeedCommand.self, SetCommand.self, RunCommand.self, ExportCommand.self,
    ExportSessionCommand.self, SaveSessionCommand.self, LoadSessionCommand.self, QuitCommand.self,
  ]

  /// The vocabulary of the program's sessions.
  public static let standard = Vocabulary(
    commands: commands, functions: Builtins.all + EngineFunctions.all + FileFunctions.all,
    objects: StorageCatalog.objects, topics: Topics.all)
}
