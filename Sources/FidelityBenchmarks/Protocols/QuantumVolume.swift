import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

/// Quantum volume: circuits as deep as they are wide, of random unitaries on random pairs, each in three CX.
///
/// An outcome is heavy if its ideal probability is above the median. A device that gives heavy outcomes in more than 2/3 of all
/// shots, with 97.7 % confidence, has passed width n and has quantum volume 2^n. Ideal circuits give them in (1 + ln 2)/2 = 85 % of
/// shots, noise alone in 50 %.
///
/// Source: Cross, Bishop, Sheldon, Nation, Gambetta, "Validating quantum computers using randomized model circuits", 2019.
public struct QuantumVolume: FidelityProtocol {
  public static var word: String { "volume" }
  /// Width, circuits, shots.
  public let settings: VolumeSettings

  public var width: Int { settings.qubits }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(_ settings: VolumeSettings) throws(BenchmarkError) {
    try settings.check(for: "Quantum volume", width: 2...20, isEven: false)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(width: Int, circuits: Int = 100, shots: Int = 1000) throws(BenchmarkError) {
    try self.init(VolumeSettings(qubits: width, circuits: circuits, shots: shots))
  }

  public var circuitNames: [String] { settings.names("volume") }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit { bareCircuit(index, seed: seed).measuredInto() }

  private func bareCircuit(_ index: Int, seed: UInt64) -> Circuit {
    var source = RandomSource(seed: seed, stream: 0x0E, index: UInt64(index))
    var circuit = Circuit(qubits: width)
    for _ in 0..<width {
      let order = source.permutation(of: width)
      for pair in 0..<width / 2 {
        circuit.appendTwoQubit(.randomUnitary(4, using: &source), on: order[2 * pair], order[2 * pair + 1])
      }
      circuit.append(Barrier())
    }
    return circuit
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let shares = (0..<settings.circuits).map { index -> Double in
      let heavy = heavyOutcomes(bareCircuit(index, seed: seed))
      let counts = data["volume-\(index)"]
      return Double(counts.occurrences.reduce(0) { heavy[$1.key] ? $0 + $1.value : $0 }) / Double(counts.shots)
    }
    return VolumeVerdict(shares: shares, width: width, shots: data.shots).report(
      name: name, share: "share of heavy outcomes", volume: "quantum volume")
  }

  private func heavyOutcomes(_ circuit: Circuit) -> [Bool] {
    let probabilities = circuit.idealProbabilities
    let sorted = probabilities.sorted()
    let median = (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
    return probabilities.map { $0 > median }
  }
}

extension Circuit {
  /// The probabilities of all outcomes without noise.
  var idealProbabilities: [Double] {
    do { return try run().probabilities() } catch { preconditionFailure("\(error)") }
  }
}

extension QuantumVolume {
  public init(from decoder: any Decoder) throws { try self.init(VolumeSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
}
