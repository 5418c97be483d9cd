import LinearAlgebra
import QuantumCircuits
import QuantumStates
import TestSupport

/// A small circuit with weights, a feature and a noise strength, and the reference's numbers for it.
enum SimulationExamples {
  /// Kinds of noise.
  enum Noise: String, CaseIterable {
    case none, channels
    case model = "model with readout"
    case readout = "readout alone"

    /// Whether channels stand in the circuit.
    var hasChannels: Bool { self == .channels || self == .model }
    var hasModel: Bool { self == .model || self == .readout }
  }

  static let observables: [PauliSum] = [(Z(0) * Z(1)).pauliSum, 0.7 * X(1) - 0.4 * Y(2) + 0.2]
  static let features: RealMatrix = [[0.4], [-0.9], [1.3]]
  static let cotangents: RealMatrix = [[0.8, -0.5], [0.3, 1.1], [-0.7, 0.6]]

  static func circuit(_ noise: Noise) -> Circuit {
    let w = Parameters(3), x = Features(1)
    return Circuit(qubits: 3) {
      RY(0.6, 0)
      RX(x[0] + 0.2, 1)
      if noise.hasChannels { AmplitudeDamping(0.2 + 0.1 * w[2], 0) }
      CX(0, 1)
      RY(w[0], 1)
      if noise.hasChannels { Depolarizing(errorProbability: 0.06, 0, 1) }
      RZ(w[1] * 0.5, 1)
      RXX(w[0] + x[0], 1, 2)
      if noise == .channels { ThermalRelaxation(t1: 40, t2: 30, time: 4, excitedPopulation: 0.1, 2) }
      RY(w[1], 2)
    }
  }

  static func parameters(_ noise: Noise) -> [Double] { noise.hasChannels ? [0.7, -0.4, 0.3] : [0.7, -0.4] }

  static func model(_ noise: Noise) throws -> NoiseModel? {
    guard noise.hasModel else { return nil }
    let rules = [
      NoiseRule("damping", on: .oneQubit, .amplitudeDamping(0.04)), NoiseRule("pairs", on: .twoQubit, .phaseFlip(0.05)),
    ]
    return NoiseModel(
      rules: noise == .model ? rules : [], readout: try ReadoutError(p01: 0.03, p10: 0.06, qubits: 0..<3))
  }

  /// The exact values of a sample by Kronecker products and Kraus operators.
  static func reference(
    _ noise: Noise, isTwirled: Bool = false, parameters: [Double], features: [Double]
  ) throws -> [Double] {
    let (circuit, readout) = try noisy(noise)
    var bound = circuit.bound(parameters: parameters, features: features)
    if isTwirled { bound = try bound.pauliTwirled() }
    let state = try ReferenceDensity(after: bound)
    return observables.map { state.expectation(of: readout?.applied(to: $0) ?? $0) }
  }

  private static func noisy(_ noise: Noise) throws -> (Circuit, ReadoutError?) {
    guard let model = try model(noise) else { return (circuit(noise), nil) }
    let applied = try model.applied(to: circuit(noise))
    return (applied.circuit, applied.readout)
  }

  /// The gradient of the weighted sum of the values by central differences of the reference: of parameters, then of features by
  /// sample.
  static func referenceGradient(
    _ noise: Noise, isTwirled: Bool = false, samples: Int, step: Double = 1e-5
  ) throws -> (parameters: [Double], features: [Double]) {
    let start = parameters(noise)
    func value(_ parameters: [Double], _ feature: Double, _ sample: Int) throws -> Double {
      let values = try reference(noise, isTwirled: isTwirled, parameters: parameters, features: [feature])
      return zip(values, cotangents.row(sample)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var gradient = (parameters: start.map { _ in 0.0 }, features: [Double]())
    for sample in 0..<samples {
      let feature = features[sample, 0]
      for place in start.indices {
        var (high, low) = (start, start)
        high[place] += step
        low[place] -= step
        gradient.parameters[place] += (try value(high, feature, sample) - value(low, feature, sample)) / (2 * step)
      }
      gradient.features.append(
        (try value(start, feature + step, sample) - value(start, feature - step, sample)) / (2 * step))
    }
    return gradient
  }
}
