extension RecordGraph {
  /// The fingerprint of a version: of its recipe, and of what that read. Versions with equal ones
  /// have equal bits. Nil where the value can't be made again: it depends on a clock, on the moment
  /// of an interruption, or on a file that has changed since.
  public mutating func fingerprint(of id: VersionID) -> Fingerprint? {
    if let known = fingerprints[id] { return known }
    for part in closure(of: [id]) where fingerprints[part] == nil {
      if let run = self[part].run, self[part].content == nil {
        fingerprints[part] = fingerprint(of: part, madeBy: self[run])
      } else {
        fingerprints[part] = contentFingerprint(of: part)
      }
    }
    return fingerprints[id]
  }

  /// The checksum of a file that was read; nil where it changed before it was computed.
  public mutating func checksum(of id: VersionID) -> Fingerprint? {
    guard case .file(let path) = self[id].subject else { return nil }
    if let known = self[id].content { return known }
    let stamp = self[id].file?.stamp
    guard files.stamp(of: path) == stamp, let checksum = files.checksum(of: path),
      FileStamp(of: path) == stamp
    else { return nil }
    setContent(checksum, of: id)
    return checksum
  }

  private mutating func contentFingerprint(of id: VersionID) -> Fingerprint? {
    if case .file = self[id].subject { return checksum(of: id) }
    return self[id].content
  }

  private func fingerprint(of id: VersionID, madeBy run: StatementRun) -> Fingerprint? {
    guard run.whyUnrepeatable == nil, run.ending != .interruptedSomewhere else { return nil }
    var maker = FingerprintMaker()
    maker.add(Self.form)
    maker.add(run.statement.tokens)
    maker.add(run.kernel)
    if case .interrupted(let iteration) = run.ending {
      maker.add("interrupted")
      maker.add(UInt64(iteration))
    }
    for stream in run.hasDrawn ? run.streams : [] {
      maker.add("stream")
      maker.add(stream.seed)
      maker.add(stream.key)
      maker.add(stream.count)
    }
    for read in run.reads {
      guard let input = fingerprints[read] else { return nil }
      maker.add(self[read].subject.text)
      maker.add(input)
    }
    maker.add("makes")
    maker.add(self[id].subject.text)
    return maker.finish()
  }

  /// What is changed when a release computes other bits, or recipes have another form.
  private static let form = "svmrepl 1"
}

extension Subject {
  /// A text that tells it from all others. A file is known by what is in it, wherever it lies.
  var text: String {
    switch self {
    case .name(let name): "name " + name
    case .setting(let name): "setting " + name
    case .seed: "seed"
    case .file: "file"
    }
  }
}
