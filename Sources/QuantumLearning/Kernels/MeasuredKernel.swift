import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

/// What an outcome of a compute-uncompute circuit counts for, by how many of its bits are 1.
public enum OutcomeWeighting: Sendable, Hashable {
  /// 1 for |0...0> alone: the fidelity.
  case allZero
  /// 1 for outcomes with at most so many ones, so that a few flipped bits do no harm.
  ///
  /// Source: Agliardi et al., "Mitigating exponential concentration in covariant quantum kernels for subspace and real-world data",
  /// 2024.
  case bitFlipTolerant(Int)
  /// 1 - (ones)/(qubits): the mean share of qubits found in |0>, which does not vanish as their number grows.
  ///
  /// Source: the idea is that of Agnihotri et al., "Support vector machine with a scalable quantum kernel", 2026; the weights are
  /// ours.
  case hamming

  /// The weight of outcomes with so many ones.
  public func weight(ones: Int, qubits: Int) -> Double {
    switch self {
    case .allZero: ones == 0 ? 1 : 0
    case .bitFlipTolerant(let distance): ones <= distance ? 1 : 0
    case .hamming: 1 - Double(ones) / Double(qubits)
    }
  }
}

/// A fidelity kernel as a device measures it: `K(x, z) = sum_b w(|b|) P(b)` over the outcomes b of `U(z)† U(x)` on |0...0>.
///
/// Noise, shots and weights are independent of each other. Without any of them K is that of `FidelityKernel`. Probabilities are
/// exact; shots draw counts from them, keyed by the two samples, so that a pair has the same value wherever it is asked for. Where
/// the weights count more than one outcome, P is the mean of both orders of the pair, which makes K symmetric. The diagonal is 1.
///
/// ```swift
/// let kernel = try MeasuredKernel(featureMap: map, shots: 50_000, seed: 1)
/// ```
/// Source: Havlíček et al., "Supervised learning with quantum-enhanced feature spaces", 2019.
public struct MeasuredKernel: Kernel {
  /// Shots for each pair; nil for the exact probabilities.
  public let shots: Int?
  /// What outcomes count for.
  public let weighting: OutcomeWeighting
  /// The root of the draws.
  public let seed: UInt64
  private let pair: PairCircuit
  private let outcomes: CircuitFunction?
  private let readout: ReadoutError?
  /// Where the fidelity is all that is asked for, each sample is simulated once.
  private let exact: FidelityKernel?
  private let qubitCount: Int

  /// - Parameters:
  ///   - noise: what the device adds to the compute-uncompute circuit, errors of readout included.
  /// - Throws: `CompilationError` for a map without inverse, and for states that do not fit in memory.
  public init(
    featureMap: Circuit, weighting: OutcomeWeighting = .allZero, noise: NoiseModel? = nil, shots: Int? = nil, seed: UInt64 = 0,
    precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) {
    precondition(shots.map { $0 >= 1 } ?? true, "MeasuredKernel: \(shots ?? 0) shots, at least 1")
    (self.shots, self.weighting, self.seed) = (shots, weighting, seed)
    qubitCount = featureMap.qubitCount
    pair = try PairCircuit(featureMap)
    if weighting == .allZero, noise == nil {
      exact = try FidelityKernel(featureMap: featureMap, precision: precision, loop: loop, level: level)
      (outcomes, readout) = (nil, nil)
      return
    }
    exact = nil
    var circuit = pair.circuit
    if let noise {
      do {
        let noisy = try noise.applied(to: circuit)
        (circuit, readout) = (noisy.circuit, noisy.readout)
      } catch {
        throw .circuit(error)
      }
    } else {
      readout = nil
    }
    outcomes = try .probabilities(
      of: Array(0..<circuit.qubitCount), after: circuit, precision: precision, loop: loop, level: level)
  }

  /// - Complexity: with shots alone as `FidelityKernel`; with noise or other weights one run of the pair's circuit for each pair.
  public func matrix(_ new: RealMatrix, against training: RealMatrix) throws(CompilationError) -> RealMatrix {
    try pair.check(new, training)
    if let exact {
      let fidelities = try exact.matrix(new, against: training)
      return RealMatrix(
        rows: new.rows, columns: training.rows,
        elements: (0..<new.rows * training.rows).map { place in
          let (i, j) = (place / training.rows, place % training.rows)
          return drawn([fidelities.elements[place], 1 - fidelities.elements[place]], new.row(i), training.row(j))
        })
    }
    let pairs = (0..<new.rows).flatMap { i in (0..<training.rows).map { (i, $0) } }
    return RealMatrix(rows: new.rows, columns: training.rows, elements: try values(pairs, new, training))
  }

