import LinearAlgebra
import QuantumCircuits

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension CircuitFunction {
  /// Fourier coefficients of the outputs along a line of features, `f(point + t direction) = sum_k c_k e^{ikt}`.
  ///
  /// Rotations by a feature make f a trigonometric polynomial: each whose angle is the feature adds one to the degree along a
  /// direction that moves this feature at speed 1. Coefficients are exact where the degree is at most the one that is asked for;
  /// higher frequencies would be folded into lower ones. f is real, so `c_{-k}` is the conjugate of `c_k`.
  ///
  /// - Parameters:
  ///   - parameters: `parameterCount` numbers.
  ///   - point: `featureCount` numbers.
  ///   - direction: whole numbers, the speeds of the features; frequencies are no whole numbers otherwise.
  ///   - degree: the highest frequency.
  /// - Returns: shape outputs x (degree + 1), the coefficients of k = 0, 1, ...
  /// - Complexity: 2 degree + 1 runs of the circuit.
  ///
  /// Source: Schuld, Sweke, Meyer, "Effect of data encoding on the expressive power of variational quantum-machine-learning
  /// models", 2021.
  public func fourierCoefficients(
    parameters: [Double], point: [Double], direction: [Int], degree: Int
  ) throws(CompilationError) -> ComplexMatrix {
    precondition(
      point.count == featureCount && direction.count == featureCount && degree >= 0,
      "fourierCoefficients: a point of \(point.count) and a direction of \(direction.count) numbers for \(featureCount) features")
    let count = 2 * degree + 1
    let times = (0..<count).map { 2 * Double.pi * Double($0) / Double(count) }
    let rows = times.flatMap { time in zip(point, direction).map { $0 + time * Double($1) } }
    let outputs = try values(
      features: RealMatrix(rows: count, columns: featureCount, elements: rows), parameters: parameters)
    var coefficients = ComplexMatrix(rows: outputCount, columns: degree + 1)
    for output in 0..<outputCount {
      for frequency in 0...degree {
        var sum = Complex<Double>.zero
        for (place, time) in times.enumerated() {
          let phase = -Double(frequency) * time
          sum += Complex(cos(phase), sin(phase)) * Complex(outputs[place, output])
        }
        coefficients[output, frequency] = sum / Complex(Double(count))
      }
    }
    return coefficients
  }
}
