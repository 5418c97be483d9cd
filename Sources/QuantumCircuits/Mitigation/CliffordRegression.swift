import QuantumStates
import Randomness

/// A line from noisy to exact values, learned from circuits that are like the one of interest and easy to simulate.
///
/// Source: Czarnik, Arrasmith, Coles, Cincio, "Error mitigation with Clifford quantum-circuit data", 2021.
public struct CliffordRegression: Sendable, Hashable {
  /// exact = slope * noisy + intercept.
  public let slope: Double
  /// In units of the observable.
  public let intercept: Double
  private let slopeVariance: Double
  private let residualVariance: Double
  private let meanNoisy: Double
  private let count: Int

  /// - Parameter pairs: at least three training circuits, by noisy and by exact value.
  /// - Throws: `MitigationError.regression` for fewer pairs, or noisy values that are all alike.
  public init(training pairs: [(noisy: Double, exact: Double)]) throws(MitigationError) {
    guard pairs.count >= 3 else {
      throw .regression(reason: "\(pairs.count) training circuits, at least 3 give a line with an error")
    }
    let n = Double(pairs.count)
    let (x, y) = (pairs.reduce(0) { $0 + $1.noisy } / n, pairs.reduce(0) { $0 + $1.exact } / n)
    let spread = pairs.reduce(0) { $0 + ($1.noisy - x) * ($1.noisy - x) }
    guard spread > 1e-12 else { throw .regression(reason: "all training circuits have the noisy value \(x); draw others") }
    let slope = pairs.reduce(0) { $0 + ($1.noisy - x) * ($1.exact - y) } / spread
    let residual = pairs.reduce(0.0) { sum, pair in
      let difference = pair.exact - y - slope * (pair.noisy - x)
      return sum + difference * difference
    }
    self.slope = slope
    intercept = y - slope * x
    residualVariance = residual / (n - 2)
    slopeVariance = residualVariance / spread
    meanNoisy = x
    count = pairs.count
  }

  /// The mitigated value; its error holds that of the noisy value, of the line, and the scatter of the training circuits around it.
  public func callAsFunction(_ noisy: Estimate) -> Estimate {
    let distance = noisy.value - meanNoisy
    let own = slope * noisy.standardError
    let variance = own * own + residualVariance * (1 + 1 / Double(count)) + slopeVariance * distance * distance
    return Estimate(slope * noisy.value + intercept, standardError: variance.squareRoot())
  }
}

extension Circuit {
  /// A training circuit: all rotations by numbers but some go to a multiple of a quarter turn near them, drawn with weights
  /// `exp(-(distance / 0.5)^2)`.
  ///
  /// - Parameter kept: how many gates keep their angles; drawn.
  public func nearClifford(keeping kept: Int, using source: inout RandomSource) -> Circuit {
    let turned = instructions.indices.filter { place in
      let angles = instructions[place].angles
      return !instructions[place].isChannel && !angles.isEmpty && angles.allSatisfy { $0.constantValue != nil }
    }
    precondition(0...turned.count ~= kept, "Circuit.nearClifford: keeping \(kept) of \(turned.count) rotations by numbers")
    let keeps = Set(source.choose(kept, from: turned.count).map { turned[$0] })
    var result = Circuit(qubits: qubitCount, registers: registers)
    for (place, instruction) in instructions.enumerated() {
      guard turned.contains(place), !keeps.contains(place) else {
        result.append(instruction)
        continue
      }
      result.append(instruction.mappingConstants { Self.quarterTurn(near: $0, &source) })
    }
    return result
  }

  private static func quarterTurn(near angle: Double, _ source: inout RandomSource) -> Double {
    let base = (angle / (.pi / 2)).rounded(.down)
    let candidates = (-1...2).map { (base + Double($0)) * .pi / 2 }
    let weights = candidates.map { Double.exp(-(($0 - angle) / 0.5) * (($0 - angle) / 0.5)) }
    var left = source.uniform() * weights.reduce(0, +)
    for (candidate, weight) in zip(candidates, weights) {
      left -= weight
      if left < 0 { return candidate }
    }
    return candidates[1]
  }
}

extension Instruction {
  /// The instruction with the numbers of its angles replaced.
  fileprivate func mappingConstants(_ transform: (Double) -> Double) -> Instruction {
    var result = self
    switch kind {
    case .gate(let gate, let angles): result.kind = .gate(gate, angles: angles.map { Angle(transform($0.constantValue!)) })
    case .pauliRotation(let word, let angle): result.kind = .pauliRotation(word, Angle(transform(angle.constantValue!)))
    default: break
    }
    return result
  }
}
