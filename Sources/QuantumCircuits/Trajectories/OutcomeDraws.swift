import LinearAlgebra
import QuantumStates

/// Basis states drawn from the squared amplitudes of states that need not be normalised.
extension AmplitudeLayout {
  /// One basis state for each lane of a batch: the first whose cumulative sum exceeds draw * norm.
  func outcomes(_ state: UnsafeRawPointer, draws: [Double]) -> [Int] {
    switch precision {
    case .float: laneOutcomes(state.assumingMemoryBound(to: Float.self), draws)
    case .double: laneOutcomes(state.assumingMemoryBound(to: Double.self), draws)
    }
  }

  @inline(__always)
  private func laneOutcomes<Scalar: BinaryFloatingPoint>(_ state: UnsafePointer<Scalar>, _ draws: [Double]) -> [Int] {
    var sums = Array(repeating: 0.0, count: samples)
    forEachWeight(state) { _, sample, weight in sums[sample] += weight }
    let thresholds = draws.indices.map { draws[$0] * sums[$0] }
    var (running, places, last) = (
      Array(repeating: 0.0, count: draws.count), Array(repeating: 0, count: draws.count), Array(repeating: 0, count: draws.count)
    )
    forEachWeight(state) { index, sample, weight in
      guard sample < draws.count else { return }
      running[sample] += weight
      if running[sample] <= thresholds[sample] { places[sample] = index + 1 }
      if weight > 0 { last[sample] = index }
    }
    return zip(places, last).map { min($0, $1) }
  }

  @inline(__always)
  private func forEachWeight<Scalar: BinaryFloatingPoint>(
    _ state: UnsafePointer<Scalar>, _ body: (_ index: Int, _ sample: Int, _ weight: Double) -> Void
  ) {
    for block in 0..<blockCount {
      let (real, imaginary) = (state + 2 * block * lanes, state + (2 * block + 1) * lanes)
      let index = block >> sampleBlockBits
      let first = (block & (sampleBlocks - 1)) * lanes
      for lane in 0..<lanes { body(index, first + lane, Double(real[lane] * real[lane] + imaginary[lane] * imaginary[lane])) }
    }
  }

  /// Basis states of one large state for draws in ascending order, by pieces of the cumulative sum.
  func outcomes(_ state: UnsafeRawPointer, ascending draws: [Double]) -> [Int] {
    switch precision {
    case .float: stateOutcomes(state.assumingMemoryBound(to: Float.self), ascending: draws)
    case .double: stateOutcomes(state.assumingMemoryBound(to: Double.self), ascending: draws)
    }
  }

  @inline(__always)
  private func stateOutcomes<Scalar: BinaryFloatingPoint>(_ state: UnsafePointer<Scalar>, ascending draws: [Double]) -> [Int] {
    let piece = min(blockCount, 64)
    func weight(_ block: Int) -> Double {
      let (real, imaginary) = (state + 2 * block * lanes, state + (2 * block + 1) * lanes)
      var sum = Scalar.zero
      for lane in 0..<lanes { sum += real[lane] * real[lane] + imaginary[lane] * imaginary[lane] }
      return Double(sum)
    }
    let sums = (0..<blockCount / piece).map { index in
      (index * piece..<(index + 1) * piece).reduce(0) { $0 + weight($1) }
    }
    let total = sums.reduce(0, +)
    var (index, before) = (0, 0.0)
    let lastPiece = sums.lastIndex { $0 > 0 } ?? 0
    return draws.map { draw in
      let threshold = draw * total
      while index < lastPiece, before + sums[index] <= threshold {
        before += sums[index]
        index += 1
      }
      var (running, last) = (before, index * piece * lanes)
      for block in index * piece..<(index + 1) * piece {
        let (real, imaginary) = (state + 2 * block * lanes, state + (2 * block + 1) * lanes)
        for lane in 0..<lanes {
          let weight = Double(real[lane] * real[lane] + imaginary[lane] * imaginary[lane])
          running += weight
          if weight > 0 { last = block * lanes + lane }
          if running > threshold { return block * lanes + lane }
        }
      }
      return last
    }
  }
}
