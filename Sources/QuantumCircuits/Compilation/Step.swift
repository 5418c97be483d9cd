import LinearAlgebra
import QuantumStates

/// One pass over the amplitudes: a product of factors on the same qubits, placed on a layout.
///
/// A class only so that walking the steps of a circuit copies nothing; it never changes.
final class Step: Sendable {
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
    case preparation(PreparationStep)
    /// A run of phases of each sample, gathered; has a pass of its own.
    case phases(PhaseStep)
  }

  /// A step of one rotation whose angle differs from sample to sample: its coefficients come straight from cos and sin.
  struct SampleRotation: Sendable {
    let angle: Int
    let frequency: Double
    let forward: [Double]
    let backward: [Double]
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
  let sampleRotation: SampleRotation?
  /// The parts of a matrix on one qubit.
  let qubitParts: [QubitPart]

  init(form: Form, source: Source, targets: [Int], operation: KernelOperation, inverse: KernelOperation, angles: [Int]) {
    self.form = form
    self.source = source
    self.targets = targets
    dimension = 1 << targets.count
    self.operation = operation
    self.inverse = inverse
    self.angles = angles
    qubitParts = if case .matrix(let parts) = form, targets.count == 1 { parts.map { QubitPart($0) } } else { [] }
    sampleRotation = source == .samples && operation.layout.isBatched ? form.sampleRotation(operation, inverse) : nil
  }
}

extension Step {
  /// The parameters and features in the step's angles or amplitudes.
  func symbols(_ circuit: CompiledCircuit) -> [Angle.Symbol] {
    if case .preparation(let step) = form { return (step.preparation.real + step.preparation.imaginary).flatMap(\.symbols) }
    return angles.flatMap { circuit.angles[$0].symbols }
  }
}

extension Step.Form {
  fileprivate func sampleRotation(_ operation: KernelOperation, _ inverse: KernelOperation) -> Step.SampleRotation? {
    switch self {
    case .pauliRotation(let angle):
      // Entries are (own, word): cos and -i sin; the inverse turns the other way.
      let own: [Double] = [0, 1, 0, 0, 0, 0]
      return Step.SampleRotation(
        angle: angle, frequency: 0.5, forward: operation.terms(TrigonometricEntries(own + [0, 0, 0, 0, 0, -1])),
        backward: inverse.terms(TrigonometricEntries(own + [0, 0, 0, 0, 0, 1])))
    case .matrix(let parts):
      guard parts.count == 1, case .rotation(let generator, let square, let frequency, let angle) = parts[0] else { return nil }
      let dimension = Int(Double(generator.count).squareRoot())
      let entries = { (turn: Double) in
        // I + (cos - 1) G^2 - i turn sin G
        TrigonometricEntries(
          zip(generator, square).enumerated().flatMap { at, entry -> [Double] in
            let (g, g2) = entry
            let identity: Double = at % (dimension + 1) == 0 ? 1 : 0
            return [identity - g2.real, g2.real, turn * g.imaginary, -g2.imaginary, g2.imaginary, -turn * g.real]
          })
      }
      return Step.SampleRotation(
        angle: angle, frequency: frequency, forward: operation.terms(entries(1)), backward: inverse.terms(entries(-1)))
    case .diagonal, .permutation, .preparation, .phases: return nil
    }
  }
}

/// A step before it is placed: what merging works on.
struct StepDraft {
  enum Form {
    case matrix([Step.Part], MatrixPattern)
    case pauliRotation(PauliWord, angle: Int)
    case diagonal([Complex<Double>])
    case permutation([Int])
    case preparation(AmplitudePreparation)
    case phases(PhaseRun)
  }

  var form: Form
  var source: Step.Source
  var targets: [Int]
  var controls: [Control]

  var qubits: [Int] { targets + controls.map(\.qubit) }

  /// Indices of the angles of this step.
  var angles: [Int] {
    switch form {
    case .matrix(let parts, _): parts.compactMap(\.angle)
    case .pauliRotation(_, let angle): [angle]
    case .phases(let run): run.angles
    case .diagonal, .permutation, .preparation: []
    }
  }

  /// Puts further parts behind those of a matrix, in place: a qubit may have a million gates in a row.
  mutating func append(_ parts: [Step.Part], _ pattern: MatrixPattern) {
    guard case .matrix(var all, let earlier) = form else { preconditionFailure("StepDraft.append: no matrix") }
    form = .diagonal([])
    all += parts
    form = .matrix(all, pattern * earlier)
  }

  func placed(on layout: AmplitudeLayout, sharing operations: inout PlacedOperations) -> Step {
    let operation, inverse: KernelOperation
    let stepForm: Step.Form
    switch form {
    case .matrix(let parts, let pattern):
      (operation, inverse) = operations.pair(.matrix(pattern), targets, controls) {
        (
          KernelOperation(pattern: pattern, targets: targets, controls: controls, layout: layout),
          KernelOperation(pattern: pattern.transposed, targets: targets, controls: controls, layout: layout)
        )
      }
      stepForm = .matrix(parts)
    case .pauliRotation(let word, let angle):
      operation = KernelOperation(xMask: word.xMask, zMask: word.zMask, controls: controls, layout: layout)
      inverse = operation
      stepForm = .pauliRotation(angle: angle)
    case .diagonal(let entries):
      let pattern = entries.map { $0 == 1 ? MatrixPattern.Entry.one : .any }
      operation = KernelOperation(diagonal: pattern, targets: targets, controls: controls, layout: layout)
      inverse = operation
      stepForm = .diagonal(entries)
    case .permutation(let images):
      (operation, inverse) = operations.pair(.permutation(images), targets, controls) {
        var origins = images
        for (row, image) in images.enumerated() { origins[image] = row }
        return (
          KernelOperation.permutation(images, targets: targets, controls: controls, layout: layout),
          KernelOperation.permutation(origins, targets: targets, controls: controls, layout: layout)
        )
      }
      stepForm = .permutation
    case .preparation(let preparation):
      // Only its place is used.
      operation = KernelOperation(diagonal: [.one], targets: [], layout: layout)
      inverse = operation
      stepForm = .preparation(PreparationStep(preparation, targets: targets, layout: layout))
    case .phases(let run):
      operation = KernelOperation(diagonal: [.one], targets: [], layout: layout)
      inverse = operation
      stepForm = .phases(PhaseStep(run, layout: layout))
    }
    return Step(form: stepForm, source: source, targets: targets, operation: operation, inverse: inverse, angles: angles)
  }
}
