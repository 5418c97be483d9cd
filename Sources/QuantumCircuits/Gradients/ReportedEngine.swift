import LinearAlgebra
import QuantumStates

/// The probabilities of reported values, from an engine for those of the true ones: errors of readout behind a circuit.
///
/// Reported probabilities are linear in the true ones, so cotangents go back through the transposed confusion matrices.
struct ReportedEngine: FunctionEngine {
  let engine: any FunctionEngine
  private let readout: ReadoutError
  private let transposed: ReadoutError
  private let qubits: [Int]

  init(_ engine: any FunctionEngine, _ readout: ReadoutError, of qubits: [Int]) {
    self.engine = engine
    self.readout = readout
    transposed = ReadoutError(checked: readout.blocks.map { ($0.qubits, $0.matrix.transpose) })
    self.qubits = qubits
  }

  var method: SimulationMethod { engine.method }
  var precision: Precision { engine.precision }
  var level: SIMDLevel { engine.level }
  var outputCount: Int { engine.outputCount }
  var parameterCount: Int { engine.parameterCount }
  var featureCount: Int { engine.featureCount }

  func values(_ batch: CircuitEvaluator.Batch) throws(CompilationError) -> [Double] { reported(try engine.values(batch)) }

  private func reported(_ values: [Double]) -> [Double] {
    stride(from: 0, to: values.count, by: outputCount).flatMap {
      readout.applied(to: Array(values[$0..<$0 + outputCount]), of: qubits)
    }
  }

  func gradients(
    _ batch: CircuitEvaluator.Batch, kept: KeptStates?, ofFeatures: Bool, cotangents rule: CircuitEvaluator.CotangentRule
  ) throws(CompilationError) -> (values: [Double], gradients: CircuitEvaluator.Gradients, recovery: StateRecovery?) {
    let count = outputCount
    let result = try engine.gradients(batch, kept: kept, ofFeatures: ofFeatures) { sample, values, cotangents in
      let own = readout.applied(to: Array(UnsafeBufferPointer(start: values, count: count)), of: qubits)
      own.withUnsafeBufferPointer { rule(sample, $0.baseAddress!, cotangents) }
      let back = transposed.applied(to: Array(UnsafeBufferPointer(start: cotangents, count: count)), of: qubits)
      for (place, value) in back.enumerated() { cotangents[place] = value }
    }
    return (reported(result.values), result.gradients, result.recovery)
  }
}
