import LinearAlgebra
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Kernels as a device measures them: shots, noise, and both at once.
@Suite struct MeasuredKernelTests {
  static let map = Circuit.secondOrderFeatureMap(Features(2))
  static let points = RealMatrix(rows: 6, columns: 2, elements: (0..<12).map { 0.5 * Double($0 * $0 % 13) })

  @Test func withoutShotsAndNoiseItIsTheFidelity() throws {
    let exact = try FidelityKernel(featureMap: Self.map)
    let measured = try MeasuredKernel(featureMap: Self.map)
    #expect(maximumDifference(try measured.gramMatrix(Self.points).elements, try exact.gramMatrix(Self.points).elements) < 1e-13)
    // The long way round: compute, uncompute, and a noise model that adds nothing.
    let silent = try MeasuredKernel(featureMap: Self.map, noise: NoiseModel())
    #expect(maximumDifference(try silent.gramMatrix(Self.points).elements, try exact.gramMatrix(Self.points).elements) < 1e-12)
    #expect(try silent.gramMatrix(Self.points).diagonal == Array(repeating: 1, count: 6))
  }

  /// Drawn from probabilities, and shot by shot through the circuit: both have the exact mean and the variance of counts.
  @Test func shotsAreThoseOfTheCircuit() throws {
    let exact = try FidelityKernel(featureMap: Self.map).gramMatrix(Self.points)
    let kernel = try MeasuredKernel(featureMap: Self.map, shots: 4000, seed: 3)
    let gram = try kernel.gramMatrix(Self.points)
    var source = RandomSource(seed: 9)
    for i in 0..<6 {
      for j in 0..<i {
        let drawn = Statistics.binomialZScore(
          successes: Int((gram[i, j] * 4000).rounded()), trials: 4000, probability: exact[i, j])
        #expect(abs(drawn) < 4, "entry (\(i), \(j))")
        let counts = try kernel.circuit(Self.points.row(i), Self.points.row(j)).run(shots: 4000, using: &source).counts
        let literal = Statistics.binomialZScore(
          successes: counts.occurrences[0] ?? 0, trials: 4000, probability: exact[i, j])
        #expect(abs(literal) < 4, "entry (\(i), \(j)), shot by shot")
      }
    }
    let many = try (0..<400).map { try MeasuredKernel(featureMap: Self.map, shots: 100, seed: $0).gramMatrix(Self.points)[1, 0] }
    let p = exact[1, 0]
    let mean = many.reduce(0, +) / 400
    let variance = many.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
    #expect(abs(Statistics.zScore(mean: mean, expected: p, standardDeviation: (p * (1 - p) / 100).squareRoot(), count: 400)) < 4)
    // The variance of a variance is about 2/400 of its square.
    #expect(abs(variance / (p * (1 - p) / 100) - 1) < 4 * (2.0 / 400).squareRoot())
  }

