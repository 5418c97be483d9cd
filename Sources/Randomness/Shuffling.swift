// The standard library's shuffle does not promise its order from one release to the next; these do.
extension RandomSource {
  /// Puts the elements of a collection in a uniformly random order.
  ///
  /// - Complexity: O(count).
  ///
  /// Source: Durstenfeld, "Algorithm 235: random permutation", CACM 7 (1964).
  public mutating func shuffle<Elements: MutableCollection & RandomAccessCollection>(_ elements: inout Elements)
  where Elements.Index == Int {
    guard var last = elements.indices.last else { return }
    while last > elements.startIndex {
      elements.swapAt(last, elements.startIndex + integer(below: last - elements.startIndex + 1))
      last -= 1
    }
  }

  /// The numbers 0..<count in a uniformly random order.
  public mutating func permutation(of count: Int) -> [Int] {
    precondition(count >= 0, "RandomSource: permutation(of: \(count)) needs a count that is not negative")
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// `count` different numbers of 0..<total, in random order.
  ///
  /// - Complexity: O(total).
  public mutating func choose(_ count: Int, from total: Int) -> [Int] {
    precondition(0...max(0, total) ~= count, "RandomSource: cannot choose \(count) different numbers from \(total)")
    var order = Array(0..<total)
    for place in 0..<count { order.swapAt(place, place + integer(below: total - place)) }
    return Array(order.prefix(count))
  }
}
