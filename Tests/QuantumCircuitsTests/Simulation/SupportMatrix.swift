import Foundation
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Every combination of state, noise, batch, shots and gradient method either gives the reference's numbers or a named error.
///
/// The findings are Documentation/SupportMatrix.md; `HILBERT_SLOW_TESTS=1 HILBERT_WRITE_DOCUMENTS=1 swift test -c
/// release --filter SupportMatrix` writes it.
struct SupportMatrix {
  typealias Noise = SimulationExamples.Noise

  struct Row: CustomStringConvertible {
    let method: SimulationMethod
    let noise: Noise
    let samples: Int
    let isShots: Bool
    var sampling: ExpectationSampling { isShots ? .shots(3000) : .states(trajectories: 600) }
    var description: String {
      "| \(method.rawValue) | \(noise.rawValue) | \(samples == 1 ? "one sample" : "batch") | \(isShots ? "shots" : "states") |"
    }
  }

  static let rows: [Row] = SimulationMethod.allCases.dropFirst().flatMap { method in
    Noise.allCases.flatMap { noise in
      [1, 3].flatMap { samples in
        [false, true].map { Row(method: method, noise: noise, samples: samples, isShots: $0) }
      }
    }
  }

  /// Column head and method; nil for values alone. Steps are large where values are drawn.
  static func gradients(_ row: Row, isExact: Bool) -> [(name: String, method: GradientMethod?)] {
    [
      ("values", nil), ("adjoint", .adjoint), ("two-term shift", .twoTermShift), ("general shift", .generalShift),
      ("differences", .finiteDifferences(step: isExact ? 1e-5 : 0.2)),
      ("SPSA", .spsa(draws: isExact ? 4000 : 60, step: isExact ? 1e-4 : 0.1, seed: 3)),
    ]
  }

  /// What a cell found: "exact", "± error", or the message of a named error.
  enum Finding: Equatable { case exact, estimate, refused(String) }

  static func finding(_ row: Row, _ place: Int) throws -> Finding {
    let simulation: Simulation
    do {
      simulation = try Simulation(
        of: SimulationExamples.observables, after: SimulationExamples.circuit(row.noise),
        under: SimulationExamples.model(row.noise), method: row.method, sampling: row.sampling)
    } catch let error as CompilationError {
      return .refused(try message(error))
    }
    #expect(simulation.method == row.method)
    let (_, method) = gradients(row, isExact: simulation.isExact)[place]
    let features = SimulationExamples.features.rows(0..<row.samples)
    let parameters = SimulationExamples.parameters(row.noise)
    let isTwirled = row.method == .pauliTwirled
    var source = RandomSource(seed: 2027, index: UInt64(place))
    let expected = try (0..<row.samples).map {
      try SimulationExamples.reference(row.noise, isTwirled: isTwirled, parameters: parameters, features: features.row($0))
    }
    do {
      let result: SimulationResult
      if let method {
        let (values, gradient) = try simulation.runWithGradient(
          features: features, parameters: parameters, cotangents: SimulationExamples.cotangents.rows(0..<row.samples),
          method: method, using: &source)
        result = values
        try check(gradient, row, method, isExact: simulation.isExact)
      } else {
        result = try simulation.run(features: features, parameters: parameters, using: &source)
      }
      #expect(result.method == row.method && (result.report != nil) == row.noise.hasModel)
      for (estimates, numbers) in zip(result.estimates, expected) {
        for (estimate, number) in zip(estimates, numbers) {
          // Trajectories without noise have no scatter.
          #expect((estimate.standardError == 0) == simulation.isExact || !row.noise.hasChannels && !row.isShots)
          #expect(abs(estimate.value - number) < 5 * estimate.standardError + 1e-10, "\(row): \(estimate), \(number)")
        }
      }
    } catch let error as CompilationError {
      return .refused(try message(error))
    }
    let isRandom = if case .spsa? = method { true } else { !simulation.isExact }
    return isRandom ? .estimate : .exact
  }

  private static func check(_ gradient: CircuitGradient, _ row: Row, _ method: GradientMethod, isExact: Bool) throws {
    // A difference quotient of large step is compared with that of the reference.
    let step: Double = if case .finiteDifferences(let step) = method { step } else { 1e-5 }
    let expected = try SimulationExamples.referenceGradient(
      row.noise, isTwirled: row.method == .pauliTwirled, samples: row.samples, step: step)
    let isPerturbed = if case .spsa = method { true } else { false }
    #expect(gradient.method == method)
    #expect((gradient.standardErrors != nil) == (isPerturbed || !isExact))
    // SPSA of a large step has a bias of its square.
    let slack = isPerturbed && !isExact ? 0.03 : isPerturbed ? 1e-6 : 1e-8
    for (place, value) in gradient.parameters.enumerated() {
      let error = gradient.standardErrors?[place] ?? 0
      #expect(
        abs(value - expected.parameters[place]) < 5 * error + slack, "\(row) \(method): \(value), \(expected.parameters[place])")
    }
    guard isExact && !isPerturbed || gradient.featureStandardErrors != nil else { return }
    for (place, value) in gradient.features.elements.enumerated() {
      let error = gradient.featureStandardErrors?.elements[place] ?? 0
      #expect(abs(value - expected.features[place]) < 5 * error + slack, "\(row) \(method): \(value), \(expected.features[place])")
    }
  }

  /// Only a setting that is refused by name counts; anything else is a hole.
  private static func message(_ error: CompilationError) throws -> String {
    guard case .unsupported = error else { throw error }
    return "\(error)"
  }

  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func everyCombinationWorksOrSaysWhyNot() throws {
    var (notes, lines) = ([String](), [String]())
    for row in Self.rows {
      var cells: [String] = []
      for place in Self.gradients(row, isExact: true).indices {
        switch try Self.finding(row, place) {
        case .exact: cells.append("exact")
        case .estimate: cells.append("±")
        case .refused(let message):
          if !notes.contains(message) { notes.append(message) }
          cells.append("error \(notes.firstIndex(of: message)! + 1)")
        }
      }
      lines.append("\(row) \(cells.joined(separator: " | ")) |")
    }
    let heads = ["state", "noise", "inputs", "read from"] + Self.gradients(Self.rows[0], isExact: true).map(\.name)
    let text = """
      # Which combinations work

      `Simulation` has five switches: the kind of state, noise, one sample or a batch, exact values of states or shots, and the gradient
      method. The tests run every combination on a circuit with weights, a feature and a noise strength, hold its numbers against Kronecker
      products and Kraus operators, and write this page (Tests/QuantumCircuitsTests/Simulation/SupportMatrix.swift). "exact" agrees to
      1e-10 (gradients to 1e-8), "±" comes with standard errors and lies within five of them, "error" is a `CompilationError` with the
      message below. `automatic` takes one of the four.

      | \(heads.joined(separator: " | ")) |
      |\(heads.map { _ in "---" }.joined(separator: "|"))|
      \(lines.joined(separator: "\n"))

      \(notes.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n"))

      """
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Documentation/SupportMatrix.md")
      .standardizedFileURL
    if ProcessInfo.processInfo.environment["HILBERT_WRITE_DOCUMENTS"] == "1" {
      try text.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == text, "write Documentation/SupportMatrix.md anew")
  }
}
