import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// The mean of SPSA draws against the exact gradient and the exact spread of a draw.
///
/// A draw multiplies L = g . d, up to the step's bias, by each random sign: component i is g_i + sum over j != i of g_j d_j d_i.
/// So its mean is g_i and its variance the sum of the other squared components, both known from the adjoint method.
struct PerturbationStatistics {
  static let draws = 20_000
  /// The bias h^2/6 d^3L, with third derivatives up to some 10^4 along all symbols at once, stays below 1e-6, and the rounding of
  /// L / h below 1e-9: both are far below the standard errors, some 1e-2.
  static let step = 1e-5
  static let bias = 1e-6

  /// A component of a gradient: its exact value, the standard error of the mean of the draws, and that mean.
  struct Component {
    let exact, standardError, mean: Double
    var deviations: Double { (mean - exact) / standardError }
  }

  static func components(_ model: RandomCircuit, seed: UInt64) throws -> [Component] {
    let function = try model.expectation()
    let (_, exact) = try function.valueWithGradient(
      features: model.features, parameters: model.parameters, cotangents: model.cotangents)
    let (_, estimate) = try function.valueWithGradient(
      features: model.features, parameters: model.parameters, cotangents: model.cotangents,
      method: .spsa(draws: draws, step: step, seed: seed))
    let everything = squares(exact.parameters) + squares(exact.features.elements)
    var result: [Component] = []
    for (place, value) in exact.parameters.enumerated() {
      let error = (max(0, everything - value * value) / Double(draws)).squareRoot()
      result.append(Component(exact: value, standardError: error, mean: estimate.parameters[place]))
      // The spread that the method reports is itself an estimate from the same draws, good to about 1 %.
      let reported = try #require(estimate.standardErrors)[place]
      #expect(abs(reported - error) < 0.05 * error + bias, "parameter \(place): \(error), reported \(reported)")
    }
    // The features of a sample see only its own part of the sum.
    for sample in 0..<model.features.rows {
      let row = sample..<sample + 1
      let (_, own) = try function.valueWithGradient(
        features: model.features.rows(row), parameters: model.parameters, cotangents: model.cotangents.rows(row))
      let everything = squares(own.parameters) + squares(own.features.elements)
      for (place, value) in own.features.elements.enumerated() {
        let error = (max(0, everything - value * value) / Double(draws)).squareRoot()
        result.append(Component(exact: value, standardError: error, mean: estimate.features[sample, place]))
      }
    }
    return result
  }

  private static func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }

  /// Of some 1100 components a correct method puts 6.3e-5 each, 0.07 together, beyond 4 standard errors: with a new seed this
  /// test would fail once in fourteen times. The chi-square statistic also notices what is too good or a little off everywhere.
  @Test func theMeanOfManyDrawsIsTheGradient() throws {
    var independent: [Double] = []
    var total = 0
    for index in 0..<GradientAgreement.count {
      let components = try Self.components(GradientAgreement.model(index, samples: index % 4 == 0 ? 2 : 1), seed: UInt64(index))
      for component in components {
        #expect(abs(component.mean - component.exact) <= 4 * component.standardError + Self.bias, "circuit \(index): \(component)")
      }
      total += components.count
      // One component a circuit: those of one circuit come from the same signs and are not independent.
      let chosen = components[index % components.count]
      if chosen.standardError > 100 * Self.bias { independent.append(chosen.deviations) }
    }
    #expect(total > 1000 && independent.count > 150, "\(total) components, \(independent.count) independent")
    let score = Statistics.chiSquareZScore(Self.squares(independent), freedom: independent.count)
    #expect(abs(score) < 4, "the chi-square statistic of \(independent.count) components lies \(score) standard deviations off")
  }
}
