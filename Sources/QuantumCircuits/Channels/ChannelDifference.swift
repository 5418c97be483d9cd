import LinearAlgebra
import QuantumStates

/// The derivative of a channel by one of its strengths as a difference of two channels, `dE/ds = scale (E+ - E-)`.
///
/// So a noise strength has a two-term rule like the angle of a rotation: two circuits with other channels in one place, which a
/// simulator or a device can run.
///
/// The derivative is Hermitian, and takes every state to something of trace 0. Its Choi matrix is split into its positive and its
/// negative part, `D+ - D-`; because traces cancel both have the same `M = Σ A†A` over their Kraus operators A. With c the largest
/// eigenvalue of M, both become channels when divided by c and completed by the operator `√(1 - M/c)`.
struct ChannelDifference {
  /// The c of the rule; 0 where the derivative vanishes.
  let scale: Double
  let plus: Channel
  let minus: Channel

  /// The rule at given values of the strengths.
  ///
  /// - Throws: `ChannelError.strengths` where the channel has no finite derivative, such as amplitude damping at 1.
  init(_ channel: Channel, strength: Int, at values: [Double]) throws(ChannelError) {
    let entries = channel.withArguments.transferEntries
    let size = 1 << (2 * channel.qubitCount)
    var derivative = RealMatrix(rows: size, columns: size)
    for entry in entries {
      let slope = entry.value.derivative(withRespectTo: .parameter(strength)).value(parameters: values)
      guard slope.isFinite else {
        throw .strengths(
          channel: channel.name,
          reason:
            "the derivative by \(channel.strengthNames[strength]) is not finite at \(values[strength]); keep away from the end")
      }
      derivative[entry.row, entry.column] += slope
    }
    let dimension = 1 << channel.qubitCount
    let choi = Channel.choi(transfer: derivative, channel.qubitCount)
    do {
      let eigen = try choi.hermitianEigen()
      func operators(_ sign: Double) -> [ComplexMatrix] {
        eigen.values.indices.filter { sign * eigen.values[$0] > 1e-13 }.map { index in
          var matrix = ComplexMatrix(rows: dimension, columns: dimension)
          let root = Complex((sign * eigen.values[index]).squareRoot())
          for column in 0..<dimension {
            for row in 0..<dimension { matrix[row, column] = root * eigen.vectors[column * dimension + row, index] }
          }
          return matrix
        }
      }
      let (positive, negative) = (operators(1), operators(-1))
      let zero = ComplexMatrix(rows: dimension, columns: dimension)
      let sum = try positive.reduce(zero) { $0 + $1.adjoint * $1 }.hermitianEigen()
      let largest = sum.values[dimension - 1]
      guard largest > 1e-13 else {
        scale = 0
        (plus, minus) = (channel, channel)
        return
      }
      let rest =
        sum.vectors
        * .diagonal(sum.values.map { Complex(max(0, 1 - $0 / largest).squareRoot()) }) * sum.vectors.adjoint
      func completed(_ operators: [ComplexMatrix], _ name: String) throws(ChannelError) -> Channel {
        let scaled = operators.map { Complex(1 / largest.squareRoot()) * $0 }
        return try Channel(kraus: scaled + (rest.maximumMagnitude > 1e-7 ? [rest] : []), name: name, tolerance: 1e-6)
      }
      scale = largest
      plus = try completed(positive, channel.name + "+")
      minus = try completed(negative, channel.name + "-")
    } catch let error as ChannelError {
      throw error
    } catch let error as LinearAlgebraError {
      throw .linearAlgebra(error)
    } catch {
      preconditionFailure("ChannelDifference: \(error)")
    }
  }
}
