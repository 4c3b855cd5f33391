import LineEditor
import TestSupport
import Testing

/// What `scripts/install` and `scripts/package` make of the program that is tested.
@Suite struct InstallTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs lines of shell in the test's folder; `$scripts` and `$program` are what they say, and
  /// `$prefix` is a folder whose name needs quotes.
  private func run(_ lines: String) -> ProgramRun {
    let variables = [
      "scripts": PseudoTerminal.packageFolder + "/scripts", "program": PseudoTerminal.program,
      "SVMREPL_BINARY": PseudoTerminal.program, "prefix": folder("new/a & b"), "LC_ALL": "C.UTF-8",
    ]
    let settings = variables.map { "export \($0)=\(ProgramRun.quoted($1))\n" }.joined()
    return ProgramRun(shell: "\(settings)cd \(ProgramRun.quoted(folder.path))\n\(lines)")
  }

  /// Whether this machine has a command.
  private static func has(_ command: String) -> Bool {
    ProgramRun(shell: "command -v \(command)").status == 0
  }

  /// The files of an installation below its prefix, sorted.
  private static let files = [
    "bin/svmrepl", "share/bash-completion/completions/svmrepl",
    "share/fish/vendor_completions.d/svmrepl.fish", "share/man/man1/svmrepl.1",
    "share/svmrepl/installed", "share/zsh/site-functions/_svmrepl",
  ]

  @Test func isInstalledWorksAndGoesAwayAgain() {
    let install = run("\"$scripts/install\" --prefix \"$prefix\"")
    #expect(install.status == 0, "\(install.errors)")
    #expect(install.output.contains("/new/a & b/bin/svmrepl\n"))
    let files = run("cd \"$prefix\" && find . -type f | sed 's:^./::' | LC_ALL=C sort")
    #expect(files.output.split(separator: "\n").map(String.init) == Self.files)

    let sum = run("\"$prefix/bin/svmrepl\" -c 'print 2'")
    #expect(sum.output == "2\n", "\(sum.errors)")
    let completions = [
      "bash": "bash-completion/completions/svmrepl", "zsh": "zsh/site-functions/_svmrepl",
      "fish": "fish/vendor_completions.d/svmrepl.fish",
    ]
    for (shell, file) in completions where Self.has(shell) {
      let check = run("\(shell) -n \"$prefix/share/\(file)\"")
      #expect(check.status == 0 && check.errors.isEmpty, "\(shell): \(check.errors)")
    }

    // A second time over the first, and a file that is not the installation's.
    let again = run(
      "\"$scripts/install\" --prefix=\"$prefix/\" && touch \"$prefix/share/svmrepl/mine\"")
    #expect(again.status == 0, "\(again.errors)")
    let uninstall = run("\"$scripts/install\" --prefix \"$prefix\" --uninstall")
    #expect(uninstall.status == 0, "\(uninstall.errors)")
    #expect(uninstall.output.isEmpty)
    #expect(run("find new -type f").output == "new/a & b/share/svmrepl/mine\n")
  }

  @Test func nothingIsLeftOfWhatItMade() {
    folder.makeFolder("new")
    let both = run(
      """
      "$scripts/install" --prefix "$prefix" && "$scripts/install" --prefix "$prefix" --uninstall
      """)
    #expect(both.status == 0, "\(both.errors)")
    #expect(run("find .").output == ".\n./new\n")
  }

  @Test func aPackagersFolderComesFirst() {
    let install = run("DESTDIR=$PWD/stage \"$scripts/install\" --prefix /usr")
    #expect(install.status == 0, "\(install.errors)")
    #expect(run("test -x stage/usr/bin/svmrepl").status == 0)
    #expect(run("grep -c stage stage/usr/share/svmrepl/installed").output == "0\n")
    let uninstall = run("DESTDIR=$PWD/stage \"$scripts/install\" --prefix /usr --uninstall")
    #expect(uninstall.status == 0, "\(uninstall.errors)")
    #expect(run("find stage").output == "stage\n")
  }

  @Test(arguments: [
    ("--prefix /dev/null", 1), ("--prefix /dev/null/below", 1),
    ("--prefix \"$prefix\" --uninstall", 1),
    ("--prefix", 2), ("--prefix=", 2), ("--nonsense", 2),
  ])
  func troubleIsOneLine(arguments: String, status: Int32) {
    let install = run("\"$scripts/install\" \(arguments)")
    #expect(install.status == status)
    #expect(install.output.isEmpty)
    #expect(install.errors.hasPrefix("install: "))
    #expect(install.errors.filter { $0 == "\n" }.count == 1, "\(install.errors)")
    #expect(folder.names.isEmpty)
  }

  // Debug builds need Swift's libraries, and no package can have those.
  @Test(
    .enabled(if: Terminal.environmentVariable("SVMREPL_BINARY") != nil && has("dpkg-shlibdeps")))
  func aPackageHasTheProgramAndSaysWhatItNeeds() {
    let package = run("\"$scripts/package\" out")
    #expect(package.status == 0, "\(package.errors)")
    let version = run("\"$program\" --version | cut -d' ' -f2").output.dropLast()
    let architecture = run("dpkg --print-architecture").output
    #expect(package.output == "out/svmrepl_\(version)_\(architecture.dropLast()).deb\n")

    let control = run("dpkg-deb --field out/*.deb Version Depends")
    #expect(control.output.contains("Version: \(version)\n"))
    for library in ["libc6", "libedit2", "libarchive13"] {
      #expect(control.output.contains("\(library) "), "\(control.output)")
    }
    let owners = run("dpkg-deb --contents out/*.deb | cut -d' ' -f2 | sort -u")
    #expect(owners.output == "root/root\n")
    let program = run("dpkg-deb -x out/*.deb x && cd x && usr/bin/svmrepl -c 'print 2'")
    #expect(program.output == "2\n", "\(program.errors)")
    let sums = run("dpkg-deb -e out/*.deb control && cd x && md5sum -c --quiet ../control/md5sums")
    #expect(sums.status == 0, "\(sums.output)")
    #expect(
      run("cd x/usr && find . -type f | sed 's:^./::' | LC_ALL=C sort").output == """
        bin/svmrepl
        share/bash-completion/completions/svmrepl
        share/doc/svmrepl/changelog.gz
        share/doc/svmrepl/copyright
        share/fish/vendor_completions.d/svmrepl.fish
        share/man/man1/svmrepl.1.gz
        share/zsh/vendor-completions/_svmrepl

        """)
  }
}
