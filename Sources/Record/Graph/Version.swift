/// What has versions: all that a statement can read and that can change.
public enum Subject: Hashable, Sendable {
  /// A name of the session.
  case name(String)
  /// A setting, the default of the options of its name.
  case setting(String)
  /// The seed of the session.
  case seed
  /// A file, by its path from the root.
  case file(String)
}

/// The number of a version in its graph; later ones are greater.
public struct VersionID: Hashable, Comparable, Sendable {
  let number: Int
  /// By age.
  public static func < (a: VersionID, b: VersionID) -> Bool { a.number < b.number }
}

/// The number of a statement that ran, in its graph; later ones are greater.
public struct RunID: Hashable, Comparable, Sendable {
  let number: Int
  /// By age.
  public static func < (a: RunID, b: RunID) -> Bool { a.number < b.number }
}

/// One value that one statement gave to one subject. It is never changed: a subject has its latest
/// version.
public struct Version: Sendable {
  /// What it is of.
  public let subject: Subject
  /// The statement that made it; nil where it comes from outside: a file, or a setting's usual
  /// value.
  public let run: RunID?
  /// The first of the versions that were each made from the one before, by statements that read
  /// and assign the subject (`d = center d`, `x += 1`); itself where there is none before.
  let origin: VersionID
  /// The version of the same subject that its statement read.
  public let previous: VersionID?
  /// What it is, where that is known without its recipe: of a setting, a seed, a file.
  public internal(set) var content: Fingerprint?
  /// Of a file: how its path was given, and what it was like.
  public let file: FileReads.Read?
}
