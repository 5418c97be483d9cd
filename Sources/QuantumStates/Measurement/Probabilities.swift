import Execution

extension StateVector {
  /// `|amplitude|^2` of every basis state, by basis index.
  ///
  /// - Returns: 2^n numbers that add up to the squared norm.
  /// - Complexity: one pass; 8 * 2^n bytes.
  public func probabilities() -> [Double] {
    Array(unsafeUninitializedCapacity: 1 << qubitCount) { result, count in
      let destination = UncheckedPointer(result.baseAddress!)
      forEachPiece { outcomes, probabilities in
        (destination.pointer + outcomes.lowerBound).update(from: probabilities, count: outcomes.count)
      }
      count = 1 << qubitCount
    }
  }

  /// The distribution of the values of some qubits, whatever the others are.
  ///
  /// - Parameter qubits: different qubits; bit j of an outcome belongs to `qubits[j]`.
  /// - Returns: 2^k numbers for k qubits.
  /// - Complexity: one pass over the state; 8 * 2^k bytes.
  public func probabilities(of qubits: [Int]) -> [Double] {
    let selection = QubitSelection(qubits, of: qubitCount, "probabilities")
    if qubits == Array(0..<qubitCount) { return probabilities() }
    // The outcome of an index is the outcome of its bits inside the piece, from a table, or that of the piece.
    let low = (0..<min(OutcomeSampler.pieceLength, 1 << qubitCount)).map(selection.gather)
    // Sums of groups of pieces, added in order at the end: the same bits for any number of threads.
    let groups = selection.outcomeCount <= 4096 ? min(pieceCount, 16) : 1
    var sums = Array(repeating: 0.0, count: groups * selection.outcomeCount)
    sums.withUnsafeMutableBufferPointer { sums in
      let base = UncheckedPointer(sums.baseAddress!)
      forEachPiece(groups: groups) { group, outcomes, probabilities in
        let sums = base.pointer + group * selection.outcomeCount
        let high = selection.gather(outcomes.lowerBound)
        for offset in 0..<outcomes.count { sums[high | low[offset]] += probabilities[offset] }
      }
    }
    return (0..<selection.outcomeCount).map { outcome in
      (0..<groups).reduce(0) { $0 + sums[$1 * selection.outcomeCount + outcome] }
    }
  }

  /// The probability that some qubits show an outcome; bit j of it belongs to `qubits[j]`.
  ///
  /// - Complexity: one pass over the state.
  public func probability(of outcome: BitString, on qubits: [Int]) -> Double {
    let selection = QubitSelection(qubits, of: qubitCount, "probability")
    selection.requireOutcome(outcome, "probability")
    let value = selection.scatter(outcome.value)
    return sumsOfPieces { outcomes, probabilities in
      var sum = 0.0
      for index in outcomes where index & selection.mask == value { sum += probabilities[index - outcomes.lowerBound] }
      return sum
    }.reduce(0, +)
  }

  /// Pieces of `OutcomeSampler.pieceLength` basis states.
  private var pieceCount: Int { max(1, 1 << qubitCount / OutcomeSampler.pieceLength) }

  /// The sum of the probabilities of each piece.
  func pieceSums() -> [Double] {
    sumsOfPieces { outcomes, probabilities in
      // Four running sums: one alone would wait for the previous addition at every step.
      var sums = SIMD4<Double>.zero
      for start in stride(from: 0, to: outcomes.count & ~3, by: 4) {
        sums += UnsafeRawPointer(probabilities + start).loadUnaligned(as: SIMD4<Double>.self)
      }
      var rest = 0.0
      for index in outcomes.count & ~3..<outcomes.count { rest += probabilities[index] }
      return sums.sum() + rest
    }
  }

  private func sumsOfPieces(_ sum: (_ outcomes: Range<Int>, _ probabilities: UnsafePointer<Double>) -> Double) -> [Double] {
    var sums = Array(repeating: 0.0, count: pieceCount)
    sums.withUnsafeMutableBufferPointer { sums in
      let base = UncheckedPointer(sums.baseAddress!)
      forEachPiece { outcomes, probabilities in
        base.pointer[outcomes.lowerBound / OutcomeSampler.pieceLength] = sum(outcomes, probabilities)
      }
    }
    return sums
  }

  private func forEachPiece(_ body: (_ outcomes: Range<Int>, _ probabilities: UnsafePointer<Double>) -> Void) {
    forEachPiece(groups: pieceCount) { body($1, $2) }
  }

  /// Calls `body` with the probabilities of each piece: pieces of a group in order, groups on any thread.
  private func forEachPiece(
    groups: Int, _ body: (_ group: Int, _ outcomes: Range<Int>, _ probabilities: UnsafePointer<Double>) -> Void
  ) {
    let pieces = pieceCount
    let length = min(OutcomeSampler.pieceLength, 1 << qubitCount)
    let source = ProbabilitySource(base: amplitudes.base, kernels: kernels, precision: precision)
    loop.run(count: groups) { group in
      withAlignedScratch(of: Double.self, count: OutcomeSampler.pieceLength) { scratch in
        for piece in group * pieces / groups..<(group + 1) * pieces / groups {
          let outcomes = piece * length..<(piece + 1) * length
          source.fill(outcomes, into: scratch)
          body(group, outcomes, scratch)
        }
      }
    }
  }
}

/// Squared magnitudes of stretches of amplitudes, by the kernel.
struct ProbabilitySource {
  let base: UnsafeMutableRawPointer
  let kernels: Kernels
  let precision: Precision

  /// Writes |x_k|^2 for a range that starts on a block; `destination` is aligned and has room for whole blocks.
  func fill(_ range: Range<Int>, into destination: UnsafeMutablePointer<Double>) {
    let blocks = (range.count + precision.lanes - 1) >> precision.laneBits
    let state = base + (range.lowerBound >> precision.laneBits) * Precision.blockBytes
    switch precision {
    case .double:
      kernels.table.pointee.squared_magnitudes(state, destination, Int64(blocks))
    case .float:
      withAlignedScratch(of: Float.self, count: blocks << precision.laneBits) { scratch in
        kernels.table.pointee.squared_magnitudes(state, scratch, Int64(blocks))
        for offset in 0..<range.count { destination[offset] = Double(scratch[offset]) }
      }
    }
  }
}
