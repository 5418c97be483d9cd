import LinearAlgebra
import Randomness
import TestSupport
import Testing

/// The reference checks itself: two constructions that share no line agree.
@Suite struct ReferenceTests {
  @Test("Index arithmetic, Kronecker products and the loop over amplitudes give one operator", arguments: 1...3)
  func constructionsAgree(targetCount: Int) {
    var source = RandomSource(seed: 11, stream: UInt64(targetCount))
    for qubitCount in targetCount...4 {
      for place in Targeting.all(count: targetCount, qubitCount: qubitCount, &source) {
        let matrix = RandomFixtures.matrix(1 << targetCount, &source)
        let state = RandomFixtures.state(qubitCount: qubitCount, &source)
        let full = ReferenceOperators.embedded(
          matrix, targets: place.targets, controls: place.controls, qubitCount: qubitCount)
        let sum = ReferenceOperators.kroneckerSum(
          matrix, targets: place.targets, controls: place.controls, qubitCount: qubitCount)
        #expect(maximumDifference(full, sum) < Tolerance.double, "\(place)")
        let applied = state.applying(matrix, targets: place.targets, controls: place.controls)
        #expect(maximumDifference(applied.amplitudes, full * state.amplitudes) < Tolerance.double, "\(place)")
      }
    }
  }

  @Test("CNOT with control 0 and target 1 swaps |01> and |11>: qubit 0 is the right-hand bit")
  func bitOrder() {
    let flip = ReferenceOperators.pauli("X")
    let flipped = ReferenceState(qubitCount: 2, basis: 0b01).applying(flip, targets: [1], controls: [0: 1])
    #expect(flipped == ReferenceState(qubitCount: 2, basis: 0b11))
    let unchanged = ReferenceState(qubitCount: 2, basis: 0b10).applying(flip, targets: [1], controls: [0: 1])
    #expect(unchanged == ReferenceState(qubitCount: 2, basis: 0b10))
  }

  @Test("The statistics tell a fair sample from a biased one")
  func statistics() {
    #expect(abs(Statistics.binomialZScore(successes: 5050, trials: 10000, probability: 0.5) - 1) < 1e-12)
    let fair = Statistics.chiSquareZScore(counts: [251, 246, 255, 248], probabilities: [0.25, 0.25, 0.25, 0.25])
    let biased = Statistics.chiSquareZScore(counts: [301, 196, 255, 248], probabilities: [0.25, 0.25, 0.25, 0.25])
    #expect(abs(fair) < 2)
    #expect(biased > 3)
    #expect(Statistics.chiSquareZScore(counts: [1, 9], probabilities: [0, 1]) == .infinity)
  }
}
