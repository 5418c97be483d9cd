import Execution
import QuantumStates
import Stabilizers

extension StabilizerProgram {
  /// Draws shots and counts their outcomes, bit b of the program as bit b of an outcome.
  ///
  /// - Parameter seed: the same counts for any number of threads.
  public func counts(shots: Int, seed: UInt64, loop: ParallelLoop = ParallelLoop()) -> OutcomeCounts {
    precondition(bitCount <= 62, "StabilizerProgram.counts: \(bitCount) bits, counts are kept of at most 62")
    let bytes = bytesPerShot
    var occurrences: [Int: Int] = [:]
    sample(shots: shots, seed: seed, loop: loop) { rows, count in
      for shot in 0..<count {
        occurrences[(0..<bytes).reduce(0) { $0 | Int(rows[shot * bytes + $1]) << (8 * $1) }, default: 0] += 1
      }
    }
    return OutcomeCounts(occurrences: occurrences, width: bitCount)
  }
}
