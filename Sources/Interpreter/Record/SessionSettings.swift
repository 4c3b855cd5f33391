import LinearAlgebra
import Text

/// All that `set` can change.
struct SessionSettings {
  var values: [String: Value]
  var display: Display
  var threads: Int
  var kernel: String
}

extension Session {
  /// The settings as they are.
  var changeableSettings: SessionSettings {
    get {
      SessionSettings(
        values: settings, display: display, threads: Parallel.threads, kernel: Kernels.variant)
    }
    set {
      settings = newValue.values
      // The terminal may have another size by now.
      let now = display
      display = newValue.display
      display.height = now.height
      display.terminalWidth = now.terminalWidth
      if settings["width"] == nil { display.width = now.width }
      Parallel.threads = newValue.threads
      Kernels.variant = newValue.kernel
    }
  }

  /// Changes a setting.
  public func set(_ name: String, to value: Value) {
    settings[name] = value
    noteChange(ofSetting: name)
  }

  /// Notes that the running statement changes a setting that is kept elsewhere.
  public func noteChange(ofSetting name: String) {
    willChange(.setting(name))
    open.last?.changedSettings.insert(name)
  }

  /// Notes that the running statement depends on these settings, set or not.
  public func noteSettings(_ names: [String]) {
    open.last?.settings.formUnion(names.filter { settingNames.contains($0) })
  }

  /// Notes that a value is written with the digits that are set, where it has entries.
  func noteDigits(of value: Value) {
    switch value {
    case .array, .list, .tuple, .dictionary, .object: noteSettings(["digits"])
    case .undefined, .none, .bool, .number, .string, .function: break
    }
  }

  /// Notes that a call left out the options whose bits are set, so that settings count for them.
  ///
  /// - Parameter names: gives the names of all options; it is called once for each such call of a
  ///   statement.
  public func noteSettings(of owner: String, missing: UInt64, _ names: () -> [String]) {
    guard missing != 0, let statement = open.last,
      statement.settingsNoted.insert(SettingsNote(owner: owner, missing: missing)).inserted
    else { return }
    noteSettings(
      names().enumerated().filter { missing >> UInt64(min($0.offset, 63)) & 1 == 1 }
        .map(\.element))
  }
}
