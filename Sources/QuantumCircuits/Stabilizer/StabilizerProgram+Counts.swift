import Execution
import QuantumStates
import Stabilizers

extension StabilizerProgram {
  /// Draws shots and counts their outcomes.
  ///
  /// - Parameters:
  ///   - bits: bit j of an outcome is bit `bits[j]` of the program, at most 62 of them; nil for all.
  ///   - seed: the same counts for any number of threads.
  public func counts(
    of bits: [Int]? = nil, shots: Int, seed: UInt64, loop: ParallelLoop = ParallelLoop()
  ) -> OutcomeCounts {
    let bits = bits ?? Array(0..<bitCount)
    precondition(
      bits.count <= 62 && bits.allSatisfy((0..<bitCount).contains),
      "StabilizerProgram.counts: bits \(bits) of \(bitCount), and counts are kept of at most 62")
    let bytes = bytesPerShot
    var occurrences: [Int: Int] = [:]
    sample(shots: shots, seed: seed, loop: loop) { rows, count in
      for shot in 0..<count {
        var outcome = 0
        for (place, bit) in bits.enumerated() { outcome |= Int(rows[shot * bytes + bit >> 3] >> (bit & 7) & 1) << place }
        occurrences[outcome, default: 0] += 1
      }
    }
    return OutcomeCounts(occurrences: occurrences, width: bits.count)
  }
}
