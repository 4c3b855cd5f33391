import CMicroHTTP

/// What a request asks for, and for whom.
struct RequestHead {
  let method: String
  let path: String
  private let host: String?
  private let origin: String?
  private let site: String?

  init(_ request: OpaquePointer) {
    func header(_ name: String) -> String? {
      svm_http_header(request, name).map { String(cString: $0).lowercased() }
    }
    method = String(cString: svm_http_method(request))
    path = String(cString: svm_http_path(request))
    host = header("Host")
    origin = header("Origin")
    site = header("Sec-Fetch-Site")
  }

  /// Whether it names this machine as its host, and comes from nowhere else: a name of the web that
  /// was made to point here is refused, and so is a page of another origin.
  func isOfThisServer(port: UInt16) -> Bool {
    let hosts = ["127.0.0.1", "localhost"].flatMap { name in
      ["\(name):\(port)"] + (port == 80 ? [name] : [])
    }
    guard let host, hosts.contains(host) else { return false }
    if let origin, !hosts.contains(where: { origin == "http://\($0)" }) { return false }
    return site != "cross-site" || path == "/"
  }
}