  public func gramMatrix(_ features: RealMatrix) throws(CompilationError) -> RealMatrix {
    try pair.check(features, features)
    var gram = RealMatrix.identity(features.rows)
    let pairs = (0..<features.rows).flatMap { i in (0..<i).map { (i, $0) } }
    var entries: [Double]
    if let exact {
      let fidelities = try exact.gramMatrix(features)
      entries = pairs.map { i, j in drawn([fidelities[i, j], 1 - fidelities[i, j]], features.row(i), features.row(j)) }
    } else {
      entries = try values(pairs, features, features)
    }
    for ((i, j), value) in zip(pairs, entries) { (gram[i, j], gram[j, i]) = (value, value) }
    return gram
  }

  /// The kernel of some pairs, a group at a time so that memory does not grow with their number.
  private func values(_ pairs: [(Int, Int)], _ left: RealMatrix, _ right: RealMatrix) throws(CompilationError) -> [Double] {
    let group = max(16, (1 << 20) >> qubitCount)
    var result: [Double] = []
    result.reserveCapacity(pairs.count)
    for start in stride(from: 0, to: pairs.count, by: group) {
      let chosen = Array(pairs[start..<min(start + group, pairs.count)])
      var classes = try onesDistributions(pair.features(chosen, left, right))
      // Noise and weights make a difference to which of two samples comes first: the mean of both orders has no first one.
      let reversed = try onesDistributions(pair.features(chosen.map { ($1, $0) }, right, left))
      for (place, other) in reversed.enumerated() {
        for ones in other.indices { classes[place][ones] = (classes[place][ones] + other[ones]) / 2 }
      }
      for (place, (i, j)) in chosen.enumerated() { result.append(drawn(classes[place], left.row(i), right.row(j))) }
    }
    return result
  }

  /// For each pair the probabilities of 0, 1, ... ones.
  private func onesDistributions(_ features: RealMatrix) throws(CompilationError) -> [[Double]] {
    let probabilities = try outcomes!.values(features: features)
    return (0..<features.rows).map { row in
      var outcomes = probabilities.row(row)
      if let readout { outcomes = readout.applied(to: outcomes, of: Array(0..<qubitCount)) }
      var classes = [Double](repeating: 0, count: qubitCount + 1)
      for (outcome, probability) in outcomes.enumerated() { classes[outcome.nonzeroBitCount] += probability }
      return classes
    }
  }

  /// The weighted sum of the classes, or of counts drawn from them.
  private func drawn(_ classes: [Double], _ left: [Double], _ right: [Double]) -> Double {
    func weight(_ ones: Int) -> Double { weighting.weight(ones: ones, qubits: qubitCount) }
    guard let shots else { return classes.indices.reduce(0) { $0 + weight($1) * classes[$1] } }
    var source = RandomSource(seed: seed, stream: Self.stream, index: Self.index(left, right))
    var (sum, left, rest) = (0.0, shots, 1.0)
    for (ones, probability) in classes.enumerated() where left > 0 {
      let share = rest > 0 ? min(1, max(0, probability / rest)) : 1
      let count = ones == classes.count - 1 ? left : source.binomial(trials: left, probability: share)
      sum += weight(ones) * Double(count)
      (left, rest) = (left - count, rest - probability)
    }
    return sum / Double(shots)
  }

  private static let stream: UInt64 = 0x4B45_524E_0001

  /// A number for a pair, the same in either order.
  private static func index(_ left: [Double], _ right: [Double]) -> UInt64 {
    let (a, b) = (FNV1a.key(ofSample: left), FNV1a.key(ofSample: right))
    return (min(a, b) &* 0x9E37_79B9_7F4A_7C15) ^ max(a, b)
  }
}

extension MeasuredKernel {
  /// The compute-uncompute circuit of one pair, for those who want to run it shot by shot.
  public func circuit(_ first: [Double], _ second: [Double]) -> Circuit {
    let features = pair.features([(0, 0)], RealMatrix([first]), RealMatrix([second]))
    return pair.circuit.bound(features: features.row(0))
  }
}
