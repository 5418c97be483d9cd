import Hilbert

/// Compiling a circuit, binding numbers to it, running it, and its gradient.
enum CircuitBenchmarks {
  static func all(precision: Precision, level: SIMDLevel, loop: ParallelLoop, sizes: [Int]) -> [MicroBenchmark] {
    sizes.flatMap { qubits in
      let suffix = "\(qubits) qubits/\(precision)/\(level)"
      return [
        compile(qubits, "circuit/compile/\(suffix)", precision, level, loop),
        bind("circuit/bind/\(suffix)", qubits, precision, level, loop),
        run("circuit/run/\(suffix)", qubits, precision, level, loop),
        gradient("circuit/gradient/\(suffix)", qubits, precision, level, loop),
      ]
    }
  }

  private static let layers = 3

  private static func ansatz(_ qubits: Int) -> Circuit { .stronglyEntangling(qubits: qubits, layers: layers) }

  private static func weights(_ count: Int, _ call: Int) -> [Double] {
    (0..<count).map { 0.1 * Double($0) + 0.001 * Double(call) }
  }

  /// The norm stays 1, whatever the numbers.
  private static func normError(_ runner: CircuitRunner, _ state: inout StateVector, _ call: Int) throws -> Double {
    try runner.run(parameters: weights(runner.circuit.parameterCount, call), into: &state)
    return abs(state.squaredNorm - 1)
  }

  private static func compile(
    _ qubits: Int, _ name: String, _ precision: Precision, _ level: SIMDLevel, _ loop: ParallelLoop
  ) -> MicroBenchmark {
    MicroBenchmark(
      name: name,
      prepare: {
        let circuit = ansatz(qubits)
        return (
          { _ in _ = try CircuitRunner(circuit, precision: precision, loop: loop, level: level) },
          {
            var state = try StateVector(qubits: qubits, precision: precision, loop: loop, level: level)
            return try normError(CircuitRunner(circuit, precision: precision, loop: loop, level: level), &state, 0)
          }
        )
      }, tolerance: 1e-5)
  }

  /// New numbers for a state so small that binding is nearly all there is to do.
  private static func bind(
    _ name: String, _ qubits: Int, _ precision: Precision, _ level: SIMDLevel, _ loop: ParallelLoop
  ) -> MicroBenchmark {
    MicroBenchmark(
      name: name,
      prepare: {
        // All gates of the ansatz folded onto two qubits: as many angles, four amplitudes.
        var folded = Circuit(qubits: 2)
        for index in 0..<ansatz(qubits).parameterCount { folded.append(RY(.parameter(index), index % 2)) }
        let runner = try CircuitRunner(folded, precision: precision, loop: loop, level: level)
        let holder = try StateHolder(qubits: 2, precision: precision, loop: loop, level: level)
        return (
          { call in try runner.run(parameters: weights(folded.parameterCount, call), into: &holder.state) },
          { try normError(runner, &holder.state, 0) }
        )
      }, tolerance: 1e-5)
  }

  private static func run(
    _ name: String, _ qubits: Int, _ precision: Precision, _ level: SIMDLevel, _ loop: ParallelLoop
  ) -> MicroBenchmark {
    MicroBenchmark(
      name: name, flops: Double(14 * layers * qubits) * Double(1 << qubits),
      prepare: {
        let circuit = ansatz(qubits)
        let runner = try CircuitRunner(circuit, precision: precision, loop: loop, level: level)
        let holder = try StateHolder(qubits: qubits, precision: precision, loop: loop, level: level)
        return (
          { call in try runner.run(parameters: weights(circuit.parameterCount, call), into: &holder.state) },
          { try normError(runner, &holder.state, 0) }
        )
      }, tolerance: 1e-5)
  }

  /// The adjoint gradient, compared with a central difference along one direction.
  private static func gradient(
    _ name: String, _ qubits: Int, _ precision: Precision, _ level: SIMDLevel, _ loop: ParallelLoop
  ) -> MicroBenchmark {
    MicroBenchmark(
      name: name, flops: Double(116 * layers * qubits) * Double(1 << (qubits - 1)),
      prepare: {
        let function = Expectation(
          of: Z(0) * Z(qubits - 1), after: ansatz(qubits), precision: precision, loop: loop, level: level)
        let exact = Expectation(of: Z(0) * Z(qubits - 1), after: ansatz(qubits), loop: loop, level: level)
        return (
          { call in _ = try function.valueWithGradient(parameters: weights(function.parameterCount, call)) },
          {
            let (start, step) = (weights(function.parameterCount, 7), 1e-5)
            let (up, down) = (start.map { $0 + step }, start.map { $0 - step })
            let difference = try (exact.values(parameters: up)[0, 0] - exact.values(parameters: down)[0, 0]) / (2 * step)
            return try abs(function.valueWithGradient(parameters: start).gradient.parameters.reduce(0, +) - difference)
          }
        )
      }, tolerance: 1e-3)
  }
}
