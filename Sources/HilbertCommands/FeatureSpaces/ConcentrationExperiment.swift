import Execution
import Hilbert
import LinearAlgebra
import QuantumCircuits
import QuantumLearning
import Randomness

/// How the spread of kernel values falls with the number of qubits, on random points of [0, 2π)^n: beyond the paper.
struct ConcentrationExperiment: Encodable, Sendable {
  let kernel: String
  let qubits: Int
  let mean: Double
  let variance: Double
  /// How many directions the samples spread over, of all samples.
  let effectiveDimension: Double

  static let samples = 40
  static let qubits = [2, 4, 6, 8, 10]

  private static func kernels(_ qubits: Int) throws -> [(name: String, kernel: any Kernel)] {
    let map = Circuit.secondOrderFeatureMap(Features(qubits))
    let narrow = Circuit.secondOrderFeatureMap(Features(qubits).map { 0.1 * $0 })
    return [
      ("fidelity", try FidelityKernel(featureMap: map, loop: .serial)),
      ("fidelity, bandwidth 0.1", try FidelityKernel(featureMap: narrow, loop: .serial)),
      ("bit-flip tolerant, 1", try MeasuredKernel(featureMap: map, weighting: .bitFlipTolerant(1), loop: .serial)),
      ("Hamming", try MeasuredKernel(featureMap: map, weighting: .hamming, loop: .serial)),
      ("projected", try ProjectedKernel(featureMap: map, loop: .serial)),
    ]
  }

  static func all(loop: ParallelLoop) throws -> [ConcentrationExperiment] {
    try loop.results(count: qubits.count) { place in
      // The largest first.
      let count = qubits[qubits.count - 1 - place]
      var source = RandomSource(seed: 1, stream: UInt64(count))
      let points = RealMatrix(
        rows: samples, columns: count, elements: (0..<samples * count).map { _ in source.uniform(in: 0..<2 * .pi) })
      return try kernels(count).map { name, kernel in
        let gram = try kernel.gramMatrix(points)
        let spread = gram.offDiagonalSpread
        return ConcentrationExperiment(
          kernel: name, qubits: count, mean: spread.mean, variance: spread.variance, effectiveDimension: gram.effectiveDimension)
      }
    }.reversed().flatMap { $0 }
  }
}
