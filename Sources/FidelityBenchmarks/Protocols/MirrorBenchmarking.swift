import QuantumCircuits
import QuantumStates
import Randomness
import Stabilizers

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Randomized benchmarking by mirror circuits, on up to 62 qubits: random layers, the same layers backwards, Pauli gates in between.
///
/// With h_k the share of shots k flips away from the right outcome, the polarization `S = 4^n/(4^n - 1) Σ (-1/2)^k h_k - 1/(4^n - 1)` is 1
/// without noise and 0 of a maximally mixed state. It decays as `A f^m` with the number m of layers; `(1 - f)(4^n - 1)/4^n` is the entanglement
/// infidelity of a layer with its Pauli gates, on average over layers. No inverse of n qubits has to be compiled.
///
/// The estimate is right to second order in the error of a layer where noise is stochastic. Coherent errors of a layer and of its mirror image
/// do not cancel, since Pauli gates drawn anew twirl them; amplitude damping counts as its twirl.
///
/// Source: Proctor, Seritan, Rudinger, Nielsen, Blume-Kohout, Young, "Scalable randomized benchmarking of quantum computers using mirror
/// circuits", 2022.
public struct MirrorBenchmarking: FidelityProtocol {
  public static var word: String { "mirror" }
  public let width: Int
  /// Numbers of layers, even: half of them are there to undo the others.
  public let depths: [Int]
  /// Circuits of each depth.
  public let circuitsPerDepth: Int
  /// The share of qubits in CX gates of a layer.
  public let density: Double
  public let shots: Int

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(
    qubits count: Int, depths: [Int] = [2, 4, 8, 16, 32, 64, 128], circuitsPerDepth: Int = 30, density: Double = 0.5,
    shots: Int = 1000
  ) throws(BenchmarkError) {
    guard 1...62 ~= count, depths.count >= 3, depths == Set(depths).sorted(), depths[0] >= 0,
      depths.allSatisfy({ $0.isMultiple(of: 2) }), circuitsPerDepth >= 1, 0...1 ~= density, shots >= 1
    else {
      throw .settings(
        "Mirror benchmarking takes 1 to 62 qubits, at least 3 ascending even depths and a density of CX from 0 to 1, not \(count), "
          + "\(depths) and \(density).")
    }
    (width, self.depths, self.circuitsPerDepth, self.density, self.shots) = (count, depths, circuitsPerDepth, density, shots)
  }

  public var circuitNames: [String] { depths.flatMap { depth in (0..<circuitsPerDepth).map { "mirror-\(depth)-\($0)" } } }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var source = RandomSource(seed: seed, stream: 0x313, index: UInt64(index))
    var circuit = Circuit(qubits: width)
    let first = RandomLayer(qubits: width, density: 0, using: &source)
    let layers = (0..<depths[index / circuitsPerDepth] / 2).map { _ in
      RandomLayer(qubits: width, density: density, using: &source)
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
    let decay = DecayData(
      lengths: depths,
      values: depths.indices.map { place in
        (place * circuitsPerDepth..<(place + 1) * circuitsPerDepth).map { index in
          polarization(data[names[index]], target: circuit(index, seed: seed).certainOutcome)
        }
      }, asymptote: 0, shots: data.shots)
    let (quality, reason) = decay.quality
    let scale = 1 - pow(0.25, Double(width))
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "error per layer", scale * (1 - decay.fit.factor), standardError: scale * decay.factorError(seed: seed),
          freedom: decay.freedom, quality: quality, reason: reason)
      ], curves: [decay.curve("polarization")])
  }

  private func polarization(_ counts: OutcomeCounts, target: Int) -> Double {
    let sum = counts.occurrences.reduce(0) { $0 + pow(-0.5, Double(($1.key ^ target).nonzeroBitCount)) * Double($1.value) }
    let inverse = pow(0.25, Double(width))
    return (sum / Double(counts.shots) - inverse) / (1 - inverse)
  }
}

extension MirrorBenchmarking {
  private enum CodingKeys: String, CodingKey {
    case width = "qubits"
    case depths, circuitsPerDepth, density, shots
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      qubits: container.decode(Int.self, forKey: .width), depths: container.decode([Int].self, forKey: .depths),
      circuitsPerDepth: container.decode(Int.self, forKey: .circuitsPerDepth),
      density: container.decode(Double.self, forKey: .density), shots: container.decode(Int.self, forKey: .shots))
  }
}
