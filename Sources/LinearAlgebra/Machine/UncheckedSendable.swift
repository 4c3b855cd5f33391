/// Shares pointers, or values that hold some, between threads. The caller ensures that no two
/// threads write to the same place.
package struct UncheckedSendable<Value>: @unchecked Sendable {
  package let value: Value

  package init(_ value: Value) { self.value = value }
}
