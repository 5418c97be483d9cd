import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness

/// Turns a model section into a network of fresh weights, or into its classical control.
///
/// Every layer draws its weights from a stream of its own, so that model and control start with equal weights wherever they
/// have equal layers.
struct NetworkBuilder<Scalar: TensorScalar> {
  /// What stands where the model has circuits.
  enum Kind: Hashable, Sendable {
    /// The circuits.
    case model
    /// What they are compared with.
    case control(ControlKind)
  }

  let kind: Kind
  let seed: UInt64

  /// - Parameters:
  ///   - sampleShape: the shape of one sample.
  ///   - classCount: how many scores the last layer has to give.
  /// - Throws: `ConfigurationError` at the first layer that does not fit.
  func network(_ model: ModelSection, sampleShape: [Int], classCount: Int) throws(ConfigurationError) -> Sequential<Scalar> {
    switch model {
    case .layers(let layers): try network(layers, sampleShape: sampleShape, classCount: classCount)
    case .circuit(let circuit, let observables, let place):
      try classifier(circuit, observables, at: place, sampleShape: sampleShape, classCount: classCount)
    }
  }

  private func network(
    _ layers: [PlacedLayer], sampleShape: [Int], classCount: Int
  ) throws(ConfigurationError) -> Sequential<Scalar> {
    var built: [any Layer<Scalar>] = []
    var shape = sampleShape
    for (index, placed) in layers.enumerated() {
      do {
        var random = weightSource(layer: index)
        guard let layer = try layer(placed, inputShape: shape, classCount: classCount, random: &random) else { continue }
        shape = try layer.outputShape(for: shape)
        built.append(layer)
      } catch let error as ConfigurationError {
        throw error
      } catch {
        throw placed.place.error("\(error)", advice: "here come samples of shape \(shape)")
      }
    }
    guard shape == [classCount] else {
      throw layers.last!.place.error(
        "the last layer gives outputs of shape \(shape), and the data have \(classCount) classes",
        advice: "end with {dense: classes}, or {dense: \(classCount)}")
    }
    return Sequential(built)
  }

  /// The network of a `VariationalClassifier`: features, circuit, one scaled expectation value a class.
  private func classifier(
    _ circuit: ModelCircuit, _ observables: [ObservableDescription], at place: ConfigurationPlace, sampleShape: [Int],
    classCount: Int
  ) throws(ConfigurationError) -> Sequential<Scalar> {
    let inputs = sampleShape.reduce(1, *)
    guard inputs == circuit.featureCount else {
      throw place.error(
        "the circuit reads \(circuit.featureCount) features, and the samples have \(inputs)",
        advice: inputs > circuit.featureCount
          ? "set data.pca: \(circuit.featureCount), or \(circuit.sizeAdvice)" : circuit.sizeAdvice)
    }
    guard observables.count == classCount else {
      throw place.error(
        "the model has \(observables.count) observables, and the data have \(classCount) classes",
        advice:
          "name one observable for each class, for example observables: [\((0..<classCount).map { "Z\($0)" }.joined(separator: ", "))]"
      )
    }
    for observable in observables where observable.sum.qubitCount > circuit.qubits {
      throw (observable.place ?? place).error(
        "\(observable.text) reads qubit \(observable.sum.qubitCount - 1), and the circuit has \(circuit.qubits) qubits",
        advice: "name qubits from 0 to \(circuit.qubits - 1), or give the circuit more")
    }
    if case .control(.removed) = kind {
      throw place.error("a classifier of one circuit is nothing without it", advice: "take control: true, frozen or false")
    }
    var random = weightSource(layer: 1)
    return Sequential([
      Flatten<Scalar>(),
      try quantumPart(circuit, .expectations(observables.map(\.sum)), at: place, random: &random),
      ExpectationHead<Scalar>(outputs: classCount, scale: 3),
    ])
  }

  /// The layer; nil where the control leaves it out.
  private func layer(
    _ placed: PlacedLayer, inputShape: [Int], classCount: Int, random: inout RandomSource
  ) throws -> (any Layer<Scalar>)? {
    guard placed.kind.hasCircuits else {
      return try LayerCatalogue<Scalar>.standard.layer(
        placed.description(classCount: classCount), inputShape: inputShape, random: &random)
    }
    if placed.kind == .flippedQuanvolution || placed.kind == .reuploadingLinear {
      return try creptIn(placed, inputShape: inputShape, classCount: classCount, random: &random)
    }
    if case .control(.removed) = kind { return nil }
    if placed.kind == .quanvolution { return try quanvolution(placed, inputShape: inputShape, random: &random) }
    let circuit = CircuitDescription(placed)
    try circuit.check(at: placed.place)
    let readout = try self.readout(placed, qubits: circuit.qubits)
    let featureCount = circuit.circuits * circuit.featureCount
    guard inputShape == [featureCount] else {
      throw placed.place.error(
        "'quantum' reads \(featureCount) features (\(circuit.circuits) x \(circuit.featureCount)), and here come samples of shape \(inputShape)",
        advice: "put \(inputShape.count == 1 ? "" : "flatten and "){dense: \(featureCount)} before it")
    }
    return try quantumPart(.described(circuit), readout, at: placed.place, random: &random)
  }

  private func readout(_ placed: PlacedLayer, qubits: Int) throws(ConfigurationError) -> CircuitReadout {
    let shots = placed[integer: "shots"]
    guard let pauli = Pauli(rawValue: placed[word: "observable"]) else { return .probabilities(shots: shots) }
    guard shots == 0 else {
      throw placed.place.error(
        "shots give frequencies of outcomes, and the layer reads expectation values of \(pauli.rawValue)",
        advice: "take observable: \(CircuitReadout.probabilitiesWord), or leave shots out")
    }
    return .expectations((0..<qubits).map { PauliFactor(pauli, $0).pauliSum })
  }

  /// A stream that nothing else in a run draws from.
  private func weightSource(layer: Int) -> RandomSource {
    RandomSource(seed: seed, stream: 0x4849_4C42_4552_5401, index: UInt64(layer))
  }
}
