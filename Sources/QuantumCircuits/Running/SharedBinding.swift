import Execution
import LinearAlgebra
import QuantumStates

/// The coefficients of all steps that do not depend on the sample, for one set of parameters.
///
/// Unchecked: its memory is written by the initializer and only read afterwards.
final class SharedBinding: @unchecked Sendable {
  let coefficients: AlignedBuffer<UInt8>
  private let tableMemory: AlignedBuffer<Double>
  /// One lane; the entries of angles that depend on features mean nothing.
  let tables: AngleTables

  init(_ evaluator: CircuitEvaluator, _ batch: CircuitEvaluator.Batch) {
    let circuit = evaluator.circuit
    let count = circuit.angles.count
    coefficients = AlignedBuffer(zeroed: evaluator.plan.sharedBytes)
    tableMemory = AlignedBuffer(zeroed: AngleTables.count(angles: count, width: 1))
    tables = AngleTables(angles: count, evaluating: Array(0..<count), width: 1, buffer: tableMemory.base)
    for (index, angle) in circuit.angles.enumerated() where angle.source != .samples {
      let offset = batch.offset.map { $0.angle == index ? $0.value : 0 } ?? 0
      tables.turns(index).pointee = angle.frequency * (angle.value(batch.parameters) + offset)
    }
    tables.evaluate(kernels: evaluator.kernels)
    Self.withScratch(evaluator.plan.largestDimension) { scratch in
      for (index, step) in circuit.steps.enumerated() where step.source != .samples && circuit.runsAlone(index) {
        step.bind(
          tables, scratch: scratch, forward: address(evaluator.plan.forward[index]),
          backward: address(evaluator.plan.backward[index]))
      }
    }
  }

  func address(_ offset: Int) -> UnsafeMutableRawPointer { UnsafeMutableRawPointer(coefficients.base) + offset }

  /// Adds to the parameter gradient what the overlaps of shared steps, summed over the batch, amount to.
  func contract(_ sums: GradientSums, _ evaluator: CircuitEvaluator, _ batch: CircuitEvaluator.Batch) {
    let circuit = evaluator.circuit
    Self.withScratch(evaluator.plan.largestDimension) { scratch in
      for (index, step) in circuit.steps.enumerated() where step.source == .parameters {
        let entries = sums.overlaps(ofStep: index).flatMap { [$0.real, $0.imaginary] }
        step.forEachAngleGradient(overlaps: entries, tables, scratch: scratch) { angle, gradient in
          batch.parameters.withUnsafeBufferPointer { parameters in
            let inputs = AngleInputs(parameters: parameters.baseAddress, features: nil, stride: 0)
            circuit.angles[angle].forEachDerivative(inputs, times: gradient, count: 1) { symbol, _, gradient in
              if case .parameter(let parameter) = symbol { sums.parameters[parameter] += gradient }
            }
          }
        }
      }
    }
  }

  private static func withScratch(_ dimension: Int, _ body: (MatrixScratch) -> Void) {
    let buffer = AlignedBuffer<Double>(zeroed: MatrixScratch.count(dimension: dimension, width: 1))
    body(MatrixScratch(dimension: dimension, width: 1, buffer: buffer.base))
  }
}

/// What one group of chunks adds to the gradient: parameter gradients, and overlaps by entry of steps shared by all samples.
///
/// Unchecked: a group of chunks runs on one thread, and groups are added after all of them have ended.
final class GradientSums: @unchecked Sendable {
  var parameters: [Double]
  private var overlaps: [Complex<Double>]
  private let places: [Int]

  init(_ circuit: CompiledCircuit) {
    parameters = Array(repeating: 0, count: circuit.parameterCount)
    var place = 0
    var places: [Int] = []
    for step in circuit.steps {
      places.append(place)
      if step.source == .parameters { place += step.operation.entryCount }
    }
    self.places = places + [place]
    overlaps = Array(repeating: 0, count: place)
  }

  func overlaps(ofStep step: Int) -> ArraySlice<Complex<Double>> { overlaps[places[step]..<places[step + 1]] }

  func withOverlaps(ofStep step: Int, _ body: (UnsafeMutablePointer<Complex<Double>>) -> Void) {
    overlaps.withUnsafeMutableBufferPointer { body($0.baseAddress! + places[step]) }
  }

  func add(_ other: GradientSums) {
    for index in parameters.indices { parameters[index] += other.parameters[index] }
    for index in overlaps.indices { overlaps[index] += other.overlaps[index] }
  }
}
