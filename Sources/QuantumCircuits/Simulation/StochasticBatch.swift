import LinearAlgebra
import QuantumStates
import Randomness

/// A batch of inputs for a simulation that draws: estimates of values and gradients.
///
/// Every run has a sequence of its own, keyed by sample and by what the run is for, so that nothing depends on the order of work.
struct StochasticBatch {
  private let simulation: Simulation
  private let features: RealMatrix
  private let parameters: [Double]
  private let seed: UInt64
  private let circuits: [Circuit]

  init(_ simulation: Simulation, features: RealMatrix, parameters: [Double], seed: UInt64) throws(CompilationError) {
    let circuit = simulation.circuit
    try CompilationError.check(
      parameters: parameters, features: features, parameterCount: circuit.parameterCount, featureCount: circuit.featureCount)
    try CompilationError.checkAngles(
      circuit.instructions.lazy.flatMap(\.angles), parameters: parameters, features: features, derivatives: .none)
    (self.simulation, self.features, self.parameters, self.seed) = (simulation, features, parameters, seed)
    var circuits: [Circuit] = []
    for row in 0..<features.rows {
      try Self.checkStrengths(circuit, parameters, features.row(row), row)
      circuits.append(circuit.bound(parameters: parameters, features: features.row(row)))
    }
    self.circuits = circuits
  }

  private static func checkStrengths(
    _ circuit: Circuit, _ parameters: [Double], _ features: [Double], _ row: Int
  ) throws(CompilationError) {
    func check(_ instructions: some Sequence<Instruction>) throws(CompilationError) {
      for instruction in instructions {
        try check(instruction.blocks.joined())
        guard case .channel(let channel) = instruction.kind else { continue }
        do { _ = try channel.values(parameters: parameters, features: features) } catch { throw .channel(error, row: row) }
      }
    }
    try check(circuit.instructions)
  }

  /// - Parameter run: what the run is for; 0 is for values.
  private func estimates(
    _ observables: [PauliSum], _ circuit: Circuit, sample: Int, run: Int
  ) throws(CompilationError) -> [Estimate] {
    var source = RandomSource(seed: seed, stream: UInt64(run), index: UInt64(sample))
    return try simulation.estimates(of: observables, after: circuit, using: &source)
  }

  /// Samples x observables.
  func estimates() throws(CompilationError) -> [[Estimate]] {
    var result: [[Estimate]] = []
    for (sample, circuit) in circuits.enumerated() {
      result.append(try estimates(simulation.observables, circuit, sample: sample, run: 0))
    }
    return result
  }

  /// The observables of a sample, weighted and added up: so correlations between them are part of the standard error.
  private func weighted(_ weights: [Double], _ sample: Int) -> PauliSum {
    let count = simulation.observables.count
    return PauliSum(
      simulation.observables.enumerated().flatMap { index, observable in
        observable.terms.map { PauliSum.Term(weights[sample * count + index] * $0.coefficient, $0.word) }
      })
  }

  // MARK: - Gradients

  func gradient(weights: [Double], method: GradientMethod) throws(CompilationError) -> CircuitGradient {
    switch method {
    case .adjoint:
      throw .unsupported(
        method: "The adjoint method",
        reason: "the values are estimates from \(simulation.sampling.shots == nil ? "trajectories" : "shots"); use generalShift")
    case .twoTermShift, .generalShift: return try shiftGradient(weights, method)
    case .finiteDifferences(let step):
      try check(step, of: "Central differences")
      return try differenceGradient(weights, step, method)
    case .spsa(let draws, let step, let seed):
      try check(step, of: "SPSA")
      guard draws >= 2 else { throw .unsupported(method: "SPSA", reason: "\(draws) draws give no standard error") }
      return try perturbationGradient(weights, draws: draws, step: step, seed: seed, method)
    }
  }

  /// A difference quotient divides the noise of its values by the step: the error of cubic terms, step^2, balances it at
  /// draws^(-1/6).
  private func check(_ step: Double, of what: String) throws(CompilationError) {
    let least = 0.1 * Double.pow(Double(simulation.sampling.draws), -1.0 / 6)
    guard step >= least, step.isFinite else {
      throw .unsupported(
        method: what,
        reason: "the step \(step) would amplify the noise of \(simulation.sampling); take at least \(least), or generalShift")
    }
  }

  private func shiftGradient(_ weights: [Double], _ method: GradientMethod) throws(CompilationError) -> CircuitGradient {
    let observables = circuits.indices.map { weighted(weights, $0) }
    let (sums, evaluations) = try ShiftSums.byShifts(
      of: simulation.circuit, parameters: parameters, features: features, isTwoTerm: method == .twoTermShift
    ) { circuit, sample, run throws(CompilationError) in
      try estimates([observables[sample]], circuit, sample: sample, run: run)[0]
    }
    return gradient(sums, method, evaluations: evaluations)
  }

