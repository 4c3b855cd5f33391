/// The start of every page in HTML.
package enum HTMLHead {
  /// From the first line to the title: for screens of all widths, in light and dark.
  ///
  /// - Parameter title: the title, in HTML.
  package static func start(title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="svmrepl">
    <title>\(title)</title>
    """
  }
}
