import Execution
import LinearAlgebra
import NeuralNetworks
import QuantumStates

/// One batch on its way through a `DataReuploadingLinear`, with what the way back needs.
///
/// States are rows of 2 d numbers, the d real parts before the imaginary ones. Data act sample by sample, gates on the whole batch
/// as one real product.
struct ReuploadingRun<Scalar: TensorScalar> {
  /// Squared amplitudes, `[samples, outputs]`.
  let outputs: Tensor<Scalar>

  private let gates: [PauliExponential<Scalar>]
  private let evolutions: [DataEvolution<Scalar>?]
  private let steps: [Step]
  private let final: Tensor<Scalar>
  private let dimension: Int
  private let inputs: Int
  private let weightShape: [Int]
  private let isComplex: Bool
  private let loop: ParallelLoop

  /// One repetition: the terms of every sample's evolution, and the batch in front of the gate.
  private struct Step {
    let stacks: Tensor<Scalar>
    let evolved: Tensor<Scalar>
  }

  private var samples: Int { evolutions.count }

  /// - Parameters:
  ///   - coefficients: real parts and, if there are any, imaginary parts.
  ///   - keepsStates: false where no gradient will be asked for.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  init(
    _ input: Tensor<Scalar>, coefficients: [Tensor<Scalar>], qubits: Int, outputs count: Int, keepsStates: Bool, loop: ParallelLoop
  ) throws {
    let (samples, inputs, dimension) = (input.shape[0], input.shape[1], 1 << qubits)
    (self.inputs, self.dimension, self.loop) = (inputs, dimension, loop)
    (weightShape, isComplex) = (coefficients[0].shape, coefficients.count > 1)
    let strings = coefficients[0].shape[1]
    let made = try loop.results(count: coefficients[0].shape[0]) { repetition in
      let rows = coefficients.map { $0.scalars[repetition * strings..<(repetition + 1) * strings] }
      return PauliExponential(rows[0], imaginary: rows.count > 1 ? rows[1] : nil, qubits: qubits)
    }
    gates = made.compactMap { $0 }
    let repetitions = made.count
    let isFinite = gates.count == repetitions
    let spectra = isFinite ? try Self.spectra(input, dimension: dimension, repetitions: repetitions, loop: loop) : []
    var evolutions = [DataEvolution<Scalar>?](repeating: nil, count: samples)
    var steps: [Step] = []
    let width = 2 * dimension
    // |+>^n: every amplitude 2^(-n/2).
    let first = Tensor<Scalar>(shape: [samples, width]) { states in
      for row in (0..<samples).map({ states + $0 * width }) {
        row.initialize(repeating: 1 / Scalar(dimension).squareRoot(), count: dimension)
        (row + dimension).initialize(repeating: 0, count: dimension)
      }
    }
    var state = first
    // Samples whose radius was estimated too small; their norm takes its place then.
    var outside = Set<Int>()
    var isComplete = !isFinite
    while !isComplete {
      evolutions = try Self.evolutions(spectra, outside: outside, repetitions: repetitions, loop: loop)
      let places = Self.places(evolutions)
      (steps, state, isComplete) = ([], first, true)
      for gate in gates where isComplete {
        var holds: [Bool] = []
        let stacks = try Tensor<Scalar>(shape: [keepsStates ? places[samples] : 0]) { stacks in
          holds = try state.withMutableBase { state in
            try loop.results(count: samples) { sample in
              guard let evolution = evolutions[sample] else { return true }
              let row = state + sample * width
              if keepsStates { return evolution.evolve(row, stack: stacks + places[sample]) }
              return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: evolution.stackCount) {
                evolution.evolve(row, stack: $0.baseAddress!)
              }
            }
          }
        }
        // Beyond its norm no sample goes again: what does not hold there is a state too large for its squares.
        let further = holds.indices.filter { !holds[$0] && !outside.contains($0) }
        outside.formUnion(further)
        isComplete = further.isEmpty
        if keepsStates { steps.append(Step(stacks: stacks, evolved: state)) }
        state = Tensor.product(state, Self.realGate(gate.matrix), loop: loop)
      }
    }
    (self.evolutions, self.steps, final) = (evolutions, steps, state)
    // What is not finite comes out as NaN, which training reports with its place.
    outputs = Tensor(shape: [samples, count]) { outputs in
      state.withBase { state in
        for sample in 0..<samples {
          let isGood = isFinite && evolutions[sample] != nil
          for j in 0..<count {
            let (x, y) = (state[sample * width + j], state[sample * width + dimension + j])
            (outputs + sample * count + j).initialize(to: isGood ? x * x + y * y : .nan)
          }
        }
      }
    }
  }

  /// The gradients by the inputs and by the parts of the coefficients, nil where none are needed.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func gradients(of cotangent: Tensor<Scalar>, ofInputs needsInputs: Bool, ofGates needsGates: Bool) throws -> [Tensor<Scalar>?] {
    let (count, width, samples) = (cotangent.shape[1], 2 * dimension, samples)
    let parts = isComplex ? 2 : 1
    guard !steps.isEmpty else {
      // A gate that is no number: training reports it with its place.
      return [needsInputs ? Tensor(shape: [samples, inputs], repeating: .nan) : nil]
        + Array(repeating: Tensor(shape: weightShape, repeating: .nan), count: parts)
    }
    // d loss = Re <l|ds> with l_j = 2 g_j s_j.
    var costate = Tensor<Scalar>(shape: [samples, width])
    costate.withMutableBase { costate in
      for sample in 0..<samples {
        for j in 0..<count {
          for place in [sample * width + j, sample * width + dimension + j] {
            let slope = 2 * cotangent.scalars[sample * count + j] * final.scalars[place]
            costate[place] = evolutions[sample] == nil ? .nan : slope
          }
        }
      }
    }
    let places = Self.places(evolutions)
    let factors = InputFactors(evolutions, repetitions: needsInputs ? steps.count : 0)
    var sums: [PlanarMatrix<Scalar>] = []
    for (place, (gate, step)) in zip(gates, steps).enumerated().reversed() {
      if needsGates { sums.append(outerSum(step.evolved, costate)) }
      costate = Tensor.product(costate, Self.realGate(gate.matrix), transposeB: true, loop: loop)
      costate.withMutableBase { costate in
        step.stacks.withBase { stacks in
          loop.run(count: samples) { sample in
            evolutions[sample]?.evolveBack(
              costate + sample * width, stack: stacks + places[sample],
              factors: needsInputs ? factors.rows(sample: sample, repetition: place) : nil)
          }
        }
      }
    }
    let ofInputs = needsInputs ? inputGradient(factors) : nil
    guard needsGates else { return [ofInputs] + Array(repeating: nil, count: parts) }
    let found = try loop.results(count: gates.count) { gates[$0].gradient(sums[gates.count - 1 - $0]) }
    let real = Tensor<Scalar>(shape: weightShape, scalars: found.flatMap { $0.real })
    let imaginary = Tensor<Scalar>(shape: weightShape, scalars: found.flatMap { $0.imaginary })
    return [ofInputs] + [real, imaginary].prefix(parts)
  }

  /// The derivative by the entries of M, where S = (M + M^T) / 2.
  private func inputGradient(_ factors: borrowing InputFactors<Scalar>) -> Tensor<Scalar> {
    let (d, inputs) = (dimension, inputs)
    return Tensor(shape: [samples, inputs]) { target in
      loop.run(count: samples) { sample in
        let row = target + sample * inputs
        guard evolutions[sample] != nil else { return row.initialize(repeating: .nan, count: inputs) }
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: d * d) {
          let byMatrix = $0.baseAddress!
          factors.product(sample: sample, dimension: d, into: byMatrix)
          for i in 0..<(inputs + d - 1) / d {
            for j in 0..<min(d, inputs - i * d) {
              (row + i * d + j).initialize(to: (byMatrix[i * d + j] + byMatrix[j * d + i]) / 2)
            }
          }
        }
      }
    }
  }

  /// `sum_s |state_s><costate_s|`.
  private func outerSum(_ states: Tensor<Scalar>, _ costates: Tensor<Scalar>) -> PlanarMatrix<Scalar> {
    let (d, width) = (dimension, 2 * dimension)
    let blocks = Tensor.product(states, costates, transposeA: true, loop: loop)
    return blocks.withBase { blocks in
      PlanarMatrix(dimension: d) { sum in
        for i in 0..<d {
          let (upper, lower, row) = (blocks + i * width, blocks + (d + i) * width, sum + i * d)
          for j in 0..<d {
            (row + j).initialize(to: upper[j] + lower[d + j])
            (row + d * d + j).initialize(to: lower[j] - upper[d + j])
          }
        }
      }
    }
  }

  /// A gate as a real matrix on rows of real parts before imaginary ones; its transpose is the adjoint.
  private static func realGate(_ gate: PlanarMatrix<Scalar>) -> Tensor<Scalar> {
    let d = gate.dimension
    return Tensor(shape: [2 * d, 2 * d]) { target in
      gate.numbers.withUnsafeBufferPointer { numbers in
        for i in 0..<d {
          let (upper, lower) = (target + i * 2 * d, target + (d + i) * 2 * d)
          for j in 0..<d {
            let (real, imaginary) = (numbers[j * d + i], numbers[d * d + j * d + i])
            (upper + j).initialize(to: real)
            (upper + d + j).initialize(to: imaginary)
            (lower + j).initialize(to: -imaginary)
            (lower + d + j).initialize(to: real)
          }
        }
      }
    }
  }

  /// The largest angle of a turn: the terms that are kept for the way back grow with it, and data so large come from a training
  /// that diverges.
  private static var largestAngle: Double { 256 }

  /// The matrix of every sample; nil for numbers that are not finite, or so large that ||S|| / L is above 256.
  private static func spectra(
    _ input: Tensor<Scalar>, dimension: Int, repetitions: Int, loop: ParallelLoop
  ) throws -> [DataSpectrum<Scalar>?] {
    let (inputs, unit) = (input.shape[1], Double(repetitions))
    return try loop.results(count: input.shape[0]) { sample in
      input.withBase {
        // An angle of 2 takes as many terms as the search for outstanding eigenvalues is worth.
        DataSpectrum(
          $0 + sample * inputs, count: inputs, dimension: dimension, plain: 2 * unit, limit: largestAngle * unit, kernels: kernels)
      }
    }
  }

  /// The evolution under every sample.
  ///
  /// - Parameter outside: samples whose radius does not hold.
  private static func evolutions(
    _ spectra: [DataSpectrum<Scalar>?], outside: Set<Int>, repetitions: Int, loop: ParallelLoop
  ) throws -> [DataEvolution<Scalar>?] {
    let unit = Double(repetitions)
    let keys = spectra.enumerated().map { sample, spectrum in
      spectrum.map { spectrum in
        let radius = outside.contains(sample) ? spectrum.norm : spectrum.radius
        return EvolutionSeries<Scalar>.Key(radius: radius / unit, spread: spectrum.spread(radius: radius) / unit)
      }
    }
    let series = Dictionary(uniqueKeysWithValues: Set(keys.compactMap { $0 }).map { ($0, EvolutionSeries<Scalar>($0)) })
    return try loop.results(count: spectra.count) { sample in
      guard let spectrum = spectra[sample], let key = keys[sample], let series = series[key] else { return nil }
      return DataEvolution(spectrum, series: series, repetitions: repetitions, kernels: kernels)
    }
  }

  private static var kernels: Kernels { SIMDLevel.current.kernels(Scalar.self == Float.self ? .float : .double) }

  /// Where each sample's stack begins, and where the last ends.
  private static func places(_ evolutions: [DataEvolution<Scalar>?]) -> [Int] {
    evolutions.reduce(into: [0]) { $0.append($0.last! + ($1?.stackCount ?? 0)) }
  }
}
