import TestSupport

@testable import Datasets

/// The files that `Fixtures/make_fixtures.py` wrote.
enum Fixtures {
  static func path(_ name: String) -> String {
    Repository.path("Tests/DatasetsTests/Fixtures/\(name)")
  }

  static func bytes(_ name: String) throws -> [UInt8] { try TemporaryFolder.bytes(path(name)) }

  /// The bytes of a compressed file, decompressed.
  static func plain(_ name: String) throws -> [UInt8] {
    let source = try DataSource.onDisk(path(name))
    return try source?.readAll().withBytes { Array($0) } ?? []
  }

  /// Writes the folder that an archive holds into another one.
  static func unpack(_ name: String, into folder: TemporaryFolder) throws {
    guard let source = try DataSource.onDisk(path(name)) else { throw DataError("no \(name)") }
    let content = try Archive.content(of: source, format: nil)
    for entry in content.entryNames {
      guard let file = try content.entry(entry) else { continue }
      try folder.write(entry, try file.readAll().withBytes { Array($0) })
    }
  }
}
