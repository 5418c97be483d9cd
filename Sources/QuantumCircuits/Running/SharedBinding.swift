import Execution
import LinearAlgebra
import QuantumStates

/// The coefficients of all steps that do not depend on the sample, for one set of parameters.
///
/// Unchecked: an evaluation has it for itself; its memory is written before the chunks run and only read by them.
final class SharedBinding: @unchecked Sendable {
  let coefficients: AlignedBuffer<UInt8>
  private let tableMemory: AlignedBuffer<Double>
  private let scratchMemory: AlignedBuffer<Double>
  private let scratch: MatrixScratch
  /// One lane; the entries of angles that depend on features mean nothing.
  let tables: AngleTables
  /// What groups of chunks add up, kept from one evaluation to the next.
  private(set) var sums: [GradientSums] = []
  /// Of each stretch, in order.
  private(set) var stretches: [any BoundStretch] = []

  init(_ evaluator: CircuitEvaluator) {
    let count = evaluator.circuit.angles.count
    let dimension = evaluator.plan.largestDimension
    coefficients = AlignedBuffer(zeroed: evaluator.plan.sharedBytes)
    tableMemory = AlignedBuffer(zeroed: AngleTables.count(angles: count, width: 1))
    tables = AngleTables(angles: count, evaluating: Array(0..<count), width: 1, buffer: tableMemory.base)
    scratchMemory = AlignedBuffer(zeroed: MatrixScratch.count(dimension: dimension, width: 1))
    scratch = MatrixScratch(dimension: dimension, width: 1, buffer: scratchMemory.base)
    stretches = evaluator.circuit.stretches.map { $0.makeBinding() }
    bind(evaluator, source: .constant, parameters: [], offset: nil)
  }

  /// Binds the parameters of a batch.
  func bind(_ evaluator: CircuitEvaluator, _ batch: CircuitEvaluator.Batch) {
    bind(evaluator, source: .parameters, parameters: batch.parameters, offset: batch.offset)
    for stretch in stretches { stretch.bind(evaluator.circuit, tables) }
  }

  private func bind(
    _ evaluator: CircuitEvaluator, source: Step.Source, parameters: [Double], offset: (angle: Int, value: Double)?
  ) {
    let circuit = evaluator.circuit
    parameters.withUnsafeBufferPointer { parameters in
      let inputs = AngleInputs(parameters: parameters.baseAddress, features: nil, stride: 0)
      for (index, angle) in circuit.angles.enumerated() where angle.source <= source {
        let turn = tables.turns(index)
        angle.evaluate(inputs, into: turn, width: 1, last: 0)
        if let offset, offset.angle == index { turn.pointee += offset.value }
        turn.pointee *= angle.frequency
      }
    }
    tables.evaluate(kernels: evaluator.kernels)
    for (index, step) in circuit.steps.enumerated() where step.source == source && circuit.runsAlone(index) {
      step.bind(
        tables, scratch: scratch, forward: address(evaluator.plan.forward[index]),
        backward: address(evaluator.plan.backward[index]))
    }
  }

  /// Zeros for as many groups of chunks.
  func clearSums(_ count: Int, _ circuit: CompiledCircuit) {
    while sums.count < count { sums.append(GradientSums(circuit)) }
    for index in 0..<count { sums[index].clear() }
  }

  func address(_ offset: Int) -> UnsafeMutableRawPointer { UnsafeMutableRawPointer(coefficients.base) + offset }

  /// Adds to the parameter gradient what the overlaps of shared steps, summed over the batch, amount to.
  func contract(_ sums: GradientSums, _ evaluator: CircuitEvaluator, _ batch: CircuitEvaluator.Batch) {
    let circuit = evaluator.circuit
    batch.parameters.withUnsafeBufferPointer { parameters in
      let inputs = AngleInputs(parameters: parameters.baseAddress, features: nil, stride: 0)
      func add(_ gradient: UnsafePointer<Double>, of angle: Int) {
        let angle = circuit.angles[angle]
        if angle.isAffine { return angle.addSlopes(gradient, count: 1, parameters: &sums.parameters, features: nil, stride: 0) }
        angle.forEachDerivative(inputs, times: gradient, count: 1) { symbol, _, gradient in
          if case .parameter(let parameter) = symbol { sums.parameters[parameter] += gradient }
        }
      }
      for (index, step) in circuit.steps.enumerated() where step.source == .parameters && !circuit.isInStretch(index) {
        sums.withOverlaps(ofStep: index) { overlaps in
          overlaps.withMemoryRebound(to: Double.self, capacity: 2 * step.operation.entryCount) { entries in
            step.forEachAngleGradient(overlaps: entries, tables, scratch: scratch) { add($1, of: $0) }
          }
        }
      }
      for (place, stretch) in stretches.enumerated() {
        sums.withPauliSums(ofStretch: place) { paulis in
          stretch.forEachAngleGradient(paulis, circuit, tables) { angle, gradient in
            withUnsafePointer(to: gradient) { add($0, of: angle) }
          }
        }
      }
    }
  }
}

/// What one group of chunks adds to the gradient: parameter gradients, and overlaps by entry of steps shared by all samples.
///
/// Unchecked: a group of chunks runs on one thread, and groups are added after all of them have ended.
final class GradientSums: @unchecked Sendable {
  var parameters: [Double]
  private var overlaps: [Complex<Double>]
  private let places: [Int]
  /// Three numbers for each unitary of a stretch.
  private var paulis: [Double]
  private let stretchPlaces: [Int]

  init(_ circuit: CompiledCircuit) {
    parameters = Array(repeating: 0, count: circuit.parameterCount)
    var place = 0
    var places: [Int] = []
    for (index, step) in circuit.steps.enumerated() {
      places.append(place)
      if step.source == .parameters, !circuit.isInStretch(index) { place += step.operation.entryCount }
    }
    self.places = places + [place]
    overlaps = Array(repeating: 0, count: place)
    stretchPlaces = circuit.stretchPlaces.map { 3 * $0 }
    paulis = Array(repeating: 0, count: 3 * circuit.stretchUnitaryCount)
  }

  func clear() {
    parameters.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    overlaps.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    paulis.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  func withOverlaps(ofStep step: Int, _ body: (UnsafeMutablePointer<Complex<Double>>) -> Void) {
    overlaps.withUnsafeMutableBufferPointer { body($0.baseAddress! + places[step]) }
  }

  func withPauliSums(ofStretch stretch: Int, _ body: (UnsafePointer<Double>) -> Void) {
    paulis.withUnsafeBufferPointer { body($0.baseAddress! + stretchPlaces[stretch]) }
  }

  /// Adds the parts of the sums of a group of chunks.
  func addPaulis(_ parts: UnsafePointer<Double>, pieces: Int) {
    let width = LayerPass.sumCount / 3
    paulis.withUnsafeMutableBufferPointer { paulis in
      for piece in 0..<pieces {
        for index in paulis.indices {
          let part = parts + (piece * paulis.count + index) * width
          paulis[index] += (part[0] + part[1] + part[2] + part[3]) + (part[4] + part[5] + part[6] + part[7])
        }
      }
    }
  }

  func add(_ other: GradientSums) {
    func add(_ sums: inout [Double], _ others: [Double]) {
      sums.withUnsafeMutableBufferPointer { sums in for index in sums.indices { sums[index] += others[index] } }
    }
    add(&parameters, other.parameters)
    add(&paulis, other.paulis)
    for index in overlaps.indices { overlaps[index] += other.overlaps[index] }
  }
}
