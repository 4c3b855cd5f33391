import Record

/// An engine object that can be stored. Each kind is listed in the vocabulary, so that what was
/// stored is found again.
public protocol StorableObject: ObjectValue, SendableMetatype {
  /// The word that stands for its type where it is stored.
  static var storedKind: String { get }
  /// Adds everything that makes it up.
  ///
  /// - Throws: An error where a part can't be stored, such as data on disk.
  func store(into writer: ByteWriter) throws
  /// The object that was stored.
  ///
  /// - Throws: `DamagedBytes` where the bytes are of none; `MemoryRefused`, `Interrupted`.
  init(from reader: ValueReader) throws
}

/// A value that can't be stored, and is to be made again.
public struct Unstorable: DescribedError, Sendable {
  /// The type of the value.
  public let typeName: String
  /// `a plot can't be stored`.
  public var message: String { "\(article(typeName)) can't be stored" }
}

extension DamagedBytes: DescribedError {
  /// What is wrong with the bytes.
  public var message: String { description }
}

extension UnstorableFeatures: DescribedError {
  /// Why they are not stored.
  public var message: String { description }
}
