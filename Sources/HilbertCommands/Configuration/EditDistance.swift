/// The fewest insertions, deletions and substitutions of one character that turn one word into another.
///
/// Upper and lower case count as equal, since `batchsize` for `batchSize` is the commonest slip.
/// - Complexity: O(first.count * second.count) time, O(second.count) memory.
/// - Source: Wagner and Fischer, The string-to-string correction problem, J. ACM 21 (1974).
func editDistance(_ first: String, _ second: String) -> Int {
  let first = Array(first.lowercased()), second = Array(second.lowercased())
  var previous = Array(0...second.count)
  for (row, character) in first.enumerated() {
    var current = [row + 1]
    for (column, other) in second.enumerated() {
      let substituted = previous[column] + (character == other ? 0 : 1)
      current.append(min(substituted, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[second.count]
}

/// The candidate nearest to `word`, if it is near enough to be what was meant: at most a third of the letters differ, and at least one may.
func nearest(to word: String, among candidates: [String]) -> String? {
  let best = candidates.map { (distance: editDistance(word, $0), candidate: $0) }.min { $0.distance < $1.distance }
  guard let best, best.distance <= max(1, max(word.count, best.candidate.count) / 3) else { return nil }
  return best.candidate
}