  @Test func aPairHasOneValueWhereverItStands() throws {
    let kernel = try MeasuredKernel(featureMap: Self.map, weighting: .hamming, shots: 500, seed: 4)
    let gram = try kernel.gramMatrix(Self.points)
    let cross = try kernel.matrix(Self.points, against: Self.points)
    for i in 0..<6 {
      for j in 0..<6 where i != j { #expect(gram[i, j] == cross[i, j] && gram[i, j] == gram[j, i]) }
    }
    let other = try MeasuredKernel(featureMap: Self.map, weighting: .hamming, shots: 500, seed: 5).gramMatrix(Self.points)
    #expect(other != gram)
  }

  /// Depolarizing the whole register after the map mixes the fidelity with 1/4; readout errors move outcomes.
  @Test func noiseAndReadoutDoWhatTheyShould() throws {
    let mixing = NoiseModel(rules: [
      NoiseRule("mixing", on: .twoQubit, .depolarizing(mixing: 0.1, qubitCount: 2))
    ])
    let single = Circuit.secondOrderFeatureMap(Features(2), repetitions: 1)
    let exact = try FidelityKernel(featureMap: single).gramMatrix(Self.points)
    let noisy = try MeasuredKernel(featureMap: single, noise: mixing).gramMatrix(Self.points)
    var readout = NoiseModel()
    readout.readout = try ReadoutError(p01: 0.1, p10: 0, qubits: 0..<2)
    let misread = try MeasuredKernel(featureMap: single, noise: readout).gramMatrix(Self.points)
    for i in 0..<6 {
      for j in 0..<i {
        // Two channels in the pair's circuit, each of which keeps 0.9 of the state.
        #expect(abs(noisy[i, j] - (0.81 * exact[i, j] + 0.19 / 4)) < 1e-12)
        #expect(abs(misread[i, j] - 0.81 * exact[i, j]) < 1e-12)
      }
    }
    let both = try MeasuredKernel(featureMap: single, noise: mixing, shots: 100_000, seed: 1).gramMatrix(Self.points)
    #expect(maximumDifference(both.elements, noisy.elements) < 0.01)
  }

  /// Damping knows which circuit came first: half of |1> is lost where the first sample is there, nothing where the second is.
  @Test func noiseKnowsNoFirstSample() throws {
    let damping = NoiseModel(rules: [NoiseRule("damping", on: .oneQubit, .amplitudeDamping(0.5))])
    let kernel = try MeasuredKernel(featureMap: .angleEncoding(Features(1), axis: .y), noise: damping)
    let points: RealMatrix = [[0], [.pi], [1]]
    let cross = try kernel.matrix(points, against: points)
    let gram = try kernel.gramMatrix(points)
    for i in 0..<3 {
      for j in 0..<i {
        #expect(abs(cross[i, j] - cross[j, i]) < 1e-15)
        #expect(abs(cross[i, j] - gram[i, j]) < 1e-15)
      }
    }
    // RY(pi), damping, RY(0), damping: 1 - 1/4; the other way round RY(0), RY(-pi), one damping after it: 1/2.
    #expect(abs(gram[1, 0] - (0.75 + 0.5) / 2) < 1e-12)
  }

  @Test func whatCannotBeUncomputedIsRefused() throws {
    let error = #expect(throws: CompilationError.self) {
      try MeasuredKernel(featureMap: .amplitudeEncoding(Features(4)), shots: 10)
    }
    #expect(error?.description.contains("has no inverse; take the exact fidelity kernel") == true)
    let kernel = try MeasuredKernel(featureMap: Self.map, shots: 10)
    let width = #expect(throws: CompilationError.self) { try kernel.matrix([[1, 2, 3]], against: Self.points) }
    #expect(width?.description == "The circuit takes 2 features a sample, the batch has 3.")
    let row = #expect(throws: CompilationError.self) { try kernel.gramMatrix([[1, 2], [.nan, 0]]) }
    #expect(row?.description == "A feature in row 1, column 0 is not a finite number: remove the row or fill in the value.")
  }

  @Test func shotsOfProjectedKernelsHaveTheirMeans() throws {
    let exact = try ProjectedKernel(featureMap: Self.map).vectors(Self.points)
    let drawn = try ProjectedKernel(featureMap: Self.map, shots: 10_000, seed: 2).vectors(Self.points)
    for (mean, share) in zip(exact.elements, drawn.elements) {
      let ups = Int(((1 + share) / 2 * 10_000).rounded())
      #expect(abs(Statistics.binomialZScore(successes: ups, trials: 10_000, probability: (1 + mean) / 2)) < 4)
    }
  }

  /// <Z> of RY(x) is that of RY(-x): only their draws tell these samples apart. 0 and -0 are one sample.
  @Test func samplesDrawByAllTheirBits() throws {
    let kernel = try ProjectedKernel(
      featureMap: .angleEncoding(Features(2)), words: [PauliWord([Z(0)]), PauliWord([Z(1)])], shots: 100_000, seed: 2)
    let drawn = try kernel.vectors([[0.4, 1.2], [-0.4, -1.2], [0.0, 1.2], [-0.0, 1.2]])
    #expect(drawn.row(0) != drawn.row(1))
    #expect(drawn.row(2) == drawn.row(3))
  }
}
