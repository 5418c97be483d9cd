import Execution
import LinearAlgebra
import QuantumStates

/// The coefficients of some steps for given values of the angles, one set for all samples or one a lane.
struct MixedBinding {
  let circuit: MixedCircuit
  let coefficients: UnsafeMutableRawPointer
  /// angles x lanes, transposed: the values of lane l begin at l * angles.
  let values: UnsafeMutablePointer<Double>
  let scratch: UnsafeMutablePointer<Double>
  /// Of each step, the largest over lanes; 1 where not asked for.
  let conditions: UnsafeMutablePointer<Double>

  func values(lane: Int) -> UnsafeMutablePointer<Double> { values + lane * circuit.angles.count }

  func forward(_ step: MixedCircuit.PlacedStep) -> UnsafeMutableRawPointer { coefficients + step.place }
  func inverse(_ step: MixedCircuit.PlacedStep) -> UnsafeMutableRawPointer { forward(step) + step.forward.byteCount }
  func transpose(_ step: MixedCircuit.PlacedStep) -> UnsafeMutableRawPointer { inverse(step) + step.inverse.byteCount }

  /// Writes the coefficients of the steps that depend on samples, or of the others.
  ///
  /// - Parameter lanes: nil for one set that all lanes share.
  func bind(samples: Bool, lanes: Int?, withInverse: Bool) {
    for group in circuit.groups {
      for placed in group.steps where (circuit.steps[placed.index].source == .samples) == samples {
        let step = circuit.steps[placed.index]
        let count = step.size * step.size
        let (matrix, inverse) = (scratch + step.scratchCount, scratch + step.scratchCount + count)
        conditions[placed.index] = 1
        for lane in 0..<(lanes ?? 1) {
          let condition = step.bind(values(lane: lane), matrix: matrix, inverse: withInverse ? inverse : nil, scratch: scratch)
          write(placed.forward, forward(placed), lanes.map { _ in lane }, matrix)
          guard withInverse else { continue }
          conditions[placed.index] = max(conditions[placed.index], condition)
          if condition.isFinite { write(placed.inverse, self.inverse(placed), lanes.map { _ in lane }, inverse) }
          for row in 0..<step.size {
            for column in 0..<step.size { inverse[column * step.size + row] = matrix[row * step.size + column] }
          }
          write(placed.transpose, transpose(placed), lanes.map { _ in lane }, inverse)
        }
      }
    }
  }

  private func write(
    _ operation: TransferOperation, _ destination: UnsafeMutableRawPointer, _ lane: Int?, _ matrix: UnsafePointer<Double>
  ) {
    if let lane { operation.fill(destination, lane: lane, matrix) } else { operation.fill(destination, matrix) }
  }
}

/// What all samples share in one evaluation.
///
/// Unchecked: its memory is written by the initializer and only read afterwards.
final class MixedSharedBinding: @unchecked Sendable {
  private let coefficientMemory: AlignedBuffer<UInt8>
  private let numbers: AlignedBuffer<Double>
  let binding: MixedBinding

  init(_ circuit: MixedCircuit, parameters: [Double], withInverse: Bool) {
    coefficientMemory = AlignedBuffer(zeroed: circuit.sharedBytes)
    numbers = AlignedBuffer(zeroed: circuit.angles.count + circuit.scratchCount + circuit.steps.count)
    let scratch = numbers.base + circuit.angles.count
    binding = MixedBinding(
      circuit: circuit, coefficients: UnsafeMutableRawPointer(coefficientMemory.base), values: numbers.base, scratch: scratch,
      conditions: scratch + circuit.scratchCount)
    for (index, angle) in circuit.angles.enumerated() where angle.source != .samples {
      numbers.base[index] = angle.value(parameters)
    }
    binding.bind(samples: false, lanes: nil, withInverse: withInverse)
  }
}
