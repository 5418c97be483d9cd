import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Mitigated values again and again: their scores against the truth are standard normal, so that error bars mean what they say.
struct MitigationCoverage {
  /// The mean of the scores is 0 and their squares add up as they should.
  private static func expectNormal(_ scores: [Double], _ what: String) {
    let count = Double(scores.count)
    #expect(abs(scores.reduce(0, +) / count.squareRoot()) < 4, "\(what): mean score \(scores.reduce(0, +) / count)")
    #expect(abs(Statistics.chiSquareZScore(scores.reduce(0) { $0 + $1 * $1 }, freedom: scores.count)) < 4, "\(what)")
  }

  static let noisy = MitigationLaws.circuit(noise: [.depolarizing(errorProbability: 0.04)])

  @Test(arguments: [MitigationLaws.observable, X(0) * Y(1) * Z(2) - 0.3 * Z(1) + 0.2])
  func distilledValuesAreThoseOfTheSquaredState(_ observable: PauliSum) throws {
    let density = try Self.noisy.density()
    let matrix = try ReferenceDensity(after: Self.noisy).matrix
    let square = matrix * matrix
    let expected = (observable.matrix(qubits: 3) * square).trace.real / square.trace.real
    #expect(abs(density.distilledExpectation(of: observable, copies: 2) - expected) < 1e-12)
    #expect(
      abs(density.distilledExpectation(of: observable, copies: 1) - (observable.matrix(qubits: 3) * matrix).trace.real) < 1e-12)
    var source = RandomSource(seed: 31)
    let scores = try (0..<60).map { _ in
      let estimate = try Self.noisy.estimateDistilled(of: observable, shots: 4000, using: &source)
      return (estimate.value - expected) / estimate.standardError
    }
    Self.expectNormal(scores, "\(observable)")
  }

  @Test func distillationComesCloserToTheNoiselessValue() throws {
    let ideal = try MitigationLaws.exact(MitigationLaws.circuit(noise: []))
    let density = try Self.noisy.density()
    let errors = (1...3).map { abs(density.distilledExpectation(of: MitigationLaws.observable, copies: $0) - ideal) }
    // More copies than two leave what the noise turned the leading eigenvector by.
    #expect(errors[1] < 0.3 * errors[0] && errors[2] < 0.3 * errors[0])
  }

  @Test func aPurityWithoutSignalIsAnError() {
    let mixed = Circuit(qubits: 4) { for qubit in 0..<4 { Depolarizing(mixing: 1, qubit) } }
    let error = #expect(throws: MitigationError.self) {
      var source = RandomSource(seed: 3)
      return try mixed.estimateDistilled(of: Z(0).pauliSum, shots: 20, using: &source)
    }
    #expect(error?.description.contains("too near 0 to divide by") == true)
  }

  @Test func cancelledErrorsScatterAsTheySay() throws {
    let noise: [Channel] = [.pauli(px: 0.01, py: 0.01, pz: 0.02)]
    let ideal = try MitigationLaws.exact(MitigationLaws.circuit(noise: []))
    var source = RandomSource(seed: 32)
    let scores = try (0..<30).map { _ in
      let estimate = try MitigationLaws.circuit(noise: noise)
        .estimateCancellingErrors(of: MitigationLaws.observable, runs: 300, using: &source).estimate
      return (estimate.value - ideal) / estimate.standardError
    }
    Self.expectNormal(scores, "cancellation")
  }

  /// A Bell pair in the basis of Z has even parity; flips of single qubits break it.
  @Test func verifiedSymmetriesScatterAsTheySay() throws {
    let circuit = Circuit(qubits: 3) {
      RY(0.8, 0)
      CX(0, 1)
      BitFlip(0.1, 0)
      BitFlip(0.15, 1)
      RY(0.5, 2)
    }
    let exact = try ReferenceDensity(after: circuit).probabilities
    let kept = exact.indices.filter { ($0 & 3).nonzeroBitCount.isMultiple(of: 2) }
    let share = kept.reduce(0) { $0 + exact[$1] }
    let expected = kept.reduce(0) { $0 + (($1 & 5).nonzeroBitCount.isMultiple(of: 2) ? exact[$1] : -exact[$1]) } / share
    var source = RandomSource(seed: 33)
    var scores: (value: [Double], share: [Double]) = ([], [])
    for _ in 0..<200 {
      let counts = try circuit.run(shots: 1000, using: &source).counts
      let (estimate, accepted) = try counts.verifiedParity(of: 5, symmetry: 3, isEven: true)
      scores.value.append((estimate.value - expected) / estimate.standardError)
      scores.share.append((accepted.value - share) / accepted.standardError)
    }
    Self.expectNormal(scores.value, "parity")
    Self.expectNormal(scores.share, "share")
    #expect(throws: MitigationError.self) {
      try OutcomeCounts([0, 3], width: 2).verifiedParity(of: 1, symmetry: 3, isEven: false)
    }
  }

  /// Qubits confused together and alone, from the device's shots to corrected values.
  @Test func correctedReadoutScattersAsItSays() throws {
    let readout = try ReadoutShotTests.readout()
    let correction = try ReadoutCorrection(readout, of: [0, 1, 2])
    let exact = try ReferenceDensity(after: ReadoutShotTests.bell).probabilities
    let parity = exact.enumerated().reduce(0) {
      $0 + (($1.offset & 3).nonzeroBitCount.isMultiple(of: 2) ? $1.element : -$1.element)
    }
    var source = RandomSource(seed: 34)
    var scores: (parity: [Double], quasi: [Double], unfolded: [Double]) = ([], [], [])
    for _ in 0..<100 {
      let settings = TrajectorySettings(readout: readout)
      let counts = try ReadoutShotTests.bell.run(shots: 2000, using: &source, settings: settings).counts
      let value = correction.parity(mask: 3, of: counts)
      scores.parity.append((value.value - parity) / value.standardError)
      let quasi = correction.quasiProbabilities(of: counts)[3]
      scores.quasi.append((quasi.value - exact[3]) / quasi.standardError)
      let unfolded = correction.unfolded(counts, using: &source)[3]
      scores.unfolded.append((unfolded.value - exact[3]) / unfolded.standardError)
    }
    Self.expectNormal(scores.parity, "parity")
    Self.expectNormal(scores.quasi, "quasi-probability")
    // A bootstrap of 50 resamples knows its error to a tenth.
    let spread = scores.unfolded.reduce(0) { $0 + $1 * $1 } / 100
    #expect(0.6 < spread && spread < 1.6 && abs(scores.unfolded.reduce(0, +)) < 50)
    #expect(throws: MitigationError.self) { try ReadoutCorrection(readout, of: [0, 1]) }
  }

  /// Training circuits whose exact values scatter about a line, and a noisy value with an error of its own.
  @Test func regressionCoversNewCircuits() throws {
    var source = RandomSource(seed: 35)
    let scores = try (0..<300).map { _ in
      let pairs = (0..<25).map { _ -> (noisy: Double, exact: Double) in
        let x = source.uniform(in: -0.6...0.6)
        return (x, 1.3 * x + 0.05 + 0.02 * source.normal())
      }
      let x = source.uniform(in: -0.6...0.6)
      let truth = 1.3 * x + 0.05 + 0.02 * source.normal()
      let estimate = try CliffordRegression(training: pairs)(Estimate(x + 0.01 * source.normal(), standardError: 0.01))
      return (estimate.value - truth) / estimate.standardError
    }
    let spread = scores.reduce(0) { $0 + $1 * $1 } / 300
    // With 23 degrees of freedom scores have Student's distribution, whose variance is 23/21.
    #expect(abs(spread - 23.0 / 21) < 4 * (2.5 / 300.0).squareRoot() && abs(scores.reduce(0, +)) < 4 * Double(300).squareRoot())
  }

  /// Noisy values with large errors of their own: the slope is that of the true values, and errors say how far off predictions are.
  @Test func regressionIsNotFlattenedByNoisyTraining() throws {
    var source = RandomSource(seed: 36)
    var slopes: [Double] = []
    let scores = try (0..<400).map { _ in
      let pairs = (0..<60).map { _ -> (noisy: Estimate, exact: Double) in
        let x = source.uniform(in: -0.6...0.6)
        return (Estimate(x + 0.12 * source.normal(), standardError: 0.12), 1.3 * x + 0.05 + 0.02 * source.normal())
      }
      let x = source.uniform(in: -0.6...0.6)
      let truth = 1.3 * x + 0.05 + 0.02 * source.normal()
      let regression = try CliffordRegression(training: pairs)
      slopes.append(regression.slope)
      let estimate = regression(Estimate(x + 0.05 * source.normal(), standardError: 0.05))
      return (estimate.value - truth) / estimate.standardError
    }
    let mean = slopes.reduce(0, +) / 400
    let deviation = (slopes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399).squareRoot()
    // Least squares would find 1.3 * 0.12 / (0.12 + 0.0144); the corrected slope has a bias of the order of 1/60.
    #expect(abs(mean - 1.3) < 4 * deviation / 20 + 0.01, "\(mean)")
    let spread = scores.reduce(0) { $0 + $1 * $1 } / 400
    #expect(0.8 < spread && spread < 1.25, "\(spread)")
    let lost = (0..<5).map { (noisy: Estimate(0.01 * Double($0), standardError: 0.1), exact: 0.1 * Double($0)) }
    #expect(throws: MitigationError.self) { try CliffordRegression(training: lost) }
  }
}
