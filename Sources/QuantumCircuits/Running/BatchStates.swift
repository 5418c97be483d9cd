import Execution
import LinearAlgebra
import QuantumStates

/// A circuit compiled to give the final states of whole batches, for what needs every amplitude: Gram matrices, distances.
public struct BatchStates: Sendable {
  let evaluator: CircuitEvaluator
  let loop: ParallelLoop

  /// Amplitudes of one state.
  public var dimension: Int { 1 << evaluator.layout.qubitCount }

  /// - Throws: `CompilationError` for a state preparation that is not first on its qubits, or states that do not fit in memory.
  public init(
    of circuit: Circuit, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) {
    try CompilationError.checkIsPure(circuit, for: "BatchStates")
    do {
      try AmplitudeLayout.check(
        qubitCount: circuit.qubitCount, precision: precision,
        copies: CircuitEvaluator.statesAtOnce(qubitCount: circuit.qubitCount, precision: precision, loop: loop, isForward: true),
        purpose: "States of \(circuit.qubitCount) qubits")
    } catch {
      throw .state(error)
    }
    let layout = CompiledCircuit.batchLayout(qubitCount: circuit.qubitCount, precision: precision, isForward: true)
    evaluator = CircuitEvaluator(
      CompiledCircuit(circuit, layout: layout, level: level), readout: PauliReadout([], layout: layout), level: level)
    self.loop = loop
  }

  /// The final states of a batch, one in a row.
  ///
  /// - Parameter features: samples x features.
  /// - Returns: samples x 2^n; a column is a basis index, qubit 0 its least significant bit.
  /// - Throws: `CompilationError` for wrong counts, values that are not finite, or states that do not fit in memory together.
  public func callAsFunction(features: RealMatrix, parameters: [Double] = []) throws(CompilationError) -> ComplexMatrix {
    try checkMemory(copies: features.rows, purpose: "A batch of \(features.rows) states")
    var rows = [Complex<Double>](repeating: .zero, count: features.rows * dimension)
    try rows.withUnsafeMutableBufferPointer { rows throws(CompilationError) in
      guard let base = rows.baseAddress else { return }
      try fill(base, features: features, parameters: parameters)
    }
    return ComplexMatrix(rows: features.rows, columns: dimension, elements: rows)
  }

  /// Throws unless `copies` states of 16-byte amplitudes fit in memory.
  package func checkMemory(copies: Int, purpose: String) throws(CompilationError) {
    do {
      try AmplitudeLayout.check(
        qubitCount: evaluator.layout.qubitCount, precision: .double, copies: copies, purpose: purpose)
    } catch {
      throw .state(error)
    }
  }

  /// Writes the final states of a batch, one in a row, as `callAsFunction` returns them.
  ///
  /// - Parameter rows: memory for samples x 2^n amplitudes.
  package func fill(
    _ rows: UnsafeMutablePointer<Complex<Double>>, features: RealMatrix, parameters: [Double] = []
  ) throws(CompilationError) {
    let batch = try evaluator.batch(parameters: parameters, features: features, loop: loop)
    let (layout, rows) = (evaluator.layout, UncheckedPointer(rows))
    try evaluator.forEachFinalChunk(batch) { run in
      let first = rows.pointer + run.firstSample << layout.qubitCount
      switch layout.precision {
      case .float: layout.copy(run.work.ket.assumingMemoryBound(to: Float.self), samples: run.sampleCount, to: first)
      case .double: layout.copy(run.work.ket.assumingMemoryBound(to: Double.self), samples: run.sampleCount, to: first)
      }
    }
    let numbers = UnsafeRawPointer(rows.pointer).assumingMemoryBound(to: Double.self)
    try evaluator.checkFinite(
      UnsafeBufferPointer(start: numbers, count: 2 * features.rows * dimension), batch, derivatives: .none)
  }
}

extension Circuit {
  /// The final states of a batch, one in a row: exact amplitudes.
  ///
  /// - Parameters:
  ///   - features: samples x features.
  ///   - parameters: `parameterCount` numbers.
  /// - Returns: samples x 2^n; a column is a basis index, qubit 0 its least significant bit.
  /// - Throws: `CompilationError` for wrong counts, values that are not finite, or states that do not fit in memory.
  public func states(
    features: RealMatrix, parameters: [Double] = [], precision: Precision = .double, loop: ParallelLoop = ParallelLoop(),
    level: SIMDLevel = .current
  ) throws(CompilationError) -> ComplexMatrix {
    try BatchStates(of: self, precision: precision, loop: loop, level: level)(features: features, parameters: parameters)
  }
}

extension AmplitudeLayout {
  /// Copies the states of a chunk, sample by sample, into rows.
  @inline(__always)
  fileprivate func copy<Scalar: BinaryFloatingPoint>(
    _ chunk: UnsafePointer<Scalar>, samples: Int, to rows: UnsafeMutablePointer<Complex<Double>>
  ) {
    let width = lanes
    for sample in 0..<samples {
      let row = rows + sample << qubitCount
      for index in 0..<1 << qubitCount {
        let place = index << sampleBits | sample
        let block = chunk + (place & ~(width - 1)) << 1 + place & (width - 1)
        row[index] = Complex(Double(block[0]), Double(block[width]))
      }
    }
  }
}
