import Foundation

/// Finds links that lead nowhere. It reads pages that the book has written, where every attribute
/// is in double quotes and text has none.
struct LinkCheck {
  /// What is wrong, a line each.
  private(set) var problems: [String] = []

  private let files: [String: String]
  private var anchors: [String: Set<String>] = [:]

  /// Checks files, whose names are counted from one folder. Of addresses of the web only the form
  /// is looked at.
  init(_ files: [String: String]) {
    self.files = files
    let pages = files.keys.filter { $0.hasSuffix(".html") }.sorted()
    for page in pages {
      var known: Set<String> = []
      for name in values(of: ["id"], in: page) where !known.insert(name).inserted {
        problems.append("\(page): two parts are named '\(name)'")
      }
      anchors[page] = known
    }
    for page in pages {
      for address in values(of: ["href", "src"], in: page) { check(address, in: page) }
    }
  }

  /// Checks an address that stands in a file.
  mutating func check(_ address: String, in page: String) {
    guard !Self.isOfWeb(address) else {
      if !Self.isWellFormed(address) {
        problems.append("\(page): '\(address.prefix(80))' is no address")
      }
      return
    }
    let decoded = address.removingPercentEncoding ?? address
    guard let target = BookAddress.resolved(decoded, in: page) else {
      problems.append("\(page): '\(address)' leads out of the book")
      return
    }
    let file = String(target.prefix { $0 != "#" })
    let anchor = String(target.dropFirst(file.count + 1))
    if files[file] == nil {
      problems.append("\(page): there is no '\(file)', which '\(address)' leads to")
    } else if !anchor.isEmpty, anchors[file]?.contains(anchor) != true {
      problems.append("\(page): '\(file)' has no part '\(anchor)'")
    }
  }

  private static func isOfWeb(_ address: String) -> Bool {
    let scheme = address.prefix { $0.isLetter }
    return !scheme.isEmpty && address.dropFirst(scheme.count).first == ":"
  }

  private static func isWellFormed(_ address: String) -> Bool {
    // A picture that stands in the page itself.
    if address.hasPrefix("data:image/") { return address.contains(";base64,") }
    guard let url = URLComponents(string: address.replacing("&amp;", with: "&")) else {
      return false
    }
    return ["http", "https"].contains(url.scheme) && url.host?.contains(".") == true
  }

  /// The values of some attributes, in order.
  private func values(of names: Set<String>, in file: String) -> [String] {
    let pieces = (files[file] ?? "").split(separator: "=\"", omittingEmptySubsequences: false)
    return zip(pieces, pieces.dropFirst()).compactMap { before, after in
      let name = before.reversed().prefix { $0.isLetter || $0 == "-" }.reversed()
      return names.contains(String(name)) ? String(after.prefix { $0 != "\"" }) : nil
    }
  }
}
