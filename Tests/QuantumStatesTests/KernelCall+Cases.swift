import CStateKernels
import LinearAlgebra
import QuantumStates
import Randomness
import RealModule
import TestSupport

extension KernelCall {
  /// Calls of every kernel in one precision: single states of 1 to 7 qubits and batches of one, two and four blocks of samples,
  /// with one matrix for all and with one a sample.
  static func all(_ precision: Precision, seed: UInt64 = 71) -> [KernelCall] {
    var source = RandomSource(seed: seed)
    let single = (1...7).map { AmplitudeLayout(qubitCount: $0, precision: precision) }
    let batched = (0...2).flatMap { extra in
      (1...5).map { AmplitudeLayout(qubitCount: $0, sampleBits: precision.laneBits + extra, precision: precision) }
    }
    var calls: [KernelCall] = []
    for layout in single + batched {
      let choices = [false] + (layout.isBatched ? [true] : [])
      for isPerSample in choices {
        for targetCount in 1...min(4, layout.qubitCount) {
          for structure in MatrixStructure.allCases where !isPerSample || structure != .permutation {
            let placed = PlacedOperation.matrix(
              structure, targetCount: targetCount, isPerSample: isPerSample, layout, &source)
            calls += [placed.application, placed.overlap(&source), placed.backward(&source)].compactMap { $0 }
          }
        }
        for _ in 0..<4 {
          let placed = PlacedOperation.word(isPerSample: isPerSample, layout, &source)
          calls += [placed.application, placed.overlap(&source), placed.accumulation(&source)].compactMap { $0 }
        }
      }
      calls += [squaredMagnitudes(layout, &source), diagonalExpectations(layout, &source), diagonalWeighted(layout, &source)]
    }
    return calls + [sineCosine(precision, &source)] + rotations(precision, &source) + passes(precision, &source)
  }

  /// Angles are doubles for either precision; errors above two units of the last place of 1 count as infinite.
  private static func sineCosine(_ precision: Precision, _ source: inout RandomSource) -> KernelCall {
    let quarter = Double.pi / 4
    var eighths: [Double] = []
    for turn in -16...16 {
      let angle = Double(turn) * quarter
      eighths += [angle, angle.nextUp, angle - 1e-9]
    }
    let scales = [1.0, 10, 1e3, 9e5, 1e7, 1e15]
    let random = scales.flatMap { scale -> [Double] in (0..<20).map { _ in scale * source.uniform(in: -1...1) } }
    let angles = eighths + random + [0, -0.0, 1e-300, 1e6, -1e6]
    let padded = angles + [Double](repeating: 0, count: -angles.count & 7)
    let empty = [UInt8](repeating: 0, count: 8 * padded.count)
    return KernelCall(
      description: "sines and cosines", kernel: .sineCosine, layout: AmplitudeLayout(qubitCount: 0, precision: precision),
      count: padded.count,
      memory: KernelMemory(state: padded.withUnsafeBytes(Array.init), second: empty, result: empty)
    ) { memory in
      let layout = AmplitudeLayout(qubitCount: 0, precision: .double)
      let error = max(
        maximumDifference(layout.reals(memory.second), padded.map { Double.sin($0) }),
        maximumDifference(layout.reals(memory.result), padded.map { Double.cos($0) }))
      return error <= 2 * Double.ulpOfOne ? error : .infinity
    }
  }

  private static func squaredMagnitudes(_ layout: AmplitudeLayout, _ source: inout RandomSource) -> KernelCall {
    let states = PlacedOperation.states(layout, &source)
    return KernelCall(
      description: "squared magnitudes, \(layout)", kernel: .squaredMagnitudes, layout: layout, count: layout.blockCount,
      memory: KernelMemory(state: layout.encoded(states), result: [UInt8](repeating: 0, count: layout.byteCount / 2))
    ) { memory in
      let found = layout.reals(memory.result)
      return states.enumerated().reduce(0) { worst, entry in
        let own = entry.element.amplitudes.indices.map { found[$0 << layout.sampleBits | entry.offset] }
        return max(worst, maximumDifference(own, entry.element.probabilities))
      }
    }
  }

  /// Words over block bits alone: in a single state the lane bits, the lowest qubits, stay outside.
  private static func blockWords(_ layout: AmplitudeLayout, _ source: inout RandomSource) -> [Int64] {
    let bits = layout.blockBits - layout.sampleBlockBits
    return (0..<11).map { _ in Int64(source.integer(below: 1 << bits)) << Int64(layout.sampleBlockBits) }
  }

  /// The sign of a word at amplitude k.
  private static func sign(_ word: Int64, _ k: Int, _ layout: AmplitudeLayout) -> Double {
    (Int(word) & (k >> layout.laneBits)).nonzeroBitCount % 2 == 0 ? 1 : -1
  }

  private static func diagonalExpectations(_ layout: AmplitudeLayout, _ source: inout RandomSource) -> KernelCall {
    let states = PlacedOperation.states(layout, &source)
    let words = blockWords(layout, &source)
    let rowCount = layout.sampleBlocks * words.count
    return KernelCall(
      description: "diagonal expectations, \(layout)", kernel: .diagonalExpectations, layout: layout, words: words,
      count: layout.blockCount,
      memory: KernelMemory(state: layout.encoded(states), result: [UInt8](repeating: 0, count: rowCount * 64))
    ) { memory in
      var expected = [Double](repeating: 0, count: rowCount * layout.lanes)
      for (sample, state) in states.enumerated() {
        for (index, amplitude) in state.amplitudes.enumerated() {
          let k = index << layout.sampleBits | sample
          let (block, lane) = (sample >> layout.laneBits, k & (layout.lanes - 1))
          for (number, word) in words.enumerated() {
            expected[(block * words.count + number) * layout.lanes + lane] += sign(word, k, layout) * amplitude.lengthSquared
          }
        }
      }
      return maximumDifference(layout.reals(memory.result), expected)
    }
  }

  private static func diagonalWeighted(_ layout: AmplitudeLayout, _ source: inout RandomSource) -> KernelCall {
    let states = PlacedOperation.states(layout, &source)
    let words = blockWords(layout, &source)
    let weights = (0..<layout.sampleBlocks * words.count * layout.lanes).map { _ in source.normal() }
    return KernelCall(
      description: "diagonal weighted, \(layout)", kernel: .diagonalWeighted, layout: layout, coefficients: layout.bytes(weights),
      words: words, count: layout.blockCount,
      memory: KernelMemory(state: layout.encoded(states), result: [UInt8](repeating: 0, count: layout.byteCount))
    ) { memory in
      let expected = states.enumerated().map { sample, state in
        var product = state
        for index in state.amplitudes.indices {
          let k = index << layout.sampleBits | sample
          let (block, lane) = (sample >> layout.laneBits, k & (layout.lanes - 1))
          let factor = words.enumerated().reduce(0) {
            $0 + sign($1.element, k, layout) * weights[(block * words.count + $1.offset) * layout.lanes + lane]
          }
          product.amplitudes[index] *= Complex(factor)
        }
        return product
      }
      return layout.difference(memory.result, expected)
    }
  }
}
