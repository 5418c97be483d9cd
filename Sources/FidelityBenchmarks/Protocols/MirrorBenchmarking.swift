import QuantumCircuits
import QuantumStates
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Randomized benchmarking by mirror circuits, on up to 62 qubits: random layers, the same layers backwards, Pauli gates in
/// between.
///
/// With h_k the share of shots k flips away from the right outcome, the polarization `S = 4^n/(4^n - 1) Σ (-1/2)^k h_k - 1/(4^n -
/// 1)` is 1 without noise and 0 of a maximally mixed state. It decays as `A f^m` with the number m of layers; `(1 - f)(4^n -
/// 1)/4^n` is the entanglement infidelity of a layer with its Pauli gates, on average over layers. No inverse of n qubits has to be
/// compiled.
///
/// The estimate is right to second order in the error of a layer where noise is stochastic. Coherent errors of a layer and of its
/// mirror image do not cancel, since Pauli gates drawn anew twirl them; amplitude damping counts as its twirl.
///
/// Source: Proctor, Seritan, Rudinger, Nielsen, Blume-Kohout, Young, "Scalable randomized benchmarking of quantum computers using
/// mirror circuits", 2022.
public struct MirrorBenchmarking: FidelityProtocol {
  public static var word: String { "mirror" }
  /// Depths are even: half of the layers are there to undo the others.
  public let settings: RandomLayerSettings

  public var width: Int { settings.qubits }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(_ settings: RandomLayerSettings) throws(BenchmarkError) {
    try settings.check(for: "Mirror benchmarking", qubits: 1...62, isEven: true)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(
    qubits count: Int, depths: [Int] = [2, 4, 8, 16, 32, 64, 128], circuitsPerDepth: Int = 30, density: Double = 0.5,
    shots: Int = 1000
  ) throws(BenchmarkError) {
    try self.init(
      RandomLayerSettings(qubits: count, depths: depths, circuitsPerDepth: circuitsPerDepth, density: density, shots: shots))
  }

  public var circuitNames: [String] { settings.names("mirror") }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var source = RandomSource(seed: seed, stream: 0x313, index: UInt64(index))
    var circuit = Circuit(qubits: width)
    let first = RandomLayer(qubits: width, density: 0, using: &source)
    let layers = (0..<settings.depth(of: index) / 2).map { _ in
      RandomLayer(qubits: width, density: settings.density, using: &source)
    }
    func add(_ instructions: [Instruction]) {
      circuit.append(instructions)
      circuit.append(Barrier())
    }
    add(first.instructions)
    for layer in layers {
      circuit.appendRandomPaulis(using: &source)
      add(layer.instructions)
    }
    circuit.appendRandomPaulis(using: &source)
    circuit.append(Barrier())
    for layer in layers.reversed() {
      add(layer.inverse)
      circuit.appendRandomPaulis(using: &source)
    }
    add(first.inverse)
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let names = circuitNames
    return settings.report(name, "polarization", asymptote: 0, shots: data.shots, seed: seed) { index in
      polarization(data[names[index]], target: circuit(index, seed: seed).certainOutcome)
    }
  }

  private func polarization(_ counts: OutcomeCounts, target: Int) -> Double {
    let sum = counts.occurrences.reduce(0) { $0 + pow(-0.5, Double(($1.key ^ target).nonzeroBitCount)) * Double($1.value) }
    let inverse = pow(0.25, Double(width))
    return (sum / Double(counts.shots) - inverse) / (1 - inverse)
  }
}

extension MirrorBenchmarking {
  public init(from decoder: any Decoder) throws { try self.init(RandomLayerSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
}
