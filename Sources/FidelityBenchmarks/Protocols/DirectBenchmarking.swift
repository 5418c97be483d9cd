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

/// Direct randomized benchmarking: the error of layers of the device's own gates, between a random stabilizer state and its undoing.
///
/// A random Clifford element prepares, m layers of CX and one-qubit elements follow, and one element undoes all of it, up to random flips. The
/// probability of the right outcome decays as `A f^m + 1/2^n`, and `(1 - f)(4^n - 1)/4^n` is the entanglement infidelity of a layer. What
/// preparation and undoing cost goes into A, so that gates are measured that whole Clifford elements would hide.
///
/// Source: Proctor, Carignan-Dugas, Rudinger, Nielsen, Blume-Kohout, Young, "Direct randomized benchmarking for multiqubit devices", 2019.
public struct DirectBenchmarking: FidelityProtocol {
  public static var word: String { "direct" }
  public let width: Int
  /// Numbers of layers.
  public let depths: [Int]
  /// Circuits of each depth.
  public let circuitsPerDepth: Int
  /// The share of qubits in CX gates of a layer.
  public let density: Double
  public let shots: Int

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(
    qubits count: Int, depths: [Int] = [0, 2, 4, 8, 16, 32, 64], circuitsPerDepth: Int = 30, density: Double = 0.5,
    shots: Int = 1000
  ) throws(BenchmarkError) {
    guard 1...10 ~= count, depths.count >= 3, depths == Set(depths).sorted(), depths[0] >= 0, circuitsPerDepth >= 1,
      0...1 ~= density, shots >= 1
    else {
      throw .settings(
        "Direct benchmarking takes 1 to 10 qubits, at least 3 ascending depths and a density of CX from 0 to 1, not \(count), \(depths) "
          + "and \(density).")
    }
    (width, self.depths, self.circuitsPerDepth, self.density, self.shots) = (count, depths, circuitsPerDepth, density, shots)
  }

  public var circuitNames: [String] { depths.flatMap { depth in (0..<circuitsPerDepth).map { "direct-\(depth)-\($0)" } } }

  private func source(_ index: Int, seed: UInt64) -> RandomSource { RandomSource(seed: seed, stream: 0xD1, index: UInt64(index)) }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var source = source(index, seed: seed)
    let target = source.integer(below: 1 << width)
    let qubits = Array(0..<width)
    var circuit = Circuit(qubits: width)
    var total = Clifford.random(qubits: width, using: &source)
    circuit.append(total.instructions(on: qubits))
    circuit.append(Barrier())
    for _ in 0..<depths[index / circuitsPerDepth] {
      let layer = RandomLayer(qubits: width, density: density, using: &source)
      circuit.append(layer.instructions)
      circuit.append(Barrier())
      total = total.then(layer.element(qubits: width))
    }
    circuit.append(total.inverse.then(.flips(target, qubits: width)).instructions(on: qubits))
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let names = circuitNames
    let decay = DecayData(
      lengths: depths,
      values: depths.indices.map { place in
        (place * circuitsPerDepth..<(place + 1) * circuitsPerDepth).map { index in
          var source = source(index, seed: seed)
          let counts = data[names[index]]
          return Double(counts.occurrences[source.integer(below: 1 << width)] ?? 0) / Double(counts.shots)
        }
      }, asymptote: pow(0.5, Double(width)), shots: data.shots)
    let (quality, reason) = decay.quality
    let scale = 1 - pow(0.25, Double(width))
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "error per layer", scale * (1 - decay.fit.factor), standardError: scale * decay.factorError(seed: seed),
          freedom: decay.freedom, quality: quality, reason: reason)
      ], curves: [decay.curve("survival")])
  }
}

extension DirectBenchmarking {
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
