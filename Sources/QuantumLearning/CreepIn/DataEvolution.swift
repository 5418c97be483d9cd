import LinearAlgebra
import NeuralNetworks

/// The evolution `exp(i S / L)` under one sample's numbers, by the spectrum S = Q diag(v) Q^T.
struct DataEvolution: Sendable {
  private let spectrum: HermitianEigen<Double>
  private let repetitions: Int
  private let cosines: [Double]
  private let sines: [Double]

  private var dimension: Int { cosines.count }

  /// - Returns: nil for numbers that are not finite.
  init?<Scalar: TensorScalar>(_ inputs: Tensor<Scalar>, sample: Int, dimension: Int, repetitions: Int) {
    let count = inputs.shape[1]
    var elements = [Double](repeating: 0, count: dimension * dimension)
    for k in 0..<count {
      let half = Double(inputs.scalars[sample * count + k]) / 2
      let (row, column) = (k / dimension, k % dimension)
      elements[row * dimension + column] += half
      elements[column * dimension + row] += half
    }
    let matrix = RealMatrix(rows: dimension, columns: dimension, elements: elements)
    guard let spectrum = try? matrix.symmetricEigen() else { return nil }
    self.spectrum = spectrum
    self.repetitions = repetitions
    cosines = spectrum.values.map { .cos($0 / Double(repetitions)) }
    sines = spectrum.values.map { .sin($0 / Double(repetitions)) }
  }

  /// `state <- exp(i S / L) state`, and the state before it in the eigenbasis.
  ///
  /// - Shape: rows of real parts and imaginary parts.
  func evolve(_ spectral: UnsafeMutablePointer<Double>, _ state: UnsafeMutablePointer<Double>) {
    turn(state, transpose: true, into: spectral)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * dimension) { turned in
      let (d, turned) = (dimension, turned.baseAddress!)
      for k in 0..<d {
        turned[k] = cosines[k] * spectral[k] - sines[k] * spectral[d + k]
        turned[d + k] = cosines[k] * spectral[d + k] + sines[k] * spectral[k]
      }
      turn(turned, transpose: false, into: state)
    }
  }

  /// `costate <- exp(-i S / L) costate`, and the costate before it in the eigenbasis.
  func evolveBack(_ spectral: UnsafeMutablePointer<Double>, _ costate: UnsafeMutablePointer<Double>) {
    turn(costate, transpose: true, into: spectral)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * dimension) { turned in
      let (d, turned) = (dimension, turned.baseAddress!)
      for k in 0..<d {
        turned[k] = cosines[k] * spectral[k] + sines[k] * spectral[d + k]
        turned[d + k] = cosines[k] * spectral[d + k] - sines[k] * spectral[k]
      }
      turn(turned, transpose: false, into: costate)
    }
  }

  /// The derivative by the entries of M, where S = (M + M^T) / 2, row by row.
  ///
  /// With a and b a state and a costate in the eigenbasis, `d loss = sum_l Re(conj(b_p) F_pq a_q (Q^T dS Q)_pq)`, F the divided
  /// differences of `e^{i v / L}`.
  ///
  /// - Parameter pairs: for each repetition the state before and the costate after the evolution, in the eigenbasis.
  func gradient(_ pairs: [(state: ArraySlice<Double>, costate: ArraySlice<Double>)]) -> [Double] {
    let d = dimension
    // Rows: costate real, costate imaginary; and what they meet for the real and the imaginary part of conj(b_p) a_q.
    let costates = Tensor<Double>(shape: [2 * pairs.count, d], scalars: pairs.flatMap { $0.costate })
    let states = Tensor<Double>(shape: [2 * pairs.count, d], scalars: pairs.flatMap { $0.state })
    let turned = Tensor<Double>(
      shape: [2 * pairs.count, d],
      scalars: pairs.flatMap { pair in
        Array(pair.state.suffix(d)) + pair.state.prefix(d).map { -$0 }
      })
    let real = Tensor<Double>.product(costates, states, transposeA: true).scalars
    let imaginary = Tensor<Double>.product(costates, turned, transposeA: true).scalars
    var inner = [Double](repeating: 0, count: d * d)
    let (values, step) = (spectrum.values, Double(repetitions))
    for p in 0..<d {
      for q in 0..<d {
        let distance = values[p] - values[q]
        let (x, y): (Double, Double)
        if abs(distance) < 1e-5 * step {
          let middle = (values[p] + values[q]) / (2 * step)
          (x, y) = (-Double.sin(middle) / step, Double.cos(middle) / step)
        } else {
          (x, y) = ((cosines[p] - cosines[q]) / distance, (sines[p] - sines[q]) / distance)
        }
        inner[p * d + q] = x * real[p * d + q] - y * imaginary[p * d + q]
      }
    }
    let vectors = Tensor<Double>(shape: [d, d], scalars: spectrum.vectors.elements)
    let left = Tensor<Double>.product(vectors, Tensor(shape: [d, d], scalars: inner))
    let outer = Tensor<Double>.product(left, vectors, transposeB: true).scalars
    var result = [Double](repeating: 0, count: d * d)
    for row in 0..<d { for column in 0..<d { result[row * d + column] = (outer[row * d + column] + outer[column * d + row]) / 2 } }
    return result
  }

  /// Real and imaginary parts by Q or its transpose.
  private func turn(_ source: UnsafePointer<Double>, transpose: Bool, into target: UnsafeMutablePointer<Double>) {
    let d = dimension
    spectrum.vectors.elements.withUnsafeBufferPointer { vectors in
      for part in [0, d] {
        BLAS.gemv(transpose: transpose, rows: d, columns: d, a: vectors.baseAddress!, lda: d, x: source + part, y: target + part)
      }
    }
  }
}
