import Execution
import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Law: sums over whole states, added in pieces, equal the reference and are the same for any number of threads.
@Suite struct KernelSumLaws {
  @Test("Inner products and means of Pauli words equal the reference", arguments: KernelTable.all, [1, 4, 9, 17])
  func scalarProducts(table: KernelTable, qubitCount: Int) throws {
    var source = RandomSource(seed: 81, stream: UInt64(qubitCount))
    let (bra, ket) = (RandomFixtures.state(qubitCount: qubitCount, &source), RandomFixtures.state(qubitCount: qubitCount, &source))
    let left = try StateVector(bra, precision: table.precision, level: table.level, threads: 1)
    let right = try StateVector(ket, precision: table.precision, level: table.level, threads: 1)
    let rightOnTwo = try StateVector(ket, precision: table.precision, level: table.level, threads: 2)
    let overlap = left.innerProduct(with: right)
    #expect((overlap - bra.innerProduct(ket)).length < table.precision.tolerance)
    #expect(abs(right.squaredNorm - 1) < table.precision.tolerance)
    #expect(right.squaredNorm == rightOnTwo.squaredNorm)
    for _ in 0..<6 {
      var letters: [Int: Character] = [:]
      for qubit in 0..<qubitCount { letters[qubit] = [nil, "X", "Y", "Z"][source.integer(below: 4)] }
      let word = PauliWord(letters)
      var expected = ket
      for (qubit, letter) in letters { expected = expected.applying(ReferenceOperators.pauli(letter), targets: [qubit]) }
      let mean = right.expectation(of: word)
      #expect(abs(mean - ket.innerProduct(expected).real) < table.precision.tolerance, "\(word)")
      #expect(mean == rightOnTwo.expectation(of: word), "\(word)")
    }
  }

  @Test("Overlaps by entry contract to <bra|D|ket> on states of many pieces", arguments: KernelTable.all)
  func overlapSums(table: KernelTable) throws {
    var source = RandomSource(seed: 82)
    let layout = AmplitudeLayout(qubitCount: 18, precision: table.precision)
    let (bra, ket) = (RandomFixtures.state(qubitCount: 18, &source), RandomFixtures.state(qubitCount: 18, &source))
    let left = Amplitudes(zero: layout)
    let right = Amplitudes(zero: layout)
    left.fill(bra)
    right.fill(ket)
    let kernels = table.level.kernels(table.precision)
    for targets in [[17], [0], [3, 12], [16, 2, 9]] {
      let matrix = RandomFixtures.matrix(1 << targets.count, &source)
      let operation = KernelOperation(pattern: MatrixPattern(of: matrix), targets: targets, layout: layout)
      let sums = [1, 2].map { threads in
        operation.overlapSums(bra: left.base, ket: right.base, kernels: kernels, loop: ParallelLoop(threads: threads))
      }
      #expect(sums[0] == sums[1], "\(targets)")
      let found = zip(sums[0], matrix.elements).reduce(.zero) { $0 + $1.0 * $1.1 }
      let expected = bra.innerProduct(ket.applying(matrix, targets: targets))
      #expect((found - expected).length < 10 * table.precision.tolerance, "\(targets)")

      guard operation.hasBackwardKernel else { continue }
      let coefficients = AlignedBuffer<UInt8>(zeroed: operation.coefficientBytes)
      operation.fill(UnsafeMutableRawPointer(coefficients.base), entries: matrix.elements)
      let backward = [1, 2].map { threads in
        let braCopy = Amplitudes(copying: left)
        let ketCopy = Amplitudes(copying: right)
        return operation.backwardSums(
          bra: braCopy.base, ket: ketCopy.base, coefficients: Coefficients(base: coefficients.base, isShared: true),
          kernels: kernels, loop: ParallelLoop(threads: threads))
      }
      #expect(backward[0] == backward[1], "\(targets)")
      let moved = ket.applying(matrix, targets: targets)
      let after = zip(backward[0], matrix.elements).reduce(.zero) { $0 + $1.0 * $1.1 }
      #expect((after - bra.innerProduct(moved.applying(matrix, targets: targets))).length < 30 * table.precision.tolerance)
    }
  }

  @Test("Words of Z measured together equal the reference, for single states and batches", arguments: KernelTable.all)
  func diagonalWords(table: KernelTable) throws {
    var source = RandomSource(seed: 83)
    let laneBits = table.precision.laneBits
    let layouts =
      [1, 3, 6, 17].map { AmplitudeLayout(qubitCount: $0, precision: table.precision) }
      + [(1, laneBits), (3, laneBits + 1), (5, laneBits + 2)].map {
        AmplitudeLayout(qubitCount: $0.0, sampleBits: $0.1, precision: table.precision)
      }
    for layout in layouts {
      let states = PlacedOperation.states(layout, &source)
      let masks = (0..<11).map { _ in UInt64(source.integer(below: 1 << layout.qubitCount)) }
      let weights = (0..<states.count * masks.count).map { _ in source.normal() }
      let words = DiagonalWords(zMasks: masks, layout: layout)
      let amplitudes = Amplitudes(zero: layout)
      for (sample, state) in states.enumerated() { amplitudes.fill(state, sample: sample) }
      let scratch = AlignedBuffer<UInt8>(zeroed: words.scratchBytes)
      let bra = Amplitudes(zero: layout)
      var runs: [[Double]] = []
      for threads in [1, 2] {
        let loop = ParallelLoop(threads: threads)
        let kernels = table.level.kernels(table.precision)
        var means = [Double](repeating: 0, count: weights.count)
        words.expectations(of: amplitudes.base, into: &means, scratch: scratch.base, kernels: kernels, loop: loop)
        words.apply(weights: weights, to: amplitudes.base, bra: bra.base, scratch: scratch.base, kernels: kernels, loop: loop)
        runs.append(means)
      }
      #expect(runs[0] == runs[1], "\(layout)")
      for (sample, state) in states.enumerated() {
        let signs = { (mask: UInt64, index: Int) -> Double in (Int(mask) & index).nonzeroBitCount % 2 == 0 ? 1 : -1 }
        let probabilities = state.probabilities
        var factors = [Double](repeating: 0, count: probabilities.count)
        for (number, mask) in masks.enumerated() {
          let mean = probabilities.indices.reduce(0) { $0 + signs(mask, $1) * probabilities[$1] }
          #expect(abs(runs[0][sample * masks.count + number] - mean) < table.precision.tolerance, "\(layout), \(mask)")
          for index in factors.indices { factors[index] += weights[sample * masks.count + number] * signs(mask, index) }
        }
        let found = factors.indices.map { bra[$0 << layout.sampleBits | sample] }
        let expected = zip(factors, state.amplitudes).map { Complex($0) * $1 }
        #expect(maximumDifference(found, expected) < 10 * table.precision.tolerance, "\(layout)")
      }
    }
  }
}

extension Amplitudes {
  /// Writes a reference state as one sample.
  fileprivate func fill(_ state: ReferenceState, sample: Int = 0) {
    for (index, amplitude) in state.amplitudes.enumerated() { self[index << layout.sampleBits | sample] = amplitude }
  }
}
