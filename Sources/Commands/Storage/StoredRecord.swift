import Interpreter
import Record

extension Record: StorableObject {
  static let storedKind = "record"

  func store(into writer: ByteWriter) throws {
    writer.add(typeName)
    try writer.add(each: fields) { name, value in
      writer.add(name)
      try writer.add(value)
    }
  }

  init(from reader: ValueReader) throws {
    typeName = try reader.bytes.text()
    fields = try reader.bytes.each { (try reader.bytes.text(), try reader.value()) }
  }
}
