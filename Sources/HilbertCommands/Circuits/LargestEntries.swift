/// The places of the `count` largest numbers, largest first, equal ones by place.
///
/// - Complexity: O(n + k log k) for numbers in random order: a heap of k is only touched by what is larger than its least.
func placesOfLargest(_ count: Int, of values: [Double]) -> [Int] {
  guard count < values.count else { return values.indices.sorted { (values[$1], $0) < (values[$0], $1) } }
  // A heap with the least on top: what is kept so far.
  var heap: [Int] = []
  func isLess(_ a: Int, _ b: Int) -> Bool { (values[a], b) < (values[b], a) }
  func sink(_ start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isLess(heap[child], heap[least]) { least = child }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
  for place in values.indices {
    if heap.count < count {
      heap.append(place)
      if heap.count == count { for start in (0..<count / 2 + 1).reversed() where start < count { sink(start) } }
    } else if values[place] > values[heap[0]] {
      heap[0] = place
      sink(0)
    }
  }
  return heap.sorted { isLess($1, $0) }
}
