/// Pointers, or what holds some, for several threads at once: who shares them sees to it that no
/// two threads write to the same place.
package struct UncheckedSendable<Value>: @unchecked Sendable {
  /// What is shared.
  package let value: Value

  /// Shares it.
  package init(_ value: Value) { self.value = value }
}
