import LinearAlgebra
import QuantumStates

/// One pass over the amplitudes: a product of factors on the same qubits, placed on a layout.
struct Step: Sendable {
  /// On what the matrix depends: how often it has to be made.
  enum Source: Int, Sendable, Comparable {
    case constant, parameters, samples
    static func < (left: Source, right: Source) -> Bool { left.rawValue < right.rawValue }
  }

  /// A factor of the step's matrix, on all of the step's targets.
  enum Part: Sendable {
    case fixed([Complex<Double>])
    /// `I + (cos(w t) - 1) G^2 - i sin(w t) G` with t the angle of that index.
    case rotation(generator: [Complex<Double>], square: [Complex<Double>], frequency: Double, angle: Int)

    var angle: Int? { if case .rotation(_, _, _, let angle) = self { angle } else { nil } }
  }

  enum Form: Sendable {
    /// A matrix that is the product of parts, first part first.
    case matrix([Part])
    /// `cos(t/2) - i sin(t/2) P` with t the angle of that index.
    case pauliRotation(angle: Int)
    case diagonal([Complex<Double>])
    case permutation
    /// Targets in |0...0> take amplitudes computed for each sample; run without a kernel.
    case preparation(AmplitudePreparation)
  }

  let form: Form
  let source: Source
  let targets: [Int]
  /// Matrix rows: 2^targets.
  let dimension: Int
  let operation: KernelOperation
  /// The inverse, placed; for a Pauli rotation the operation itself.
  let inverse: KernelOperation
  /// Indices of the angles of this step.
  let angles: [Int]
}

/// A step before it is placed: what merging works on.
struct StepDraft {
  enum Form {
    case matrix([Step.Part], MatrixPattern)
    case pauliRotation(PauliWord, angle: Int)
    case diagonal([Complex<Double>])
    case permutation([Int])
    case preparation(AmplitudePreparation)
  }

  var form: Form
  var source: Step.Source
  var targets: [Int]
  var controls: [Control]

  var qubits: [Int] { targets + controls.map(\.qubit) }

  func placed(on layout: AmplitudeLayout) -> Step {
    let operation, inverse: KernelOperation
    let stepForm: Step.Form
    var angles: [Int] = []
    switch form {
    case .matrix(let parts, let pattern):
      operation = KernelOperation(pattern: pattern, targets: targets, controls: controls, layout: layout)
      inverse = KernelOperation(pattern: pattern.transposed, targets: targets, controls: controls, layout: layout)
      stepForm = .matrix(parts)
      angles = parts.compactMap(\.angle)
    case .pauliRotation(let word, let angle):
      operation = KernelOperation(xMask: word.xMask, zMask: word.zMask, controls: controls, layout: layout)
      inverse = operation
      stepForm = .pauliRotation(angle: angle)
      angles = [angle]
    case .diagonal(let entries):
      let pattern = entries.map { $0 == 1 ? MatrixPattern.Entry.one : .any }
      operation = KernelOperation(diagonal: pattern, targets: targets, controls: controls, layout: layout)
      inverse = operation
      stepForm = .diagonal(entries)
    case .permutation(let images):
      var origins = images
      for (row, image) in images.enumerated() { origins[image] = row }
      operation = KernelOperation.permutation(images, targets: targets, controls: controls, layout: layout)
      inverse = KernelOperation.permutation(origins, targets: targets, controls: controls, layout: layout)
      stepForm = .permutation
    case .preparation(let preparation):
      // Only its place is used.
      operation = KernelOperation(diagonal: [], targets: [], layout: layout)
      inverse = operation
      stepForm = .preparation(preparation)
    }
    return Step(
      form: stepForm, source: source, targets: targets, dimension: 1 << targets.count, operation: operation, inverse: inverse,
      angles: angles)
  }
}
