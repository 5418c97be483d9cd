import Hilbert

/// Ten small pieces of work on one thread, the same instructions every time: what Scripts/instructions and AllocationTests count.
///
/// Each is prepared, then called with 0, 1, 2, ..., 12: numbers change from call to call, as they do in training.
enum Work {
  static let all: [(name: String, prepare: @Sendable () throws -> (Int) throws -> Void)] = [
    ("apply-dense-1", { try applying(reflection, span: 1) }),
    ("apply-dense-2", { try applying(reflection.kronecker(reflection), span: 2) }),
    ("compile", { { _ in _ = try CircuitRunner(ansatz(qubits: 8), loop: .serial) } }),
    ("run", { try running(qubits: 12) }),
    ("run-tiles", { try running(qubits: 16) }),
    ("adjoint", { adjoint() }),
    ("training-step", { trainingStep(precision: .float) }),
    ("training-step-double", { trainingStep(precision: .double) }),
    ("gram", { try gram() }),
    ("sample", { try sampling() }),
  ]

  private static let reflection = ComplexMatrix([[Complex(0.6), Complex(0.8)], [Complex(0.8), Complex(-0.6)]])

  private static func ansatz(qubits: Int) -> Circuit { .stronglyEntangling(qubits: qubits, layers: 3) }

  /// Numbers for each call, made before it: what is counted is the work, not its input.
  private static func numbers(_ count: Int) -> [[Double]] {
    (0..<13).map { call in (0..<count).map { 0.1 * Double($0 % 60) + 0.001 * Double(call) } }
  }

  private static func features(_ samples: Int, _ qubits: Int) -> [RealMatrix] {
    numbers(samples * qubits).map { RealMatrix(rows: samples, columns: qubits, elements: $0) }
  }

  /// Closures cannot share a state, but its owner.
  private final class Owner {
    var state: StateVector
    init(qubits: Int) throws { state = try StateVector(qubits: qubits, loop: .serial) }
  }

  private static func applying(_ matrix: ComplexMatrix, span: Int) throws -> (Int) throws -> Void {
    let owner = try Owner(qubits: 12)
    let targets = (0...12 - span).map { Array($0..<$0 + span) }
    return { call in owner.state.apply(matrix, targets: targets[call % targets.count]) }
  }

  private static func running(qubits: Int) throws -> (Int) throws -> Void {
    let (runner, owner) = (try CircuitRunner(ansatz(qubits: qubits), loop: .serial), try Owner(qubits: qubits))
    let weights = numbers(runner.circuit.parameterCount)
    return { try runner.run(parameters: weights[$0], into: &owner.state) }
  }

  /// Results are written over those of the call before.
  private final class ResultOwner { var result = CircuitResult() }

  private static func adjoint() -> (Int) throws -> Void {
    let model = Expectation(of: Z(0) * Z(7) + 0.5 * X(3), after: ansatz(qubits: 8), loop: .serial)
    let (weights, owner) = (numbers(model.parameterCount), ResultOwner())
    return { try model.valueWithGradient(parameters: weights[$0], into: &owner.result) }
  }

  private static func trainingStep(precision: Precision) -> (Int) throws -> Void {
    let qubits = 6
    var circuit = Circuit(qubits: qubits)
    for qubit in 0..<qubits { circuit.append(RX(.feature(qubit), qubit)) }
    circuit.append(ansatz(qubits: qubits))
    let model = Expectation(of: Z(0), after: circuit, precision: precision, loop: .serial)
    let (weights, batches, owner) = (numbers(model.parameterCount), features(64, qubits), ResultOwner())
    return {
      try model.valueWithGradient(features: batches[$0], parameters: weights[$0], into: &owner.result) { $2[0] = $1[0] - 1 }
    }
  }

  private static func gram() throws -> (Int) throws -> Void {
    let kernel = try FidelityKernel(featureMap: .zzFeatureMap((0..<6).map { .feature($0) }), loop: .serial)
    let batches = features(64, 6)
    return { _ = try kernel.gramMatrix(batches[$0]) }
  }

  private static func sampling() throws -> (Int) throws -> Void {
    let circuit = ansatz(qubits: 12)
    let owner = try Owner(qubits: 12)
    try CircuitRunner(circuit, loop: .serial).run(parameters: numbers(circuit.parameterCount)[0], into: &owner.state)
    return { call in
      var source = RandomSource(seed: 1, index: UInt64(call))
      _ = owner.state.sample(shots: 10_000, using: &source)
    }
  }
}
