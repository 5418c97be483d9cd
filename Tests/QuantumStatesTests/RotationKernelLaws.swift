import Execution
import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Law: one-qubit unitaries run together equal the same unitaries applied one after another by the reference.
@Suite struct RotationKernelLaws {
  @Test("Rotations equal the reference at every SIMD level", arguments: Precision.allCases)
  func everyLevel(precision: Precision) {
    var source = RandomSource(seed: 81)
    for qubits in precision.laneBits...precision.laneBits + 4 {
      let layout = AmplitudeLayout(qubitCount: qubits, precision: precision)
      for trial in 0..<24 {
        let order = source.permutation(of: qubits)
        let blocks = order.filter { $0 >= precision.laneBits }.prefix(source.integer(below: 4))
        let lanes = order.filter { $0 < precision.laneBits }.prefix(source.integer(below: precision.laneBits + 1))
        let targets = source.permutation(of: blocks.count + lanes.count).map { (blocks + lanes)[$0] }
        check(KernelRotations(targets: targets, layout: layout), before: trial % 2 == 0, after: trial % 3 == 0, &source)
      }
    }
  }

  private func check(_ rotations: KernelRotations, before: Bool, after: Bool, _ source: inout RandomSource) {
    let layout = rotations.layout
    let state = RandomFixtures.state(qubitCount: layout.qubitCount, &source)
    let matrices = rotations.targets.map { _ in Self.unitary(&source) }
    let targetPhases = RandomFixtures.phases(1 << rotations.targets.count, &source)
    func multiply(_ state: inout ReferenceState) {
      for index in state.amplitudes.indices {
        let bits = rotations.targets.enumerated().reduce(0) { $0 | (index >> $1.element & 1) << $1.offset }
        state.amplitudes[index] *= targetPhases[bits]
      }
    }
    var expected = state
    if before { multiply(&expected) }
    for (target, matrix) in zip(rotations.targets, matrices) { expected = expected.applying(matrix, targets: [target]) }
    if after { multiply(&expected) }
    let phases = (0..<rotations.phaseCount).map {
      targetPhases[rotations.targetBits(row: $0 / layout.lanes, lane: $0 % layout.lanes)]
    }
    let coefficients = AlignedBuffer<UInt8>(zeroed: rotations.coefficientBytes)
    rotations.fill(
      UnsafeMutableRawPointer(coefficients.base), matrices: matrices.map { SplitUnitary($0.elements) },
      phasesBefore: before ? phases : nil, phasesAfter: after ? phases : nil)
    for level in SIMDLevel.supported {
      let amplitudes = Amplitudes(zero: layout)
      for (index, amplitude) in state.amplitudes.enumerated() { amplitudes[index] = amplitude }
      rotations.apply(to: amplitudes.base, coefficients: coefficients.base, kernels: level.kernels(layout.precision))
      let found = expected.amplitudes.indices.map { amplitudes[$0] }
      #expect(
        maximumDifference(found, expected.amplitudes) < 10 * layout.precision.tolerance,
        "\(level), \(layout), targets \(rotations.targets); phases before: \(before), after: \(after)")
    }
  }

  /// Random, or with zeros: diagonal or not, where one of cosine and sine vanishes.
  private static func unitary(_ source: inout RandomSource) -> ComplexMatrix {
    let phases = RandomFixtures.phases(2, &source)
    switch source.integer(below: 4) {
    case 0: return ComplexMatrix.diagonal(phases)
    case 1: return ComplexMatrix([[0, phases[0]], [phases[1], 0]])
    default: return RandomFixtures.unitary(2, &source)
    }
  }
}
