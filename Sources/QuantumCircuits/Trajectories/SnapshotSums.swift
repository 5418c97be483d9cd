import QuantumStates

/// Sums over shots from which the records of snapshots are made.
struct SnapshotSums: Sendable {
  private var shots = 0
  private var sums: [Double] = []
  private var squares: [Double] = []

  /// Adds a value for each of `count` equal shots.
  mutating func add(_ values: [Double], count: Int = 1) {
    if sums.isEmpty { (sums, squares) = (values.map { _ in 0 }, values.map { _ in 0 }) }
    shots += count
    for (place, value) in values.enumerated() {
      sums[place] += Double(count) * value
      squares[place] += Double(count) * value * value
    }
  }

  mutating func add(_ other: SnapshotSums) {
    guard other.shots > 0 else { return }
    if sums.isEmpty { (sums, squares) = (other.sums.map { _ in 0 }, other.sums.map { _ in 0 }) }
    shots += other.shots
    for place in sums.indices {
      sums[place] += other.sums[place]
      squares[place] += other.squares[place]
    }
  }

  /// The record; nil where no shot came by.
  var record: SnapshotRecord? {
    guard shots > 0 else { return nil }
    return SnapshotRecord(
      shots: shots, values: zip(sums, squares).map { Estimate(count: shots, sum: $0, squares: $1) })
  }
}

/// An observable placed on a layout.
struct PlacedObservable: Sendable {
  let terms: [(coefficient: Double, word: KernelOperation)]

  init(_ observable: PauliSum, layout: AmplitudeLayout) {
    terms = observable.terms.map {
      ($0.coefficient, KernelOperation(xMask: $0.word.xMask, zMask: $0.word.zMask, layout: layout))
    }
  }

  /// The expectation value of each shot, from the squared norms and the unnormalised expectation values of words.
  func values(squaredNorms: [Double], _ expectations: (KernelOperation) -> [Double]) -> [Double] {
    var result = squaredNorms.map { _ in 0.0 }
    for (coefficient, word) in terms {
      let values = expectations(word)
      for place in values.indices { result[place] += coefficient * values[place] / squaredNorms[place] }
    }
    return result
  }
}