  private func gradient(_ sums: ShiftSums, _ method: GradientMethod, evaluations: Int) -> CircuitGradient {
    let (rows, columns) = (circuits.count, simulation.circuit.featureCount)
    let errors = sums.standardErrors
    return CircuitGradient(
      parameters: sums.gradients.parameters, features: RealMatrix(rows: rows, columns: columns, elements: sums.gradients.features),
      method: method, evaluations: evaluations, standardErrors: errors.parameters,
      featureStandardErrors: RealMatrix(rows: rows, columns: columns, elements: errors.features), stateRecovery: nil)
  }

  /// The weighted value of a sample with its inputs moved.
  private func value(
    _ observable: PauliSum, sample: Int, parameters: [Double], features: [Double], run: Int
  ) throws(CompilationError) -> Estimate {
    try Self.checkStrengths(simulation.circuit, parameters, features, sample)
    let circuit = simulation.circuit.bound(parameters: parameters, features: features)
    return try estimates([observable], circuit, sample: sample, run: run)[0]
  }

  private func differenceGradient(
    _ weights: [Double], _ step: Double, _ method: GradientMethod
  ) throws(CompilationError) -> CircuitGradient {
    var sums = ShiftSums(
      parameterCount: simulation.circuit.parameterCount, featureCount: simulation.circuit.featureCount, samples: circuits.count)
    let width = parameters.count + features.columns
    for sample in circuits.indices {
      let (row, observable) = (features.row(sample), weighted(weights, sample))
      for place in 0..<width {
        var ends: [Estimate] = []
        for sign in [1.0, -1] {
          var inputs = parameters + row
          inputs[place] += sign * step
          ends.append(
            try value(
              observable, sample: sample, parameters: Array(inputs.prefix(parameters.count)),
              features: Array(inputs.dropFirst(parameters.count)), run: 1 + 2 * place + ends.count))
        }
        let error =
          (ends[0].standardError * ends[0].standardError + ends[1].standardError * ends[1].standardError) / (4 * step * step)
        sums.add(
          (ends[0].value - ends[1].value) / (2 * step), variance: error,
          at: place < parameters.count ? .parameter(place) : .feature(place - parameters.count), parameters: parameters,
          features: row, sample: sample)
      }
    }
    return gradient(sums, method, evaluations: 1 + 2 * width)
  }

  /// As `CircuitFunction` does it, one sample and draw after another; parameters share their signs over the samples of a draw.
  private func perturbationGradient(
    _ weights: [Double], draws: Int, step: Double, seed: UInt64, _ method: GradientMethod
  ) throws(CompilationError) -> CircuitGradient {
    var all: [[Double]] = []
    for draw in 0..<draws {
      var source = RandomSource(seed: seed, stream: 0x5350_5341, index: UInt64(draw))
      let shared = parameters.map { _ in source.sign() }
      var (total, slopes): (Double, [Double]) = (0, [])
      for sample in circuits.indices {
        let (row, observable) = (features.row(sample), weighted(weights, sample))
        let own = row.map { _ in source.sign() }
        var ends: [Double] = []
        for sign in [step, -step] {
          ends.append(
            try value(
              observable, sample: sample, parameters: zip(parameters, shared).map { $0 + sign * $1 },
              features: zip(row, own).map { $0 + sign * $1 }, run: 1 + 2 * draw + ends.count
            ).value)
        }
        let slope = (ends[0] - ends[1]) / (2 * step)
        total += slope
        slopes += own.map { slope * $0 }
      }
      all.append(shared.map { total * $0 } + slopes)
    }
    let columns = (0..<(all.first?.count ?? 0)).map { place in
      Estimate(
        count: draws, sum: all.reduce(0) { $0 + $1[place] }, squares: all.reduce(0) { $0 + $1[place] * $1[place] })
    }
    let (own, rest) = (columns.prefix(parameters.count), columns.dropFirst(parameters.count))
    func matrix(_ elements: [Double]) -> RealMatrix {
      RealMatrix(rows: circuits.count, columns: features.columns, elements: elements)
    }
    return CircuitGradient(
      parameters: own.map(\.value), features: matrix(rest.map(\.value)), method: method, evaluations: 1 + 2 * draws,
      standardErrors: own.map(\.standardError), featureStandardErrors: matrix(rest.map(\.standardError)), stateRecovery: nil)
  }
}
