import Testing

@testable import Record

@Suite struct CacheTests {
  private func limit(_ text: String?) throws -> Int? {
    try Cache.store(environment: { ["HOME": "/h", Cache.limitVariable: text][$0] ?? nil }) { _ in }
      .limit
  }

  @Test(arguments: [
    (nil, 1_000_000_000), ("", 1_000_000_000), ("500", 500), ("500M", 500_000_000),
    ("2GB", 2_000_000_000), ("1k", 1000), ("3T", 3_000_000_000_000), ("0", 0),
    ("99999999999T", Int.max),
  ])
  func limits(text: String?, bytes: Int) throws { #expect(try limit(text) == bytes) }

  @Test(arguments: ["x", "-1", "1.5G", "G", "B", "1 G", "1e9", "９"])
  func textsThatAreNoSize(text: String) {
    #expect(throws: Cache.InvalidLimit(text: text)) { try limit(text) }
  }

  @Test func folder() throws {
    let store = try Cache.store(environment: { ["XDG_CACHE_HOME": "/c"][$0] }) { _ in }
    #expect(store.folder == "/c/svmrepl")
  }
}
