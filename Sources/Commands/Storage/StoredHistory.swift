import Interpreter
import Record
import SVMEngine

extension History: StorableObject {
  public static var storedKind: String { "history" }

  public func store(into writer: ByteWriter) {
    writer.add(iteration)
    writer.add(loss)
    writer.add(gap)
    writer.add(validationIteration)
    writer.add(validationAccuracy)
  }

  /// A history that was stored.
  public init(from reader: ValueReader) throws {
    let bytes = reader.bytes
    self.init()
    iteration = try bytes.ints()
    loss = try bytes.doubles()
    gap = try bytes.doubles()
    validationIteration = try bytes.ints()
    validationAccuracy = try bytes.doubles()
    guard iteration.count == loss.count, gap.isEmpty || gap.count == loss.count,
      validationIteration.count == validationAccuracy.count
    else { throw DamagedBytes("the columns of a history have different lengths") }
  }
}
