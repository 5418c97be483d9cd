import QuantumCircuits
import QuantumStates
import Randomness
import Stabilizers

/// Direct randomized benchmarking: the error of layers of the device's own gates, between a random stabilizer state and its
/// undoing.
///
/// A random Clifford element prepares, m layers of CX and one-qubit elements follow, and one element undoes all of it, up to random
/// flips. The probability of the right outcome decays as `A f^m + 1/2^n`, and `(1 - f)(4^n - 1)/4^n` is the entanglement infidelity
/// of a layer. What preparation and undoing cost goes into A, so that gates are measured that whole Clifford elements would hide.
///
/// Source: Proctor, Carignan-Dugas, Rudinger, Nielsen, Blume-Kohout, Young, "Direct randomized benchmarking for multiqubit
/// devices", 2019.
public struct DirectBenchmarking: FidelityProtocol {
  public static var word: String { "direct" }
  /// Qubits, depths, circuits, density of CX, shots.
  public let settings: RandomLayerSettings

  public var width: Int { settings.qubits }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(_ settings: RandomLayerSettings) throws(BenchmarkError) {
    try settings.check(for: "Direct benchmarking", qubits: 1...10, isEven: false)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(
    qubits count: Int, depths: [Int] = [0, 2, 4, 8, 16, 32, 64], circuitsPerDepth: Int = 30, density: Double = 0.5,
    shots: Int = 1000
  ) throws(BenchmarkError) {
    try self.init(
      RandomLayerSettings(qubits: count, depths: depths, circuitsPerDepth: circuitsPerDepth, density: density, shots: shots))
  }

  public var circuitNames: [String] { settings.names("direct") }

  private func source(_ index: Int, seed: UInt64) -> RandomSource { RandomSource(seed: seed, stream: 0xD1, index: UInt64(index)) }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var source = source(index, seed: seed)
    let target = source.integer(below: 1 << width)
    let qubits = Array(0..<width)
    var circuit = Circuit(qubits: width)
    var total = Clifford.random(qubits: width, using: &source)
    circuit.append(total.instructions(on: qubits))
    circuit.append(Barrier())
    for _ in 0..<settings.depth(of: index) {
      let layer = RandomLayer(qubits: width, density: settings.density, using: &source)
      circuit.append(layer.instructions)
      circuit.append(Barrier())
      total = total.then(layer.element(qubits: width))
    }
    circuit.append(total.inverse.then(.flips(target, qubits: width)).instructions(on: qubits))
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let names = circuitNames
    let asymptote = 1 / Double(1 << width)
    return settings.report(name, "survival", asymptote: asymptote, shots: data.shots, seed: seed) { index in
      var source = source(index, seed: seed)
      let counts = data[names[index]]
      return Double(counts.occurrences[source.integer(below: 1 << width)] ?? 0) / Double(counts.shots)
    }
  }
}

extension DirectBenchmarking {
  public init(from decoder: any Decoder) throws { try self.init(RandomLayerSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
}
