import CStateKernels
import Execution
import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport

extension KernelCall {
  /// One-qubit unitaries run together, on any block and lane bits, with phases before and after and without.
  static func rotations(_ precision: Precision, _ source: inout RandomSource) -> [KernelCall] {
    var calls: [KernelCall] = []
    for qubits in precision.laneBits...precision.laneBits + 4 {
      let layout = AmplitudeLayout(qubitCount: qubits, precision: precision)
      for trial in 0..<24 {
        let order = source.permutation(of: qubits)
        let blocks = order.filter { $0 >= precision.laneBits }.prefix(source.integer(below: 4))
        let lanes = order.filter { $0 < precision.laneBits }.prefix(source.integer(below: precision.laneBits + 1))
        let targets = source.permutation(of: blocks.count + lanes.count).map { (blocks + lanes)[$0] }
        calls.append(
          call(KernelRotations(targets: targets, layout: layout), before: trial % 2 == 0, after: trial % 3 == 0, &source))
      }
    }
    return calls
  }

  /// The reference applies the unitaries one after another.
  private static func call(
    _ rotations: KernelRotations, before: Bool, after: Bool, _ source: inout RandomSource
  ) -> KernelCall {
    let layout = rotations.layout
    let state = RandomFixtures.state(qubitCount: layout.qubitCount, &source)
    let matrices = rotations.targets.map { _ in unitary(&source) }
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
    let reference = [expected]
    return KernelCall(
      description: "rotations of \(rotations.targets), phases before: \(before), after: \(after), \(layout)", kernel: .rotations,
      layout: layout,
      coefficients: coefficients(rotations, matrices, before: before ? phases : nil, after: after ? phases : nil),
      count: rotations.loopCount, memory: KernelMemory(state: layout.encoded([state]))
    ) { memory in layout.difference(memory.state, reference) }
  }

  /// The coefficients, in which addresses count from the first byte: they are used in other memory than they were written in.
  private static func coefficients(
    _ rotations: KernelRotations, _ matrices: [ComplexMatrix], before: [Complex<Double>]?, after: [Complex<Double>]?
  ) -> [UInt8] {
    let buffer = AlignedBuffer<UInt8>(zeroed: rotations.coefficientBytes)
    let start = UnsafeMutableRawPointer(buffer.base)
    rotations.fill(
      start, matrices: matrices.map { SplitUnitary($0.elements) }, phasesBefore: before, phasesAfter: after)
    start.assumingMemoryBound(to: hilbert_rotations.self).pointee.moveAddresses(by: -Int(bitPattern: start))
    return Array(UnsafeBufferPointer(start: buffer.base, count: buffer.count))
  }

  /// Random, or with zeros: diagonal or not, where one of cosine and sine vanishes.
  static func unitary(_ source: inout RandomSource) -> ComplexMatrix {
    let phases = RandomFixtures.phases(2, &source)
    switch source.integer(below: 4) {
    case 0: return ComplexMatrix.diagonal(phases)
    case 1: return ComplexMatrix([[0, phases[0]], [phases[1], 0]])
    default: return RandomFixtures.unitary(2, &source)
    }
  }
}

extension hilbert_rotations {
  mutating func moveAddresses(by distance: Int) {
    before = UnsafeRawPointer(bitPattern: Int(bitPattern: before) + distance)
    after = after.flatMap { UnsafeRawPointer(bitPattern: Int(bitPattern: $0) + distance) }
    lanes = UnsafeRawPointer(bitPattern: Int(bitPattern: lanes) + distance)
  }
}
