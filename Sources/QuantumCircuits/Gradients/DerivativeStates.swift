import Execution
import LinearAlgebra
import QuantumStates

/// The state |psi> after a circuit and its derivatives by every parameter, side by side in one register.
///
/// The lowest qubits of the register number the states: 0 is |psi>, i + 1 is d|psi>/dp_i. So a gate takes all of them forward in
/// one pass, and adds `dt/dp_i (-i w G)|psi>` to those whose parameter stands in its angle t.
struct DerivativeStates: ~Copyable {
  private var register: StateVector
  private let numberBits: Int
  private let qubitCount: Int

  /// |0...0>, which depends on no parameter.
  ///
  /// - Throws: `CompilationError.state` before memory is taken.
  init(qubits: Int, parameters: Int, loop: ParallelLoop, level: SIMDLevel) throws(CompilationError) {
    let bits = Int.bitWidth - parameters.leadingZeroBitCount
    do {
      // The inner products take a second copy.
      try AmplitudeLayout.check(
        qubitCount: qubits + bits, precision: .double, copies: 2,
        purpose: "The state of \(qubits) qubits with \(parameters) derivatives")
    } catch {
      throw .state(error)
    }
    (qubitCount, numberBits) = (qubits, bits)
    register = StateVector(uncheckedQubits: qubits + bits, precision: .double, loop: loop, level: level)
    register.amplitudes[0] = 1
  }

  /// Takes all states through the circuit.
  mutating func run(_ circuit: Circuit, parameters: [Double], features: [Double]) throws(CompilationError) {
    let places = Array(numberBits..<numberBits + qubitCount)
    for instruction in circuit.mapped(to: places, qubitCount: places.count + numberBits).instructions {
      if case .preparation(let preparation) = instruction.kind {
        try prepare(preparation, instruction.targets, parameters, features)
      }
      for factor in instruction.factors {
        register.apply(factor, controls: instruction.controls) { $0.value(parameters: parameters, features: features) }
        guard case .rotation(let rotation) = factor.action else { continue }
        let derivatives = rotation.angle.symbols.compactMap { symbol -> (parameter: Int, value: Double)? in
          guard case .parameter(let index) = symbol else { return nil }
          return (index, rotation.angle.derivative(withRespectTo: symbol).value(parameters: parameters, features: features))
        }
        if derivatives.isEmpty { continue }
        let image = image(of: rotation.generator, targets: factor.targets, controls: instruction.controls)
        for (parameter, value) in derivatives {
          let factor = Complex(0, -rotation.frequency * value)
          for (basis, amplitude) in image { register.amplitudes[basis | (parameter + 1)] += factor * amplitude }
        }
      }
    }
  }

  /// <a|b> for all pairs of states, |psi> first.
  func innerProducts() -> ComplexMatrix {
    let count = 1 << numberBits
    let states = register.amplitudes(.littleEndian)
    var products = ComplexMatrix(rows: count, columns: count)
    products.elements.withUnsafeMutableBufferPointer { products in
      states.withUnsafeBufferPointer {
        BLAS.herk(
          adjoint: true, n: count, k: 1 << qubitCount, a: $0.baseAddress!, lda: count, c: products.baseAddress!, ldc: count)
      }
    }
    return products
  }

  private mutating func prepare(
    _ preparation: AmplitudePreparation, _ targets: [Int], _ parameters: [Double], _ features: [Double]
  ) throws(CompilationError) {
    for angle in preparation.real + preparation.imaginary {
      for case .parameter(let index) in angle.symbols {
        throw .unsupported(
          method: "The metric tensor", reason: "parameter \(index) is an amplitude of a state preparation, not an angle of a gate")
      }
    }
    let step = PreparationStep(preparation, targets: targets, layout: register.layout)
    step.apply(register.amplitudes.base, lane: 0, try step.amplitudes(parameters, features, sample: 0))
  }

  /// The amplitudes of G|psi> where every control holds, by index in the register.
  private func image(of generator: Generator, targets: [Int], controls: [Control]) -> [(basis: Int, amplitude: Complex<Double>)] {
    let bases = (0..<1 << qubitCount).map { $0 << numberBits }.filter { basis in
      controls.allSatisfy { (basis >> $0.qubit & 1 == 1) == $0.isOne }
    }
    switch generator {
    case .pauli(let word):
      let word = word.mapped(to: targets)
      let (x, z) = (Int(word.xMask), Int(word.zMask))
      let phase: Complex<Double> = [1, Complex(0, 1), -1, Complex(0, -1)][(x & z).nonzeroBitCount % 4]
      return bases.map { basis in
        let sign: Complex<Double> = (basis & z).nonzeroBitCount % 2 == 0 ? phase : -phase
        return (basis ^ x, sign * register.amplitudes[basis])
      }
    case .matrix(let matrix):
      let offsets = (0..<matrix.rows).map { row in
        targets.enumerated().reduce(0) { $0 | (row >> $1.offset & 1) << $1.element }
      }
      let mask = offsets[matrix.rows - 1]
      return bases.map { basis in
        let row = targets.enumerated().reduce(0) { $0 | (basis >> $1.element & 1) << $1.offset }
        let sum = offsets.indices.reduce(Complex<Double>.zero) {
          $0 + matrix[row, $1] * register.amplitudes[basis & ~mask | offsets[$1]]
        }
        return (basis, sum)
      }
    }
  }
}
