import Foundation
import LinearAlgebra
import NeuralNetworks
import Randomness
import Testing

/// What the tests of the layers by Wang et al. share.
enum CreepIn {
  static func random(_ shape: [Int], seed: UInt64, deviation: Double = 1) -> Tensor<Double> {
    var random = RandomSource(seed: seed)
    return Initializer.normal(standardDeviation: deviation).tensor(shape: shape, fanIn: 1, fanOut: 1, random: &random)
  }

  /// `sum_k c_k P_k`, string by string.
  static func generator(_ coefficients: [Complex<Double>]) -> ComplexMatrix {
    let letters: [ComplexMatrix] = [
      .identity(2), [[0, 1], [1, 0]], [[0, Complex(0, -1)], [Complex(0, 1), 0]], [[1, 0], [0, -1]],
    ]
    var strings = letters
    while strings.count <= coefficients.count { strings = strings.flatMap { string in letters.map { string.kronecker($0) } } }
    return zip(coefficients, strings.dropFirst()).reduce(ComplexMatrix(rows: strings[0].rows, columns: strings[0].rows)) {
      $0 + $1.0 * $1.1
    }
  }

  /// The gradients by all parameters and inputs of a weighted sum of the outputs, against central differences.
  static func checkGradients(_ layer: some Layer<Double>, _ inputs: Tensor<Double>, tolerance: Double) throws {
    func output(_ layer: some Layer<Double>, _ inputs: Tensor<Double>) throws -> Double {
      let values = try layer(inputs, loop: .serial)
      return zip(values.scalars, 1...).reduce(0) { $0 + $1.0 * cos(Double($1.1)) }
    }
    let tape = Tape<Double>()
    let variable = tape.variable(inputs)
    let result = try layer.forward(variable, in: ForwardPass(tape: tape))
    let cotangent = Tensor<Double>(shape: result.shape, scalars: (1...result.value.count).map { cos(Double($0)) })
    let gradients = try tape.gradients(of: result, cotangent: cotangent)
    let (ofParameters, ofInputs) = (layer.vector(of: gradients), try #require(gradients[variable]))
    for index in ofParameters.indices {
      func moved(_ step: Double) throws -> Double {
        var copy = layer
        copy.parameterVector[index] += step
        return try output(copy, inputs)
      }
      let difference = (try moved(1e-5) - moved(-1e-5)) / 2e-5
      #expect(abs(difference - ofParameters[index]) <= tolerance * max(1, abs(difference)), "parameter \(index)")
    }
    for index in inputs.scalars.indices {
      var (above, below) = (inputs, inputs)
      above.scalars[index] += 1e-5
      below.scalars[index] -= 1e-5
      let difference = (try output(layer, above) - output(layer, below)) / 2e-5
      #expect(abs(difference - ofInputs.scalars[index]) <= tolerance * max(1, abs(difference)), "input \(index)")
    }
  }
}
