import Execution
import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Law: phases of Pauli words of Z equal exp(i sum_w θ_w (-1)^(w·k)) written out, and their overlaps the sums over basis states,
/// for words of any kind, with the table of the lowest qubits and beyond it.
@Suite struct PhasePassLaws {
  enum Words: CaseIterable, Sendable {
    /// All words of one and two qubits; of two alone; of the highest qubit; some of any size; one; the constant.
    case quadratic, pairs, highest, random, single, constant

    func words(_ qubits: Int, _ source: inout RandomSource) -> [Int] {
      let pairs = (0..<qubits).flatMap { high in (0..<high).map { 1 << high | 1 << $0 } }
      switch self {
      case .quadratic: return [0] + (0..<qubits).map { 1 << $0 } + pairs
      case .pairs: return pairs.isEmpty ? [1] : pairs
      case .highest: return (0..<min(4, 1 << (qubits - 1))).map { 1 << (qubits - 1) | $0 }
      case .random: return Array(Set((0..<12).map { _ in source.integer(below: 1 << qubits) })).sorted()
      case .single: return [1 + source.integer(below: 1 << qubits - 1)]
      case .constant: return [0]
      }
    }
  }

  @Test(arguments: KernelTable.all, Words.allCases)
  func phasesAndOverlapsAreTheirSums(_ table: KernelTable, _ kind: Words) {
    var source = RandomSource(seed: 91, stream: UInt64(Words.allCases.firstIndex(of: kind)!))
    for (qubits, extra) in [(1, 0), (2, 1), (3, 0), (5, 2), (7, 0), (8, 1), (10, 0)] {
      let layout = AmplitudeLayout(qubitCount: qubits, sampleBits: table.precision.laneBits + extra, precision: table.precision)
      let pass = PhasePass(words: kind.words(qubits, &source), layout: layout)
      let count = pass.words.count * layout.samples
      let angles = (0..<count).map { _ in source.uniform(in: -4...4) }
      let (cosines, sines) = (angles.map { Double.cos($0) }, angles.map { Double.sin($0) })
      func factor(_ index: Int, _ sample: Int) -> Complex<Double> {
        let angle = pass.words.enumerated().reduce(0) { sum, entry in
          let angle = angles[entry.offset * layout.samples + sample]
          return (entry.element & index).nonzeroBitCount % 2 == 0 ? sum + angle : sum - angle
        }
        return Complex(length: 1, phase: angle)
      }
      let states = (0..<2).map { _ in
        (0..<layout.samples).map { _ in RandomFixtures.state(qubitCount: qubits, &source).amplitudes }
      }
      let bra = Amplitudes(zero: layout)
      let ket = Amplitudes(zero: layout)
      for sample in 0..<layout.samples {
        for index in 0..<1 << qubits {
          bra[index << layout.sampleBits | sample] = states[0][sample][index]
          ket[index << layout.sampleBits | sample] = states[1][sample][index]
        }
      }
      let scratch = AlignedBuffer<UInt8>(zeroed: pass.scratchBytes)
      let kernels = table.level.kernels(table.precision)
      func difference(_ memory: UnsafeMutableRawPointer, _ expected: (Int, Int) -> Complex<Double>) -> Double {
        let access = AmplitudeAccess(base: memory, precision: layout.precision)
        return (0..<layout.samples).reduce(0) { worst, sample in
          let found = (0..<1 << qubits).map { access[$0 << layout.sampleBits | sample] }
          return max(worst, maximumDifference(found, (0..<1 << qubits).map { expected($0, sample) }))
        }
      }

      var overlaps = [Double](repeating: .nan, count: count)
      pass.applyBackward(
        bra: bra.base, ket: ket.base, cosines: cosines, sines: sines, overlaps: &overlaps, scratch: scratch.base, kernels: kernels)
      let expected = pass.words.flatMap { word in
        (0..<layout.samples).map { sample in
          (0..<1 << qubits).reduce(0) { sum, index in
            let product = (states[0][sample][index].conjugate * states[1][sample][index]).imaginary
            return (word & index).nonzeroBitCount % 2 == 0 ? sum + product : sum - product
          }
        }
      }
      #expect(maximumDifference(overlaps, expected) < table.precision.tolerance, "\(layout), \(kind)")
      for (memory, states) in zip([bra.base, ket.base], states) {
        let undone = difference(memory) { states[$1][$0] * factor($0, $1).conjugate }
        #expect(undone < table.precision.tolerance, "\(layout), \(kind)")
        pass.apply(to: memory, cosines: cosines, sines: sines, scratch: scratch.base, kernels: kernels)
        #expect(difference(memory) { states[$1][$0] } < table.precision.tolerance, "\(layout), \(kind)")
      }
    }
  }
}
