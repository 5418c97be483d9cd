import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

/// Quantum volume: circuits as deep as they are wide, of random unitaries on random pairs, each in three CX.
///
/// An outcome is heavy if its ideal probability is above the median. A device that gives heavy outcomes in more than 2/3 of all shots, with
/// 97.7 % confidence, has passed width n and has quantum volume 2^n. Ideal circuits give them in (1 + ln 2)/2 = 85 % of shots, noise alone
/// in 50 %.
///
/// Source: Cross, Bishop, Sheldon, Nation, Gambetta, "Validating quantum computers using randomized model circuits", 2019.
public struct QuantumVolume: FidelityProtocol {
  public static var word: String { "volume" }
  /// Qubits, and layers.
  public let width: Int
  /// At least 100 for a claim.
  public let circuitCount: Int
  public let shots: Int

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(width: Int, circuits: Int = 100, shots: Int = 1000) throws(BenchmarkError) {
    guard 2...20 ~= width, circuits >= 2, shots >= 1 else {
      throw .settings("Quantum volume takes 2 to 20 qubits, at least 2 circuits and shots, not \(width), \(circuits) and \(shots).")
    }
    (self.width, circuitCount, self.shots) = (width, circuits, shots)
  }

  public var circuitNames: [String] { (0..<circuitCount).map { "volume-\($0)" } }

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
    let shares = (0..<circuitCount).map { index -> Double in
      let heavy = heavyOutcomes(bareCircuit(index, seed: seed))
      let counts = data["volume-\(index)"]
      return Double(counts.occurrences.reduce(0) { heavy[$1.key] ? $0 + $1.value : $0 }) / Double(counts.shots)
    }
    return VolumeVerdict(shares: shares, width: width).report(
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
  private enum CodingKeys: String, CodingKey {
    case width = "qubits"
    case circuitCount = "circuits"
    case shots
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      width: container.decode(Int.self, forKey: .width), circuits: container.decode(Int.self, forKey: .circuitCount),
      shots: container.decode(Int.self, forKey: .shots))
  }
}
