import Execution
import Hilbert
import QuantumCircuits
import QuantumLearning
import QuantumStates

/// A kernel as a configuration or options say it.
struct KernelDescription: Hashable, Sendable {
  /// What two samples are compared by.
  enum Kind: String, CaseIterable, Sendable {
    case fidelity
    case projected
    case bitFlipTolerant = "bit-flip-tolerant"
    case hamming
    case gaussian
    case linear

    var isQuantum: Bool { self != .gaussian && self != .linear }
  }

  var kind: Kind
  var map = FeatureMap.secondOrder
  var mapSettings = FeatureMap.Settings()
  /// Shots for each pair, or each Pauli word of a projected kernel; nil for exact values.
  var shots: Int?
  var noise: NoiseModel?
  /// Flipped bits that a bit-flip-tolerant kernel lets pass.
  var distance = 1
  /// Of the Gaussian in a projected kernel.
  var strength = 1.0

  init(kind: Kind = .fidelity) { self.kind = kind }

  /// The kernel of samples with so many features.
  ///
  /// The Gaussian kernel's inverse width is bandwidth^2 / features, so that bandwidth means the same for all of them.
  /// - Throws: `CompilationError`; `Failure` for settings that the kernel has no use for.
  func kernel(
    features: Int, seed: UInt64, precision: Precision = .double, loop: ParallelLoop
  ) throws -> any Kernel {
    try check(features: features)
    switch kind {
    case .linear: return ClassicalKernel.linear
    case .gaussian:
      return ClassicalKernel.gaussian(inverseWidth: mapSettings.bandwidth * mapSettings.bandwidth / Double(features))
    case .fidelity where shots == nil && noise == nil:
      return try FidelityKernel(featureMap: circuit(features: features), precision: precision, loop: loop)
    case .fidelity, .hamming, .bitFlipTolerant:
      let weighting: OutcomeWeighting =
        switch kind {
        case .hamming: .hamming
        case .bitFlipTolerant: .bitFlipTolerant(distance)
        default: .allZero
        }
      return try MeasuredKernel(
        featureMap: circuit(features: features), weighting: weighting, noise: noise, shots: shots, seed: seed, precision: precision,
        loop: loop)
    case .projected:
      return try ProjectedKernel(
        featureMap: circuit(features: features), form: .gaussian(strength: strength), noise: noise, shots: shots, seed: seed,
        precision: precision, loop: loop)
    }
  }

  /// The circuit of a quantum kernel; a map's own parameters are 0.1, 0.2, ...: training them is a program's business.
  func circuit(features: Int) -> Circuit {
    let circuit = map.circuit(features: features, settings: mapSettings)
    return circuit.parameterCount == 0
      ? circuit : circuit.bound(parameters: (1...circuit.parameterCount).map { 0.1 * Double($0) })
  }

  private func check(features: Int) throws(Failure) {
    if !kind.isQuantum, shots != nil || noise != nil {
      throw Failure(.badInput, "a \(kind.rawValue) kernel has no circuit: leave shots and noise out, or take the kernel fidelity")
    }
    if kind.isQuantum, map == .covariant, features % 2 == 1 {
      throw Failure(.badInput, "the covariant map takes two features a qubit, the samples have \(features): drop one or add one")
    }
    guard kind.isQuantum else {
      let unused = mapSettings.changed.subtracting(kind == .gaussian ? [.bandwidth] : [])
      if let setting = unused.min(by: { $0.rawValue < $1.rawValue }) {
        throw Failure(.badInput, "a \(kind.rawValue) kernel has no \(setting.rawValue): leave it out")
      }
      return
    }
    if map == .pauli, let pattern = mapSettings.patterns.first(where: { $0.count > features }) {
      throw Failure(
        .badInput,
        "the pattern \(pattern) takes \(pattern.count) features, the samples have \(features): leave it out, or add features")
    }
    for setting in mapSettings.changed.subtracting(map.takes).sorted(by: { $0.rawValue < $1.rawValue }) {
      let known = map.takes.map(\.rawValue).sorted()
      throw Failure(
        .badInput,
        "the feature map \(map.rawValue) has no \(setting.rawValue); it takes \(known.isEmpty ? "no settings" : known.joined(separator: ", "))"
      )
    }
  }

  /// Bytes that the kernel keeps of a sample while it computes.
  func sampleBytes(features: Int) -> Int {
    kind.isQuantum && kind != .projected
      ? 16 << min(56, map.circuit(features: features, settings: mapSettings).qubitCount) : 24 * features
  }
}
