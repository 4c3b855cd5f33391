/// An entry of an array that is sorted.
protocol SortEntry: BitwiseCopyable, SendableMetatype {
  /// The number that decides; never nan.
  var number: Double { get }
}

extension Double: SortEntry {
  var number: Double { self }
}

extension PlacedNumber: SortEntry {}

/// A stable merge sort on all cores: chunks that fit the cache are sorted by themselves, and runs
/// are then merged in pairs, each pair cut into blocks of its result. The looks for an interruption
/// are between blocks.
///
/// The cut of a merge is found by halving, as in Odeh, Green, Mwassi, Shmueli and Birk, Merge path:
/// parallel merging made simple, IPDPSW 2012.
enum MergeSort {
  /// Entries of a chunk, and of a block: half a megabyte at most, a millisecond of work.
  private static let chunk = 1 << 15
  /// Entries of the runs that insertion sorts.
  private static let run = 16

  /// Puts the entries in rising order; equal ones stay in order.
  ///
  /// - Throws: `MemoryRefused`, `Interrupted`; the entries are then in any order, and some may be
  ///   lost.
  static func sort<Entry: SortEntry>(
    _ entries: UnsafeMutablePointer<Entry>, _ count: Int
  ) throws {
    let width = chunk
    try MemoryLimit.require(bytes: Double(count) * Double(MemoryLayout<Entry>.stride))
    let spare = TypedScratch<Entry>(count)
    let (first, second) = (UncheckedSendable(entries), UncheckedSendable(spare.pointer))
    try Parallel.forEach((count + width - 1) / width) { c in
      try Interruption.check()
      let start = c * width
      sortChunk(first.value + start, second.value + start, min(width, count - start))
    }
    var (from, to, sorted) = (first, second, width)
    while sorted < count {
      let (source, target, width) = (from.value, to.value, sorted)
      let shared = UncheckedSendable((source, target))
      try Parallel.forEach((count + chunk - 1) / chunk) { b in
        try Interruption.check()
        let (source, target) = shared.value
        mergeBlock(b * chunk, source, target, count, width)
      }
      (from, to, sorted) = (to, from, 2 * width)
    }
    if from.value != entries {
      let (source, target) = (from, first)
      try Parallel.forEachBlock(of: count, costEach: 1) { range in
        try Interruption.check()
        (target.value + range.lowerBound).update(
          from: source.value + range.lowerBound, count: range.count)
      }
    }
  }

  /// Sorts a chunk by itself, with as much spare memory.
  private static func sortChunk<Entry: SortEntry>(
    _ entries: UnsafeMutablePointer<Entry>, _ spare: UnsafeMutablePointer<Entry>, _ count: Int
  ) {
    for start in stride(from: 0, to: count, by: run) {
      insertionSort(entries + start, min(run, count - start))
    }
    var (from, to, sorted) = (entries, spare, run)
    while sorted < count {
      for start in stride(from: 0, to: count, by: 2 * sorted) {
        let (middle, end) = (min(start + sorted, count), min(start + 2 * sorted, count))
        merge(from, start, middle, middle, end, to + start, end - start)
      }
      (from, to, sorted) = (to, from, 2 * sorted)
    }
    if from != entries { entries.update(from: from, count: count) }
  }

  private static func insertionSort<Entry: SortEntry>(
    _ entries: UnsafeMutablePointer<Entry>, _ count: Int
  ) {
    for i in 1..<max(count, 1) {
      let entry = entries[i]
      var j = i
      while j > 0, entry.number < entries[j - 1].number {
        entries[j] = entries[j - 1]
        j -= 1
      }
      entries[j] = entry
    }
  }

  /// The part of a merge of runs of `width` that gives the results from `start` on, up to a chunk.
  /// A chunk lies in one pair of runs, since widths are multiples of it.
  private static func mergeBlock<Entry: SortEntry>(
    _ start: Int, _ source: UnsafeMutablePointer<Entry>, _ target: UnsafeMutablePointer<Entry>,
    _ count: Int, _ width: Int
  ) {
    let left = start / (2 * width) * (2 * width)
    let middle = min(left + width, count)
    let end = min(left + 2 * width, count)
    let taken = cut(source, left, middle, end, results: start - left)
    merge(
      source, left + taken, middle, middle + (start - left - taken), end, target + start,
      min(chunk, end - start))
  }

  /// How many of the first results of a merge come from its left run.
  private static func cut<Entry: SortEntry>(
    _ source: UnsafeMutablePointer<Entry>, _ left: Int, _ middle: Int, _ end: Int, results: Int
  ) -> Int {
    var (least, most) = (max(0, results - (end - middle)), min(results, middle - left))
    while least < most {
      let taken = (least + most) / 2
      if source[middle + results - taken - 1].number < source[left + taken].number {
        most = taken
      } else {
        least = taken + 1
      }
    }
    return least
  }

  /// The first `count` results of merging source[i..<middle] and source[j..<end]; of equal entries
  /// those of the left come first.
  @inline(__always)
  private static func merge<Entry: SortEntry>(
    _ source: UnsafeMutablePointer<Entry>, _ first: Int, _ middle: Int, _ second: Int, _ end: Int,
    _ target: UnsafeMutablePointer<Entry>, _ count: Int
  ) {
    var (i, j, k) = (first, second, 0)
    while k < count && i < middle && j < end {
      // Without a branch, which nobody could predict.
      let takesRight = source[j].number < source[i].number
      target[k] = source[takesRight ? j : i]
      let step = takesRight ? 1 : 0
      j += step
      i += 1 - step
      k += 1
    }
    let rest = count - k
    if rest > 0 { (target + k).update(from: source + (i < middle ? i : j), count: rest) }
  }
}
