import Execution
import LinearAlgebra
import Randomness

extension StateVector {
  /// Measures some qubits: draws an outcome and leaves the state that it announces, normalized.
  ///
  /// - Returns: the outcome; its bit j belongs to `qubits[j]`.
  /// - Complexity: three passes over the state.
  @discardableResult
  public mutating func measure(_ qubits: [Int], using source: inout RandomSource) -> BitString {
    let outcome = BitString(sample(shots: 1, of: qubits, using: &source)[0], width: qubits.count)
    collapse(QubitSelection(qubits, of: qubitCount, "measure"), onto: outcome)
    return outcome
  }

  /// Projects some qubits onto an outcome and normalizes, as if it had been measured.
  ///
  /// - Returns: the probability that the outcome had.
  /// - Throws: `StateError.impossibleOutcome` if it is zero; the state then stays as it is.
  @discardableResult
  public mutating func project(_ qubits: [Int], onto outcome: BitString) throws(StateError) -> Double {
    let probability = probability(of: outcome, on: qubits)
    guard probability > 0 else { throw .impossibleOutcome(outcome, qubits: qubits) }
    collapse(QubitSelection(qubits, of: qubitCount, "project"), onto: outcome)
    return probability
  }

  private mutating func collapse(_ selection: QubitSelection, onto outcome: BitString) {
    amplitudes.clear(exceptWhere: selection.mask, is: selection.scatter(outcome.value), loop: loop)
    scale(by: Complex(1 / squaredNorm.squareRoot()))
  }
}

extension Amplitudes {
  /// Sets the amplitudes to zero whose index, under `mask`, is not `value`.
  func clear(exceptWhere mask: Int, is value: Int, loop: ParallelLoop) {
    let laneMask = mask & (layout.lanes - 1)
    let laneValue = value & (layout.lanes - 1)
    let blockMask = mask >> layout.laneBits
    let blockValue = value >> layout.laneBits
    let access = AmplitudeAccess(base: base, precision: layout.precision)
    let (lanes, blocks) = (layout.lanes, layout.blockCount)
    let pieces = max(1, blocks / 4096)
    loop.run(count: pieces) { piece in
      for block in piece * blocks / pieces..<(piece + 1) * blocks / pieces {
        if block & blockMask != blockValue {
          (access.base + block * Precision.blockBytes).initializeMemory(as: UInt8.self, repeating: 0, count: Precision.blockBytes)
        } else if laneMask != 0 {
          for lane in 0..<lanes where lane & laneMask != laneValue { access[block * lanes + lane] = .zero }
        }
      }
    }
  }
}
