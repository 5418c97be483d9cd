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
  private let exponentials: [PauliExponential<Scalar>?]

  /// - Parameter parts: real parts and, if there are any, imaginary parts of the coefficients, `[filters, channels, 15]`.
  init(_ parts: [Tensor<Scalar>], loop: ParallelLoop) throws {
    (filters, channels, isComplex, self.loop) = (parts[0].shape[0], parts[0].shape[1], parts.count > 1, loop)
    let count = parts[0].shape[2]
    exponentials = try loop.results(count: filters * channels) { pair in
      let place = pair * count..<(pair + 1) * count
      return PauliExponential(parts[0].scalars[place], imaginary: parts.count > 1 ? parts[1].scalars[place] : nil, qubits: 2)
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
      // psi_j is entry (j, 0).
      let u = exponential.matrix.numbers
      for i in [0, 4, 8] {
        for j in [0, 4, 8] { scalars.append((u[i] * u[j] + u[16 + i] * u[16 + j]) / Scalar(channels)) }
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
    let found = try loop.results(count: exponentials.count) { pair -> (real: [Scalar], imaginary: [Scalar]) in
      guard let exponential = exponentials[pair] else {
        let missing = [Scalar](repeating: .nan, count: count)
        return (missing, missing)
      }
      let (u, from) = (exponential.matrix.numbers, pair * 9)
      return exponential.gradient(
        PlanarMatrix(dimension: 4) { c in
          c.initialize(repeating: 0, count: 32)
          for i in 0..<3 {
            for j in 0..<3 {
              let g = (cotangent.scalars[from + 3 * i + j] + cotangent.scalars[from + 3 * j + i]) / Scalar(channels)
              c[i] += g * u[4 * j]
              c[16 + i] -= g * u[16 + 4 * j]
            }
          }
        })
    }
    let shape = [filters, channels, count]
    let real = Tensor<Scalar>(shape: shape, scalars: found.flatMap { $0.real })
    return isComplex ? [real, Tensor(shape: shape, scalars: found.flatMap { $0.imaginary })] : [real]
  }
}
