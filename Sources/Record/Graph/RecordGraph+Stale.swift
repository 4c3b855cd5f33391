/// Why a version is stale: making it again now would read something else.
public enum Staleness: Sendable, Equatable {
  /// A version that its statement read has another one in its place.
  case changed(from: VersionID, to: VersionID)
  /// A file that its statement read has changed on disk since.
  case fileChanged(path: String)
  /// A file that its statement read is no longer there.
  case fileVanished(path: String)
  /// A version that its statement read is stale.
  case follows(VersionID)
}

extension RecordGraph {
  /// The stale ones of these versions and of all that they were made from, with the first reason of
  /// each.
  ///
  /// A version is stale where its statement read something that is stale, or that was replaced by
  /// another version which does not come from it by statements that read and assign its subject
  /// (`d = center d`, `x += 1`). A replacement that was made from the version itself does not make
  /// it stale: making it again would never end.
  public mutating func staleness(of ids: some Sequence<VersionID>) -> [VersionID: Staleness] {
    var stale: [VersionID: Staleness] = [:]
    var origins: [VersionID: Set<VersionID>] = [:]
    for id in closure(of: ids) {
      guard let run = self[id].run else { continue }
      for read in self[run].reads {
        if let reason = change(of: read, seenBy: run, &origins) {
          stale[id] = reason
          break
        }
        if stale[read] != nil {
          stale[id] = .follows(read)
          break
        }
      }
    }
    return stale
  }

  /// The first cause of a version's staleness: what changed, in place of what follows from it.
  public func cause(of id: VersionID, in stale: [VersionID: Staleness]) -> Staleness? {
    var reason = stale[id]
    while case .follows(let other)? = reason { reason = stale[other] }
    return reason
  }

  private mutating func change(
    of read: VersionID, seenBy reader: RunID, _ origins: inout [VersionID: Set<VersionID>]
  ) -> Staleness? {
    let version = self[read]
    if case .file(let path) = version.subject { return change(ofFile: path, read) }
    guard let now = current(version.subject), now != read,
      !(self[now].origin == version.origin && now > read)
    else { return nil }
    if let a = fingerprint(of: read), a == fingerprint(of: now) { return nil }
    if let maker = self[now].run, maker > reader {
      let origin = origins[now] ?? Set(closure(of: [now]))
      origins[now] = origin
      if self[reader].made.contains(where: { origin.contains($0) }) { return nil }
    }
    return .changed(from: read, to: now)
  }

  /// Whether a file on disk has the bytes that were read.
  public mutating func isAsRead(file id: VersionID) -> Bool {
    guard case .file(let path) = self[id].subject else { return true }
    return change(ofFile: path, id) == nil
  }

  private mutating func change(ofFile path: String, _ read: VersionID) -> Staleness? {
    let stamp = files.stamp(of: path)
    let file = self[read].file
    if stamp == file?.stamp, file?.isSettled == true || self[read].content == nil { return nil }
    guard stamp != nil else { return .fileVanished(path: path) }
    // It was written anew, perhaps with the same bytes.
    let before = self[read].content ?? file.flatMap { FileChecksum.known($0.stamp) }
    if let before, files.checksum(of: path) == before { return nil }
    return .fileChanged(path: path)
  }
}
