import Execution
import LinearAlgebra
import QuantumStates

extension Circuit {
  /// What the circuit's snapshots record, exactly, by their labels; several at one label in the order of the circuit.
  ///
  /// Runs with shots average over shots; here a state vector, or a density matrix where channels stand before a snapshot, is run up
  /// to each of them.
  ///
  /// - Parameters:
  ///   - features: samples x features.
  ///   - parameters: `parameterCount` numbers.
  /// - Returns: of each snapshot a matrix, samples x values: one expectation value, or the probabilities of all values of the
  ///   qubits.
  /// - Throws: `CompilationError` for wrong counts, and where a measurement or a condition stands before a snapshot.
  /// - Complexity: one run of the circuit for each snapshot and sample.
  public func exactSnapshots(
    features: RealMatrix = CircuitFunction.noFeatures, parameters: [Double] = [], precision: Precision = .double,
    loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) -> [String: [RealMatrix]] {
    try CompilationError.check(
      parameters: parameters, features: features, parameterCount: parameterCount, featureCount: featureCount)
    var before = Circuit(qubits: qubitCount, registers: registers)
    var result: [String: [RealMatrix]] = [:]
    for instruction in instructions {
      guard case .snapshot(let snapshot) = instruction.kind else {
        guard !instruction.containsSnapshot else {
          throw .unsupported(
            method: "exactSnapshots", reason: "a snapshot stands in a block that is run by a condition; take shots")
        }
        before.append(instruction)
        continue
      }
      guard !before.isDynamic else {
        throw .unsupported(
          method: "exactSnapshots", reason: "a measurement or a condition stands before the snapshot \(snapshot.label); take shots")
      }
      let function =
        if let observable = snapshot.observable(on: instruction.targets) {
          try CircuitFunction.expectation(of: [observable], after: before, precision: precision, loop: loop, level: level)
        } else {
          try CircuitFunction.probabilities(of: instruction.targets, after: before, precision: precision, loop: loop, level: level)
        }
      let known = RealMatrix((0..<features.rows).map { Array(features.row($0).prefix(before.featureCount)) })
      let values = try function.values(
        features: before.featureCount == 0 ? RealMatrix(rows: features.rows, columns: 0) : known,
        parameters: Array(parameters.prefix(before.parameterCount)))
      result[snapshot.label, default: []].append(values)
    }
    return result
  }
}
