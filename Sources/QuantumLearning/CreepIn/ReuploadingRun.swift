import Execution
import LinearAlgebra
import NeuralNetworks

/// One batch on its way through a `DataReuploadingLinear`, with what the way back needs.
///
/// States are rows of 2 d numbers, the d real parts before the imaginary ones. Between gates each sample lives in the eigenbasis of its
/// own Hamiltonian; gates act on the whole batch as one real product.
struct ReuploadingRun<Scalar: TensorScalar> {
  /// Squared amplitudes, `[samples, outputs]`.
  let outputs: Tensor<Scalar>

  private let gates: [PauliExponential]
  private let evolutions: [DataEvolution?]
  private let steps: [Step]
  private let final: [Double]
  private let dimension: Int
  private let samples: Int
  private let inputs: Int
  private let isComplex: Bool
  private let loop: ParallelLoop

  /// One repetition: the batch in the eigenbases of the data, and in front of the gate.
  private struct Step {
    let spectral: [Double]
    let evolved: [Double]
  }

  /// - Parameters:
  ///   - coefficients: real parts and, if there are any, imaginary parts.
  ///   - keepsStates: false where no gradient will be asked for.
  init(
    _ input: Tensor<Scalar>, coefficients: [Tensor<Scalar>], qubits: Int, outputs count: Int, keepsStates: Bool, loop: ParallelLoop
  ) throws {
    let (samples, dimension) = (input.shape[0], 1 << qubits)
    (self.samples, inputs, self.dimension, self.loop) = (samples, input.shape[1], dimension, loop)
    isComplex = coefficients.count > 1
    let strings = coefficients[0].shape[1]
    let made = try loop.results(count: coefficients[0].shape[0]) { repetition in
      let rows = coefficients.map { $0.scalars[repetition * strings..<(repetition + 1) * strings].map { Double($0) } }
      return try? PauliExponential(rows[0], imaginary: rows.count > 1 ? rows[1] : nil, qubits: qubits)
    }
    gates = made.compactMap { $0 }
    let repetitions = made.count
    let isFinite = gates.count == repetitions
    evolutions = try loop.results(count: samples) { sample in
      isFinite ? DataEvolution(input, sample: sample, dimension: dimension, repetitions: repetitions) : nil
    }
    // |+>^n: every amplitude 2^(-n/2).
    var state = [Double](repeating: 0, count: samples * 2 * dimension)
    let amplitude = 1 / Double(dimension).squareRoot()
    for sample in 0..<samples { for k in 0..<dimension { state[sample * 2 * dimension + k] = amplitude } }
    var steps: [Step] = []
    for gate in gates where isFinite {
      var spectral = state
      Self.forEachRow(&spectral, &state, dimension, loop) { [evolutions] sample, spectral, state in
        evolutions[sample]?.evolve(spectral, state)
      }
      if keepsStates { steps.append(Step(spectral: spectral, evolved: state)) }
      state = Self.product(state, RealGate(gate.matrix), dimension, isTransposed: false, loop)
    }
    (self.steps, final) = (steps, state)
    // What is not finite comes out as NaN, which training reports with its place.
    var scalars: [Scalar] = []
    for sample in 0..<samples {
      let isGood = isFinite && evolutions[sample] != nil
      for j in 0..<count {
        let (x, y) = (state[sample * 2 * dimension + j], state[sample * 2 * dimension + dimension + j])
        scalars.append(isGood ? Scalar(x * x + y * y) : .nan)
      }
    }
    outputs = Tensor(shape: [samples, count], scalars: scalars)
  }

