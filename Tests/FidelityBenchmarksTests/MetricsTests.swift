import FidelityBenchmarks
import Foundation
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

@Suite struct MetricsTests {
  /// Values of an independent program, by References/channel_metrics.py.
  struct Reference: Decodable, Sendable {
    let name: String
    let kraus: [[[[Double]]]]
    let target: [[[Double]]]
    let processFidelity: Double
    let averageGateFidelity: Double
    let unitarity: Double
    let diamondDistance: Double

    static let all: [Reference] = {
      let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "References/channel_metrics.json")
      return try! JSONDecoder().decode([Reference].self, from: Data(contentsOf: file))
    }()

    static func matrix(_ rows: [[[Double]]]) -> ComplexMatrix {
      ComplexMatrix(rows: rows.count, columns: rows[0].count, elements: rows.flatMap { $0.map { Complex($0[0], $0[1]) } })
    }
  }

  @Test(arguments: Reference.all.indices) func metricsAreThoseOfAnIndependentProgram(_ place: Int) throws {
    let reference = Reference.all[place]
    let channel = try Channel(kraus: reference.kraus.map(Reference.matrix))
    let metrics = try ChannelMetrics(channel, target: Reference.matrix(reference.target))
    #expect(abs(metrics.processFidelity - reference.processFidelity) < 1e-10, "\(reference.name)")
    #expect(abs(metrics.averageGateFidelity - reference.averageGateFidelity) < 1e-10, "\(reference.name)")
    #expect(abs(metrics.unitarity - reference.unitarity) < 1e-10, "\(reference.name)")
    let (low, high) = (metrics.diamondDistance.lowerBound, metrics.diamondDistance.upperBound)
    #expect(high - low < 1e-6, "\(reference.name): \(low) to \(high)")
    // The other program's interior point method stops at about 1e-7.
    #expect(low - 1e-6 < reference.diamondDistance && reference.diamondDistance < high + 1e-6, "\(reference.name): \(metrics)")
  }

  /// Of Pauli channels the diamond distance is the probability of an error; of a rotation by t it is sin(t/2).
  @Test func closedForms() throws {
    let flip = try ChannelMetrics(.depolarizing(errorProbability: 0.12, qubitCount: 2))
    #expect(abs(flip.diamondDistance.upperBound - 0.12) < 1e-9 && abs(flip.processFidelity - 0.88) < 1e-12)
    #expect(abs(flip.averageGateFidelity - (4 * 0.88 + 1) / 5) < 1e-12)
    let factor = 1 - 0.12 * 16 / 15
    #expect(abs(flip.unitarity - factor * factor) < 1e-12)
    let turn = try ChannelMetrics(Channel(kraus: [Gate.rx.matrix(angles: [0.3])]))
    #expect(abs(turn.unitarity - 1) < 1e-12 && abs(turn.diamondDistance.upperBound - Double.sin(0.15)) < 1e-7)
    #expect(abs(turn.processFidelity - Double.cos(0.15) * Double.cos(0.15)) < 1e-12)
    let nothing = try ChannelMetrics(.bitFlip(0))
    #expect(nothing.diamondDistance.upperBound < 1e-9 && nothing.processFidelity == 1)
  }

  @Test func entanglementFidelityOfStates() throws {
    let channel = Channel.phaseFlip(0.2)
    let mixed = ComplexMatrix.diagonal([Complex(0.5), Complex(0.5)])
    #expect(abs(try channel.entanglementFidelity(of: mixed) - 0.8) < 1e-12)
    #expect(abs(try channel.entanglementFidelity(of: .diagonal([Complex(1.0), Complex(0.0)])) - 1) < 1e-12)
    #expect(abs(try channel.entanglementFidelity(of: .diagonal([Complex(0.75), Complex(0.25)])) - (0.8 + 0.2 * 0.25)) < 1e-12)
  }

  @Test func distributions() {
    let (p, q) = ([0.5, 0.5, 0, 0], [0.4, 0.4, 0.1, 0.1])
    let overlap = 2 * Double.sqrt(0.2)
    #expect(abs(DistributionMetrics.fidelity(p, q) - overlap * overlap) < 1e-12)
    #expect(abs(DistributionMetrics.hellingerDistance(p, q) - Double.sqrt(1 - overlap)) < 1e-12)
    #expect(abs(DistributionMetrics.totalVariation(p, q) - 0.2) < 1e-12)
    let uniform = [0.25, 0.25, 0.25, 0.25]
    #expect(abs(DistributionMetrics.normalizedFidelity(uniform, ideal: p)) < 1e-12)
    #expect(abs(DistributionMetrics.normalizedFidelity(p, ideal: p) - 1) < 1e-12)
    #expect(DistributionMetrics.normalizedFidelity(uniform, ideal: uniform) == 1)
    // Outcomes where none should be are worse than uniform ones.
    #expect(DistributionMetrics.normalizedFidelity([0, 0, 0.5, 0.5], ideal: p) < 0)
    let counts = OutcomeCounts(occurrences: [0: 1, 3: 3], width: 2)
    #expect(counts.shares == [0.25, 0, 0, 0.75])
  }
}
