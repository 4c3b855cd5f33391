import Datasets
import Interpreter
import TestSupport
import Testing

@testable import Commands

/// JSON files of models, histories, vectors and matrices that are damaged: what is said of each.
@Suite struct BrokenJSONTests {
  private static let model = #"""
    {"svmrepl_model":1,"W":[[1,2,3],[4,5,6]],"b":0,"classes":["a","ä","c"],"has_bias":0,\#
    "iteration":7,"options":["loss=hinge"],"kept_columns":[0,2],"raw_columns":3,"fill":[0,1],\#
    "mean":[0.5,1],"scale":[2,1],"class_weights":[1,2,1],"history_iteration":[0,7],\#
    "history_loss":[2,1],"history_gap":["inf",0.5],"coef":[[1,2],[3,4],[5,6]]}
    """#

  private static let cut = "is not whole: its JSON can't be read"
  private static let unfit = "the saved model is damaged: its parts don't fit together"
  private static let missing = "the saved model is damaged: W, b or classes are missing"

  private func error(_ bytes: [UInt8]) throws -> DataError? {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.json", bytes)
    let error = #expect(throws: DataError.self) { try SavedFile.load(path, format: "auto") }
    #expect(error?.path == path)
    return error
  }

  private func message(_ text: String) throws -> String {
    try error(Array(text.utf8))?.message ?? ""
  }

  @Test func theModelIsOne() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.json", Self.model)
    let value = try #require(try SavedFile.load(path, format: "auto"))
    #expect(value.typeName == "model")
  }

  /// Cut before any of its bytes, behind the name that tells that it is ours.
  @Test func modelsThatAreCutOff() throws {
    let bytes = Array(Self.model.utf8)
    for count in #"{"svmrepl_model":"#.utf8.count..<bytes.count {
      let message = try error(Array(bytes[..<count]))?.message ?? ""
      // In the middle of a character, the text is none.
      #expect(message == Self.cut || message == "the text is not in UTF-8", "\(count): \(message)")
    }
  }

  /// A part of the model, what stands in its place, and what is said of it.
  private static let damaged: [(String, String, String)] = [
    // What is no JSON.
    ("}", "}}", cut), ("}", "}\0", cut), (":0,", ":00x,", cut), (":0,", ":.5,", cut),
    (":0,", ":Infinity,", cut), ("[0.5,1]", "[0.5,1", cut), ("\"b\"", "b", cut),
    // Parts of another kind.
    ("[4,5,6]", "[4,5]", "\"W\" is no array of numbers or texts"),
    ("[4,5,6]", "[4,5,\"x\"]", "\"W\" is no array of numbers or texts"),
    ("[4,5,6]", "[4,5,null]", "\"W\" is no array of numbers or texts"),
    ("[4,5,6]", "7", "\"W\" is no array of numbers or texts"),
    ("[[1,2,3],[4,5,6]]", "{}", "\"W\" is no array of numbers or texts"),
    ("\"a\"", "1", "\"classes\" is no array of numbers or texts"),
    ("\"loss=hinge\"", "true", "\"options\" is no array of numbers or texts"),
    (":0,", ":false,", "\"b\" is no array of numbers or texts"),
    ("[[1,2,3],[4,5,6]]", "[1,2,3]", missing), ("\"W\"", "\"w\"", missing),
    (":0,", ":[],", missing), ("\"classes\":[\"a\",\"ä\",\"c\"],", "", missing),
    ("[0.5,1]", "[[0.5,1]]", "the saved model is damaged: \"mean\" is no vector of numbers"),
    (
      "[2,1],\"cl", "[[2],[1]],\"cl",
      "the saved model is damaged: \"scale\" is no vector of numbers"
    ),
    ("[0,1],\"me", "[[0,1]],\"me", "the saved model is damaged: \"fill\" is no vector of numbers"),
    (
      "\"has_bias\":0", "\"has_bias\":[[1]]",
      "the saved model is damaged: \"has_bias\" is no vector of numbers"
    ),
    (
      "[1,2,1]", "[[1,2,1]]",
      "the saved model is damaged: \"class_weights\" is no vector of numbers"
    ),
    // Parts that don't fit, or can't be.
    ("[0.5,1]", "[0.5]", unfit), ("[0.5,1]", "[]", unfit), ("[[1,2,3],[4,5,6]]", "[[]]", unfit),
    ("[[1,2,3],[4,5,6]]", "[[1,2,3]]", unfit), ("\"ä\"", "\"a\"", unfit), ("\"ä\",", "", unfit),
    ("[0,2]", "[0]", unfit),
    ("[0,2]", "[0,3]", "the saved model is damaged: its columns are wrong"),
    ("[0,2]", "[0,0]", "the saved model is damaged: its columns are wrong"),
    ("[0,2]", "[0,1.5]", "the saved model is damaged: its columns are wrong"),
    ("[0,2]", "[-1,2]", "the saved model is damaged: its columns are wrong"),
    ("[0,2]", "[0,4294967296]", "the saved model is damaged: its columns are wrong"),
    (
      "\"raw_columns\":3", "\"raw_columns\":1e300",
      "the saved model is damaged: its columns are wrong"
    ),
    (
      "\"svmrepl_model\":1", "\"svmrepl_model\":2",
      "the model was saved by a newer version of svmrepl"
    ),
    (
      "loss=hinge", "speed=9",
      "the saved model has the option 'speed', which this version of svmrepl does not know"
    ),
    ("loss=hinge", "loss", "the saved model is damaged: its option 'loss' has no value"),
  ]

  @Test(arguments: damaged)
  func modelsThatAreDamaged(_ part: String, _ other: String, _ expected: String) throws {
    let text = Self.model.replacing(part, with: other, maxReplacements: 1)
    #expect(text != Self.model)
    #expect(try message(text) == expected)
  }

  @Test(arguments: [
    (#"{"svmrepl_value":"#, cut), (#"{"svmrepl_value":[1,2]"#, cut),
    (#"{"svmrepl_value":["a"]}"#, "\"svmrepl_value\" is no array of numbers or texts"),
    (#"{"svmrepl_value":null}"#, "\"svmrepl_value\" is no array of numbers or texts"),
    (#"{"svmrepl_value":[[1],[2,3]]}"#, "\"svmrepl_value\" is no array of numbers or texts"),
    (#"{"svmrepl_value":[[[1]]]}"#, "\"svmrepl_value\" is no array of numbers or texts"),
    (#"{"svmrepl_value":[1,[2]]}"#, "\"svmrepl_value\" is no array of numbers or texts"),
    (
      #"{"svmrepl_history":[1],"history_iteration":[0,1],"history_loss":[2]}"#,
      "the saved history is damaged: its parts don't fit together"
    ),
    (
      #"{"svmrepl_history":[1],"history_iteration":[0.5],"history_loss":[2]}"#,
      "the saved history is damaged: its parts don't fit together"
    ),
    (
      #"{"svmrepl_history":[1],"history_iteration":[-1],"history_loss":[2]}"#,
      "the saved history is damaged: its parts don't fit together"
    ),
    (
      #"{"svmrepl_history":[1]}"#, "the saved history is damaged: its parts don't fit together"
    ),
  ])
  func valuesAndHistoriesThatAreDamaged(_ text: String, _ expected: String) throws {
    #expect(try message(text) == expected)
  }

  @Test func aMillionOpenBracketsAreNoJSON() throws {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(try message(Self.model.replacing("[0.5,1]", with: deep)) == Self.cut)
  }

  /// Latin-1: two classes could become one, or another name.
  @Test func anotherEncodingIsHeard() throws {
    let parts = Self.model.split(separator: "ä").map { Array($0.utf8) }
    let found = try error(parts[0] + [0xE4] + parts[1])
    #expect(found?.message == "the text is not in UTF-8")
  }

  @Test func whatIsNoFile() throws {
    let folder = try TemporaryFolder()
    folder.makeFolder("a.json")
    let run = run("m = load \"\(folder("a.json"))\"")
    #expect(run.status == 4)
    #expect(run.report.contains("the folder is empty"), "\(run.report)")
  }
}