  /// The gradients by the inputs (nil where they need none) and the parts of the coefficients.
  func gradients(of cotangent: Tensor<Scalar>, ofInputs needsInputs: Bool) throws -> [Tensor<Scalar>?] {
    let count = cotangent.shape[1]
    // d loss = Re <l|ds> with l_j = 2 g_j s_j.
    var costate = [Double](repeating: 0, count: final.count)
    for sample in 0..<samples {
      for j in 0..<count {
        for part in [j, dimension + j] {
          let place = sample * 2 * dimension + part
          costate[place] = 2 * Double(cotangent.scalars[sample * count + j]) * final[place]
        }
      }
    }
    var sums: [ComplexMatrix] = []
    var spectral: [[Double]] = []
    for (gate, step) in zip(gates, steps).reversed() {
      sums.append(outerSum(step.evolved, costate))
      costate = Self.product(costate, RealGate(gate.matrix), dimension, isTransposed: true, loop)
      var turned = costate
      Self.forEachRow(&turned, &costate, dimension, loop) { [evolutions] sample, spectral, costate in
        evolutions[sample]?.evolveBack(spectral, costate)
      }
      spectral.append(turned)
    }
    let found = try loop.results(count: gates.count) { try gates[$0].gradient(sums[gates.count - 1 - $0]) }
    let strings = PauliExpansion.stringCount(qubits: dimension.trailingZeroBitCount)
    func tensor(_ part: ((real: [Double], imaginary: [Double])) -> [Double]) -> Tensor<Scalar> {
      Tensor(shape: [gates.count, strings], scalars: found.flatMap { part($0).map { Scalar($0) } })
    }
    let ofParts = isComplex ? [tensor(\.real), tensor(\.imaginary)] : [tensor(\.real)]
    return [needsInputs ? inputGradient(spectral.reversed()) : nil] + ofParts
  }

  /// The gradient by the inputs, sample by sample, from states and costates in the eigenbases.
  private func inputGradient(_ costates: [[Double]]) -> Tensor<Scalar> {
    let width = 2 * dimension
    return Tensor(shape: [samples, inputs]) { target in
      loop.run(count: samples) { sample in
        let row = target + sample * inputs
        guard let evolution = evolutions[sample] else {
          row.initialize(repeating: .nan, count: inputs)
          return
        }
        let pairs = zip(steps, costates).map { step, costate in
          (state: step.spectral[sample * width..<(sample + 1) * width], costate: costate[sample * width..<(sample + 1) * width])
        }
        let gradient = evolution.gradient(pairs)
        for k in 0..<inputs { row[k] = Scalar(gradient[k]) }
      }
    }
  }

  /// `sum_s |state_s><costate_s|`.
  private func outerSum(_ states: [Double], _ costates: [Double]) -> ComplexMatrix {
    let (d, width) = (dimension, 2 * dimension)
    let blocks = Tensor<Double>.product(
      Tensor(shape: [samples, width], scalars: states), Tensor(shape: [samples, width], scalars: costates), transposeA: true,
      loop: loop)
    var sum = ComplexMatrix(rows: d, columns: d)
    for i in 0..<d {
      for j in 0..<d {
        sum[i, j] = Complex(
          blocks.scalars[i * width + j] + blocks.scalars[(d + i) * width + d + j],
          blocks.scalars[(d + i) * width + j] - blocks.scalars[i * width + d + j])
      }
    }
    return sum
  }

  /// A gate as a real matrix that acts on rows of real parts before imaginary ones.
  private struct RealGate {
    let tensor: Tensor<Double>

    init(_ gate: ComplexMatrix) {
      let d = gate.rows
      var scalars = [Double](repeating: 0, count: 4 * d * d)
      for i in 0..<d {
        for j in 0..<d {
          let entry = gate[j, i]
          scalars[i * 2 * d + j] = entry.real
          scalars[i * 2 * d + d + j] = entry.imaginary
          scalars[(d + i) * 2 * d + j] = -entry.imaginary
          scalars[(d + i) * 2 * d + d + j] = entry.real
        }
      }
      tensor = Tensor(shape: [2 * d, 2 * d], scalars: scalars)
    }
  }

  /// Every state through a gate, or through its adjoint, which is the transposed real matrix.
  private static func product(
    _ states: [Double], _ gate: RealGate, _ dimension: Int, isTransposed: Bool, _ loop: ParallelLoop
  ) -> [Double] {
    let rows = Tensor<Double>(shape: [states.count / (2 * dimension), 2 * dimension], scalars: states)
    return Tensor.product(rows, gate.tensor, transposeB: isTransposed, loop: loop).scalars
  }

  private static func forEachRow(
    _ first: inout [Double], _ second: inout [Double], _ dimension: Int, _ loop: ParallelLoop,
    _ body: (Int, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) {
    let width = 2 * dimension
    first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in
        let (a, b) = (first.baseAddress!, second.baseAddress!)
        loop.run(count: first.count / width) { body($0, a + $0 * width, b + $0 * width) }
      }
    }
  }
}
