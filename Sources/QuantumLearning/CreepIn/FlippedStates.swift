import Execution
import LinearAlgebra
import NeuralNetworks

/// The two-qubit states of a flipped quanvolution, one for each filter and channel.
struct FlippedStates<Scalar: TensorScalar>: Sendable {
  private let filters: Int
  private let channels: Int
  private let isComplex: Bool
  private let loop: ParallelLoop
  /// nil where the coefficients are no numbers, or the state too large: its kernel is NaN then, which training reports.
  private let exponentials: [PauliExponential?]

  /// - Parameter parts: real parts and, if there are any, imaginary parts of the coefficients, `[filters, channels, 15]`.
  init(_ parts: [Tensor<Scalar>], loop: ParallelLoop) throws {
    (filters, channels, isComplex, self.loop) = (parts[0].shape[0], parts[0].shape[1], parts.count > 1, loop)
    let count = parts[0].shape[2]
    exponentials = try loop.results(count: filters * channels) { pair in
      func numbers(_ tensor: Tensor<Scalar>) -> [Double] { tensor.scalars[pair * count..<(pair + 1) * count].map { Double($0) } }
      return try? PauliExponential(numbers(parts[0]), imaginary: parts.count > 1 ? numbers(parts[1]) : nil, qubits: 2)
    }
  }

  /// `Re(conj(psi_i) psi_j) / channels`.
  func kernels() -> Tensor<Scalar> {
    var scalars: [Scalar] = []
    scalars.reserveCapacity(exponentials.count * 9)
    for exponential in exponentials {
      guard let exponential else {
        scalars += [Scalar](repeating: .nan, count: 9)
        continue
      }
      let psi = (0..<3).map { exponential.matrix[$0, 0] }
      for i in psi {
        for j in psi { scalars.append(Scalar((i.real * j.real + i.imaginary * j.imaginary) / Double(channels))) }
      }
    }
    return Tensor(shape: [filters, channels, 3, 3], scalars: scalars)
  }

  /// The gradients by the parts of the coefficients.
  ///
  /// `dK = Re(...)` gives `d loss = Re(sum_i conj(l_i) d psi_i)` with `l_i = sum_j (g_ij + g_ji) psi_j / channels`, which is
  /// `Re tr(dU C)` for C = |0><l|.
  func gradients(of cotangent: Tensor<Scalar>) throws -> [Tensor<Scalar>] {
    let count = PauliExpansion.stringCount(qubits: 2)
    let found = try loop.results(count: exponentials.count) { pair -> (real: [Double], imaginary: [Double]) in
      guard let exponential = exponentials[pair] else {
        let missing = [Double](repeating: .nan, count: count)
        return (missing, missing)
      }
      var c = ComplexMatrix(rows: 4, columns: 4)
      for i in 0..<3 {
        var sum = Complex<Double>.zero
        for j in 0..<3 {
          let g = Double(cotangent.scalars[pair * 9 + 3 * i + j]) + Double(cotangent.scalars[pair * 9 + 3 * j + i])
          sum += Complex(g / Double(channels)) * exponential.matrix[j, 0]
        }
        c[0, i] = sum.conjugate
      }
      return try exponential.gradient(c)
    }
    func tensor(_ part: ((real: [Double], imaginary: [Double])) -> [Double]) -> Tensor<Scalar> {
      Tensor(shape: [filters, channels, count], scalars: found.flatMap { part($0).map { Scalar($0) } })
    }
    return isComplex ? [tensor(\.real), tensor(\.imaginary)] : [tensor(\.real)]
  }
}
