import CStateKernels
import Execution
import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport

extension KernelCall {
  /// Unitaries on independent qubits relabelled by random CX and X gates, forward and back, for registers of every level.
  static func passes(_ precision: Precision, _ source: inout RandomSource) -> [KernelCall] {
    var calls: [KernelCall] = []
    for registerBytes in [16, 32, 64] {
      for qubits in 1...8 {
        let layout = AmplitudeLayout(qubitCount: qubits, precision: precision)
        for trial in 0..<8 {
          let all = relabelled(qubits, gates: trial == 0 ? 0 : source.integer(below: 2 * qubits), &source)
          let chosen = source.permutation(of: qubits).prefix(1 + source.integer(below: qubits)).map { all[$0] }
          for places in StatePass.passes(of: chosen, registerBytes: registerBytes, layout: layout) {
            let members = places.map { chosen[$0] }
            let pass = StatePass(members, registerBytes: registerBytes, layout: layout)
            calls += [false, true].map { call(pass, members, registerBytes, isBackward: $0, isLeading: trial % 2 == 0, &source) }
          }
        }
      }
    }
    return calls
  }

  private static func relabelled(_ count: Int, gates: Int, _ source: inout RandomSource) -> [RelabelledQubit] {
    var qubits = (0..<count).map { RelabelledQubit(flips: 1 << $0, parity: 1 << $0, isInverted: false) }
    for _ in 0..<gates {
      let pair = source.permutation(of: count).prefix(2)
      if pair.count == 2 {
        qubits[pair[1]].parity ^= qubits[pair[0]].parity
        qubits[pair[1]].isInverted = qubits[pair[1]].isInverted != qubits[pair[0]].isInverted
        qubits[pair[0]].flips ^= qubits[pair[1]].flips
      }
      if source.bool(probability: 0.3) { qubits[pair[0]].isInverted.toggle() }
    }
    return qubits
  }

  /// The reference applies the unitaries one after another, pair by pair of amplitudes.
  private static func call(
    _ pass: StatePass, _ qubits: [RelabelledQubit], _ registerBytes: Int, isBackward: Bool, isLeading: Bool,
    _ source: inout RandomSource
  ) -> KernelCall {
    let layout = pass.layout
    var rotations: [PassRotation] = []
    var matrices: [ComplexMatrix] = []
    for place in qubits.indices {
      var split = SplitUnitary(unitary(&source).elements)
      if !isLeading {
        // A rotation of any sign, and what stands after it.
        let (cosine, sine) = (split.cosine, source.bool(probability: 0.5) ? -split.sine : split.sine)
        let phases = split.after
        split = SplitUnitary(
          rotationThenDiagonal: phases.0 * Complex(cosine), -phases.0 * Complex(sine), phases.1 * Complex(sine),
          phases.1 * Complex(cosine))
      }
      rotations.append(PassRotation(split, isBlockTarget: place < pass.blockTargets))
      matrices.append(
        .diagonal([split.after.0, split.after.1])
          * ComplexMatrix([[Complex(split.cosine), Complex(-split.sine)], [Complex(split.sine), Complex(split.cosine)]])
          * .diagonal([split.before.0, split.before.1]))
    }
    let before = (0..<2).map { _ in RandomFixtures.state(qubitCount: layout.qubitCount, &source) }
    let after = before.map { state in
      zip(qubits, matrices).reduce(state) { $0.applying($1.1, relabelled: $1.0) }
    }
    // Im <bra|D P D'|ket> after the unitary, times the squares of all scales, for P = X, Y, Z in the frame D of its target.
    let scale = rotations.reduce(1) { $0 * $1.scale * $1.scale }
    let paulis: [ComplexMatrix] = [
      ComplexMatrix([[0, 1], [1, 0]]), ComplexMatrix([[0, Complex(0, -1)], [Complex(0, 1), 0]]), .diagonal([1, -1]),
    ]
    let sums = zip(qubits, rotations).map { qubit, rotation in
      paulis.map { pauli in
        let frame = ComplexMatrix.diagonal([rotation.frame.0, rotation.frame.1])
        let image = after[0].applying(frame * pauli * frame.adjoint, relabelled: qubit)
        return scale * zip(after[1].amplitudes, image.amplitudes).reduce(0) { $0 + ($1.0.conjugate * $1.1).imaginary }
      }
    }
    let (start, end) = (isBackward ? after : before, isBackward ? before : after)
    return KernelCall(
      description: "pass \(isBackward ? "back" : "") of \(qubits), registers of \(registerBytes) bytes, \(layout)",
      kernel: isBackward ? .passBackward : .pass, layout: layout, coefficients: coefficients(pass, rotations, isLeading),
      count: pass.count, registerBytes: registerBytes,
      memory: KernelMemory(
        state: layout.encoded([start[0]]), second: isBackward ? layout.encoded([start[1]]) : [],
        result: isBackward ? [UInt8](repeating: 0, count: 8 * StatePass.sumCount * qubits.count) : [])
    ) { memory in
      let states = layout.difference(memory.state, [end[0]])
      guard isBackward else { return states }
      let parts = AmplitudeLayout(qubitCount: 0, precision: .double).reals(memory.result)
      let found = (0..<3 * qubits.count).map { parts[8 * $0..<8 * $0 + 8].reduce(0, +) }
      return max(states, layout.difference(memory.second, [end[1]]), maximumDifference(found, sums.flatMap { $0 }))
    }
  }

  /// In which addresses count from the first byte.
  private static func coefficients(_ pass: StatePass, _ rotations: [PassRotation], _ isLeading: Bool) -> [UInt8] {
    let buffer = AlignedBuffer<UInt8>(zeroed: pass.byteCount)
    let start = UnsafeMutableRawPointer(buffer.base)
    pass.fill(start, rotations: rotations, isLeading: isLeading)
    start.assumingMemoryBound(to: hilbert_pass.self).pointee.moveAddresses(by: -Int(bitPattern: start))
    return Array(UnsafeBufferPointer(start: buffer.base, count: buffer.count))
  }
}

extension ReferenceState {
  fileprivate func applying(_ matrix: ComplexMatrix, relabelled qubit: RelabelledQubit) -> ReferenceState {
    var result = self
    for index in amplitudes.indices where qubit.value(at: index) == 0 {
      let (low, high) = (amplitudes[index], amplitudes[index ^ qubit.flips])
      result.amplitudes[index] = matrix[0, 0] * low + matrix[0, 1] * high
      result.amplitudes[index ^ qubit.flips] = matrix[1, 0] * low + matrix[1, 1] * high
    }
    return result
  }
}

extension hilbert_pass {
  mutating func moveAddresses(by distance: Int) {
    func moved(_ address: UnsafeRawPointer) -> UnsafeRawPointer {
      UnsafeRawPointer(bitPattern: Int(bitPattern: address) + distance)!
    }
    (tangents, signs, after) = (moved(tangents), moved(signs), moved(after))
    before = before.map(moved)
  }
}
