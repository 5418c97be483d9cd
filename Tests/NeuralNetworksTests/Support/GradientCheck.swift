import NeuralNetworks
import Randomness
import Testing

/// Compares the tape's gradient with central differences, input by input, in double precision.
///
/// The output is weighed with fixed random numbers, so that every entry of the Jacobian takes part.
func checkGradients(
  of operation: ([Variable<Double>]) throws -> Variable<Double>, at points: [Tensor<Double>], tolerance: Double = 1e-7,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let step = 1e-5
  func output(_ points: [Tensor<Double>]) throws -> Tensor<Double> {
    let tape = Tape<Double>(isRecording: false)
    return try operation(points.map { tape.constant($0) }).value
  }
  let tape = Tape<Double>()
  let variables = points.map { tape.variable($0) }
  let result = try operation(variables)
  let weights: Tensor<Double> = randomTensor(result.shape, seed: 99)
  let gradients = try tape.gradients(of: result, cotangent: weights)
  for (index, point) in points.enumerated() {
    let gradient = try #require(gradients[variables[index]], sourceLocation: sourceLocation)
    #expect(gradient.shape == point.shape, sourceLocation: sourceLocation)
    for entry in point.scalars.indices {
      var (above, below) = (points, points)
      above[index].scalars[entry] += step
      below[index].scalars[entry] -= step
      let difference = try (weights * (output(above) - output(below))).sum().scalar / (2 * step)
      let error = abs(gradient.scalars[entry] - difference)
      #expect(
        error <= tolerance * max(1, abs(difference)),
        "input \(index), entry \(entry): tape \(gradient.scalars[entry]), differences \(difference)",
        sourceLocation: sourceLocation)
    }
  }
}

/// Numbers uniform on an interval, away from the kinks of ReLU and its kin.
func randomTensor<Scalar: TensorScalar>(
  _ shape: [Int], seed: UInt64, in range: ClosedRange<Double> = -1...1, apartFromZero gap: Double = 1e-3
) -> Tensor<Scalar> {
  var random = RandomSource(seed: seed)
  return Tensor(
    shape: shape,
    scalars: (0..<shape.reduce(1, *)).map { _ in
      var x = random.uniform(in: range)
      while abs(x) < gap { x = random.uniform(in: range) }
      return Scalar(x)
    })
}

/// Whether two tensors agree entry by entry.
func expectClose<Scalar: TensorScalar>(
  _ found: Tensor<Scalar>, _ expected: Tensor<Scalar>, tolerance: Double = 1e-12,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.shape == expected.shape, sourceLocation: sourceLocation)
  for (index, (x, y)) in zip(found.scalars, expected.scalars).enumerated() {
    #expect(
      abs(Double(x) - Double(y)) <= tolerance * max(1, abs(Double(y))), "entry \(index): found \(x), expected \(y)",
      sourceLocation: sourceLocation)
  }
}
