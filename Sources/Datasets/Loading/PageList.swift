import Glibc
import LinearAlgebra

/// A list that grows, in pages of its own: the system gets all of them back as soon as the list is
/// emptied, which memory of the heap does not promise. One thread writes it; others read it after
/// that. Copies are the same list.
final class PageList<Element: BitwiseCopyable>: @unchecked Sendable {
  private var memory: UnsafeMutableRawPointer?
  /// The number of elements.
  private(set) var count = 0
  /// The number of elements that there is room for.
  private(set) var capacity = 0

  deinit { removeAll() }

  /// Adds an element.
  ///
  /// - Throws: `MemoryRefused`.
  @inline(__always)
  func append(_ element: Element) throws {
    if count == capacity { try grow(to: count + 1) }
    base[count] = element
    count += 1
  }

  /// Adds an element some times.
  ///
  /// - Throws: `MemoryRefused`.
  func append(repeating element: Element, count added: Int) throws {
    if count + added > capacity { try grow(to: count + added) }
    (base + count).update(repeating: element, count: added)
    count += added
  }

  /// Replaces an element that is there.
  @inline(__always)
  func replace(_ i: Int, with element: Element) { base[i] = element }

  /// The elements, valid as long as the list is not changed.
  var elements: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: memory == nil ? nil : base, count: count)
  }

  /// Removes all elements, and gives their memory back.
  func removeAll() {
    if let memory { munmap(memory, bytes) }
    (memory, count, capacity) = (nil, 0, 0)
  }

  private var bytes: Int { capacity * MemoryLayout<Element>.stride }

  private var base: UnsafeMutablePointer<Element> {
    // Only used where there is room for an element.
    memory.unsafelyUnwrapped.assumingMemoryBound(to: Element.self)
  }

  private func grow(to least: Int) throws {
    let wanted = max(least, 2 * capacity, 1 << 13)
    let size = wanted * MemoryLayout<Element>.stride
    try MemoryLimit.require(bytes: Double(size))
    let pages = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let pages, pages != MAP_FAILED else {
      throw MemoryRefused(needed: Double(size), available: 0)
    }
    let kept = count
    if let memory { pages.copyMemory(from: memory, byteCount: kept * MemoryLayout<Element>.stride) }
    removeAll()
    (memory, count, capacity) = (pages, kept, wanted)
  }
}
