// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6 language mode (the default of these tools) and warnings as errors.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Targets of arithmetic are optimized in debug builds, too: tests then take two minutes in place
/// of ten. SwiftPM takes no such flags from a package that it has fetched for another one, which it
/// does into a folder of checkouts.
let arithmetic =
  Context.packageDirectory.contains("/checkouts/")
  ? strict : strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// The layers, from what is computed up to what the user touches. Imports point down only.
let package = Package(
  name: "svmrepl",
  products: [
    .executable(name: "svmrepl", targets: ["svmrepl"]),
    .library(name: "SVMEngine", targets: ["SVMEngine"]),
  ],
  dependencies: [
    // The command line, its help and its shell completions: the package that Swift's own tools use.
    .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2"))
  ],
  targets: [
    // How anything is written: numbers, widths, colors, corrections of spelling. It stands below
    // everything that writes, so that a number looks the same in a message, a plot and a file.
    .target(name: "Text", swiftSettings: strict),

    // What is computed.
    .target(name: "CKernels"),
    // LAPACK, opened when it is first needed.
    .target(name: "CLapack"),
    .target(
      name: "LinearAlgebra", dependencies: ["Text", "CKernels", "CLapack"],
      swiftSettings: arithmetic),
    // The kernel of the dual's sweeps over sparse rows is called where the rest of its algorithm
    // is.
    .target(
      name: "SVMEngine", dependencies: ["LinearAlgebra", "Text", "CKernels"],
      swiftSettings: arithmetic),
    // How values were made, and what is kept of that. SHA-256 comes from nettle, which libarchive
    // brings anyway.
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .target(
      name: "Record", dependencies: ["Text", "LinearAlgebra", "CNettle"], swiftSettings: strict),

    // gzip and zip containers: libarchive is maintained, in every distribution, and reads the other
    // compressions that data come in through the same calls.
    .systemLibrary(
      name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    // Compressed variables of MAT-files; the libraries of pictures bring it anyway.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // PNG and JPEG, by the libraries that everyone has.
    .target(
      name: "CPictures",
      linkerSettings: [.linkedLibrary("png16"), .linkedLibrary("jpeg")]),
    // The files of datasets/ inside the program; its README says why.
    .target(name: "CBundledData", cSettings: [.headerSearchPath("../../datasets")]),
    .target(
      name: "Datasets",
      dependencies: [
        "LinearAlgebra", "Text", "Record", "CKernels", "CLibArchive", "CZlib", "CPictures",
        "CBundledData",
      ],
      swiftSettings: strict),
    // Plots as pictures of pixels: cairo and fontconfig, opened when one is first needed.
    .target(name: "CCairo"),
    .target(
      name: "Plotting", dependencies: ["Text", "CPictures", "CCairo"], swiftSettings: strict),

    // What the words mean.
    .target(name: "Language", dependencies: ["Text"], swiftSettings: strict),
    .target(
      name: "Interpreter", dependencies: ["Language", "Text", "LinearAlgebra", "Record"],
      swiftSettings: strict),
    .target(
      name: "Commands",
      dependencies: [
        "Interpreter", "Language", "Text", "Plotting", "Datasets", "SVMEngine",
        "LinearAlgebra", "Record",
      ], exclude: ["Reference.md"], swiftSettings: strict),

    // Markdown. Its archives are linked: the shared library's name is that of one version, and its
    // loading would cost every start what only pages need.
    .target(
      name: "CCommonMark",
      linkerSettings: [
        .linkedLibrary(":libcmark-gfm-extensions.a"), .linkedLibrary(":libcmark-gfm.a"),
      ]),
    // Scripts with recorded outputs: a file as a notebook, and as a page that is shown.
    .target(
      name: "Notebook",
      dependencies: ["CCommonMark", "Interpreter", "Language", "LinearAlgebra", "Record", "Text"],
      swiftSettings: strict),
    // Pages for browsers, and events for those that are open: libmicrohttpd, opened when a page is
    // first served.
    .target(name: "CMicroHTTP"),
    .target(name: "EventServer", dependencies: ["CMicroHTTP"], swiftSettings: strict),

    // What the user touches. libedit is the editor that the product is built on.
    .target(name: "CLibEdit", linkerSettings: [.linkedLibrary("edit")]),
    .target(
      name: "LineEditor", dependencies: ["Text", "Record", "CLibEdit"], swiftSettings: strict),
    .executableTarget(
      name: "svmrepl",
      dependencies: [
        "Commands", "Notebook", "Datasets", "Interpreter", "Language", "Text", "LineEditor",
        "LinearAlgebra", "Record", "EventServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    // The book, which scripts/book makes of the words above and of the library's comments. It is
    // not shipped, and may use Foundation.
    .executableTarget(
      name: "Book", dependencies: ["Commands", "Notebook", "Interpreter", "Language", "Text"],
      exclude: ["Assets"], swiftSettings: strict),

    // What several test targets need: folders that go away.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    // The readers as the fuzzer calls them, for it and for the test of what it has found.
    .target(
      name: "FuzzedReaders",
      dependencies: ["Commands", "Datasets", "LinearAlgebra", "TestSupport"],
      path: "Tests/FuzzedReaders", swiftSettings: strict),
    // One test target for each target.
    .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"], swiftSettings: strict),
    .testTarget(
      name: "SVMEngineTests", dependencies: ["SVMEngine", "LinearAlgebra"], swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests",
      dependencies: ["Datasets", "LinearAlgebra", "Text", "TestSupport", "FuzzedReaders"],
      exclude: ["Fixtures", "Corpus", "RealFiles/make_expected.py", "RealFiles/expected.txt"],
      swiftSettings: strict),
    .testTarget(
      name: "PlottingTests", dependencies: ["Plotting", "Text", "CPictures", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RecordTests", dependencies: ["Record", "Text", "LinearAlgebra", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "TextTests", dependencies: ["Text", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "LanguageTests", dependencies: ["Language", "Text", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "InterpreterTests",
      dependencies: ["Interpreter", "Language", "Text", "LinearAlgebra", "TestSupport"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "Commands", "Interpreter", "Language", "Text", "SVMEngine", "Datasets",
        "LinearAlgebra", "Record", "TestSupport",
      ], exclude: ["support_vectors.py"], swiftSettings: strict),
    .testTarget(
      name: "NotebookTests",
      dependencies: [
        "Notebook", "Commands", "Interpreter", "Language", "Record", "Text", "TestSupport",
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "EventServerTests", dependencies: ["EventServer", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BookTests", dependencies: ["Book", "Commands", "Notebook"], swiftSettings: strict),
    .testTarget(
      name: "LineEditorTests", dependencies: ["LineEditor", "Text", "TestSupport"],
      swiftSettings: strict),
    // The real program in a pseudo-terminal.
    .testTarget(
      name: "TerminalTests",
      dependencies: ["svmrepl", "LineEditor", "Text", "CLibEdit", "TestSupport"],
      swiftSettings: strict),
  ]
)

// The fuzzer has a `main` of its own: only scripts/fuzz builds it.
if Context.environment["SVMREPL_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzedReaders", "TestSupport"], path: "Tests/Fuzzing",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
