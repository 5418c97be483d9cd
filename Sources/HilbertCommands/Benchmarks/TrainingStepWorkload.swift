import LinearAlgebra
import QuantumCircuits
import QuantumStates

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One step of training a hybrid model on a batch: RX of the features, strongly entangling layers, <Z_i> of every qubit, the mean
/// cross entropy of their softmax; loss and gradients for all weights and all features.
///
/// In one phase each sample's cotangents are found while its state is in the cache. In two, as inside a network, they are
/// supplied after the forward pass of the whole batch.
struct TrainingStepWorkload: SpeedWorkload {
  private let function: CircuitFunction
  private let isTwoPhase: Bool
  private let weights: [Double]
  private let features: RealMatrix
  private let labels: [Int]
  private var loss = 0.0
  private var gradient: CircuitGradient?
  let size: [SpeedLine.Field]

  init(_ settings: SpeedSettings, isTwoPhase: Bool) throws {
    let (qubits, layers, batch) = (settings.qubits, settings.layers ?? 3, settings.batch)
    var circuit = Circuit(qubits: qubits)
    for qubit in 0..<qubits { circuit.append(RX(.feature(qubit), qubit)) }
    circuit.append(Circuit.stronglyEntangling(qubits: qubits, layers: layers))
    function = try .expectation(
      of: (0..<qubits).map { Z($0).pauliSum }, after: circuit, precision: settings.precision, loop: settings.loop)
    var generator = SplitMix64(seed: 17)
    weights = generator.uniform(0, 2 * .pi, count: circuit.parameterCount)
    features = RealMatrix(rows: batch, columns: qubits, elements: generator.uniform(-.pi, .pi, count: batch * qubits))
    labels = (0..<batch).map { _ in generator.integer(0, qubits) }
    self.isTwoPhase = isTwoPhase
    size = [.integer("n", qubits), .integer("layers", layers), .integer("batch", batch)]
  }

  mutating func run(repetition: Int) throws {
    let weights = weights.shifted(repetition: repetition)
    let features = RealMatrix(
      rows: features.rows, columns: features.columns, elements: features.elements.shifted(repetition: repetition))
    var losses = [Double](repeating: 0, count: labels.count)
    gradient = try losses.withUnsafeMutableBufferPointer { losses in
      let rule = CrossEntropyRule(labels: labels, classes: function.outputCount, losses: losses.baseAddress!)
      guard isTwoPhase else {
        return try function.valueWithGradient(features: features, parameters: weights) { rule.apply($0, $1, $2) }.gradient
      }
      let evaluation = try function.evaluate(features: features, parameters: weights)
      return try evaluation.gradient(cotangents: rule.cotangents(of: evaluation.values))
    }
    loss = losses.reduce(0, +) / Double(labels.count)
  }

  /// The loss, sum dW^2, 1000 sum dX^2, dW[0, 0, 1], 1000 dX[0, 1].
  func checkValues() -> [Double] {
    guard let gradient else { return [] }
    func squares(_ numbers: [Double]) -> Double { numbers.reduce(0) { $0 + $1 * $1 } }
    return [
      loss, squares(gradient.parameters), 1000 * squares(gradient.features.elements), gradient.parameters[1],
      1000 * gradient.features[0, 1],
    ]
  }
}

/// The mean cross entropy of softmax: each sample's share of the loss, and its derivative by the sample's outputs.
///
/// Unchecked: samples come on several threads, each writes its own place of `losses`.
private struct CrossEntropyRule: @unchecked Sendable {
  let labels: [Int]
  let classes: Int
  /// One place for each sample, so that threads do not meet.
  let losses: UnsafeMutablePointer<Double>

  func apply(_ sample: Int, _ outputs: UnsafePointer<Double>, _ cotangents: UnsafeMutablePointer<Double>) {
    var largest = outputs[0]
    for output in 1..<classes { largest = max(largest, outputs[output]) }
    var sum = 0.0
    for output in 0..<classes {
      cotangents[output] = exp(outputs[output] - largest)
      sum += cotangents[output]
    }
    let scale = 1 / (sum * Double(labels.count))
    losses[sample] = log(sum) - (outputs[labels[sample]] - largest)
    for output in 0..<classes { cotangents[output] *= scale }
    cotangents[labels[sample]] -= 1 / Double(labels.count)
  }

  func cotangents(of values: RealMatrix) -> RealMatrix {
    let elements = [Double](unsafeUninitializedCapacity: values.elements.count) { cotangents, count in
      values.elements.withUnsafeBufferPointer { outputs in
        for sample in 0..<values.rows {
          apply(sample, outputs.baseAddress! + sample * classes, cotangents.baseAddress! + sample * classes)
        }
      }
      count = values.elements.count
    }
    return RealMatrix(rows: values.rows, columns: values.columns, elements: elements)
  }
}
