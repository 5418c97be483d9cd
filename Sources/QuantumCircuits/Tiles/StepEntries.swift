import LinearAlgebra
import QuantumStates

/// The matrix of a step and of its inverse for one sample: entries row by row, or (identity, word) of a Pauli rotation.
struct StepEntries {
  let forward: [Complex<Double>]
  let backward: [Complex<Double>]

  /// - Parameter tables: cosines and sines of the step's angles, in lane 0.
  init(_ step: Step, _ tables: AngleTables) {
    switch step.form {
    case .matrix(let parts):
      let dimension = step.dimension
      var product = Self.entries(of: parts[0], dimension: dimension, tables)
      for part in parts.dropFirst() {
        product = Self.product(Self.entries(of: part, dimension: dimension, tables), product, dimension: dimension)
      }
      forward = product
      backward = (0..<dimension * dimension).map { product[$0 % dimension * dimension + $0 / dimension].conjugate }
    case .pauliRotation(let angle):
      let (cosine, sine) = (tables.cosine(angle)[0], tables.sine(angle)[0])
      forward = [Complex(cosine), Complex(0, -sine)]
      backward = [Complex(cosine), Complex(0, sine)]
    case .diagonal(let entries): (forward, backward) = (entries, entries.map(\.conjugate))
    case .permutation, .preparation, .phases: (forward, backward) = ([], [])
    }
  }

  private static func entries(of part: Step.Part, dimension: Int, _ tables: AngleTables) -> [Complex<Double>] {
    switch part {
    case .fixed(let entries): return entries
    case .rotation(let generator, let square, _, let angle):
      // I + (cos - 1) G^2 - i sin G
      let (cosine, sine) = (tables.cosine(angle)[0], tables.sine(angle)[0])
      return generator.indices.map { at in
        let (g, g2) = (generator[at], square[at])
        return Complex(
          (at % (dimension + 1) == 0 ? 1 : 0) + (cosine - 1) * g2.real + sine * g.imaginary,
          (cosine - 1) * g2.imaginary - sine * g.real)
      }
    }
  }

  private static func product(_ a: [Complex<Double>], _ b: [Complex<Double>], dimension: Int) -> [Complex<Double>] {
    (0..<dimension * dimension).map { at in
      let (row, column) = (at / dimension, at % dimension)
      return (0..<dimension).reduce(Complex.zero) { $0 + a[row * dimension + $1] * b[$1 * dimension + column] }
    }
  }
}
