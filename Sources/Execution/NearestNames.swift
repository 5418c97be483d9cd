/// The candidates that look most like `name`, best first: what the user may have meant.
///
/// Case does not count; a candidate further away than half its length is no suggestion.
package func nearestNames(to name: String, among candidates: [String], limit: Int = 3) -> [String] {
  let wanted = Array(name.lowercased().utf8)
  return candidates.enumerated()
    .map { (order: $0.offset, name: $0.element, distance: editDistance(wanted, Array($0.element.lowercased().utf8))) }
    .filter { 2 * $0.distance <= max(wanted.count, $0.name.utf8.count) }
    .sorted { ($0.distance, $0.order) < ($1.distance, $1.order) }
    .prefix(limit).map(\.name)
}

/// Levenshtein distance: insertions, deletions and replacements that turn one text into the other.
///
/// - Complexity: O(left.count · right.count).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var row = Array(0...right.count)
  for i in left.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in right.indices {
      let replaced = diagonal + (left[i] == right[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
    }
  }
  return row[right.count]
}
