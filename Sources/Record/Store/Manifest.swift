/// The two steps by which a result is found whose inputs are known only once it was made, as ccache
/// does: by what is known before to the lists of what was really read, and by the list that still
/// holds to the result.
extension Store {
  /// Something that was read: its name, and the fingerprint that it had.
  public typealias Reading = (name: String, fingerprint: Fingerprint)

  /// The lists that are kept for one key; the oldest are forgotten.
  private static let mostLists = 64

  private struct List {
    var readings: [Reading]
    var result: Fingerprint
  }

  /// The result that was noted for a key, where all that was read then is the same now.
  ///
  /// - Parameter now: the fingerprint that something has now; nil where it is not there.
  /// - Throws: `Interrupted`; what `now` throws.
  public func result(
    for key: Fingerprint, _ now: (String) throws -> Fingerprint?
  ) throws -> Fingerprint? {
    var known: [String: Fingerprint?] = [:]
    return try lists(for: key).first { list in
      try list.readings.allSatisfy { reading in
        let found = try known[reading.name] ?? now(reading.name)
        known[reading.name] = .some(found)
        return found == reading.fingerprint
      }
    }?.result
  }

  /// Notes what was read on the way to a result. Where two processes do so at once for the same
  /// key, one of them may be forgotten.
  ///
  /// - Throws: `Interrupted`.
  public func note(
    _ result: Fingerprint, for key: Fingerprint, reading readings: [Reading]
  ) throws {
    func isOther(_ list: List) -> Bool {
      !list.readings.elementsEqual(readings) { $0 == $1 }
    }
    let lists =
      [List(readings: readings, result: result)]
      + (try lists(for: key)).filter(isOther).prefix(Self.mostLists - 1)
    let writer = ByteWriter()
    writer.add(each: lists) { list in
      writer.add(each: list.readings) {
        writer.add($0.name)
        writer.add($0.fingerprint)
      }
      writer.add(list.result)
    }
    try write(Self.manifestKey(key), writer)
  }

  private func lists(for key: Fingerprint) throws -> [List] {
    try read(Self.manifestKey(key)) { reader in
      try reader.each {
        List(
          readings: try reader.each { (try reader.text(), try reader.fingerprint()) },
          result: try reader.fingerprint())
      }
    } ?? []
  }

  private static func manifestKey(_ key: Fingerprint) -> Fingerprint {
    var maker = FingerprintMaker()
    maker.add("what was read")
    maker.add(key)
    return maker.finish()
  }
}
