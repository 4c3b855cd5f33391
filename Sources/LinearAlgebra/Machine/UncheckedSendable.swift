/// Pointers, or what holds some, for several threads at once: who shares them sees to it that no
/// two threads write to the same place.
public struct UncheckedSendable<Value>: @unchecked Sendable {
  /// What is shared.
  public let value: Value

  /// Shares it.
  public init(_ value: Value) { self.value = value }
}
