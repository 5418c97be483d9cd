import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// The channel that a circuit is, from 4^n prepared states and measurements in all 3^n products of bases.
///
/// Linear inversion: products of |0>, |1>, |+> and |+i> span all matrices, so that the Pauli transfer matrix `R_ij = tr(P_i
/// E(P_j))/d` is a sum of measured expectations. The process fidelity with the ideal circuit, `tr(R_ideal^T R)/d^2`, is linear in
/// them too and read without bias. Then the nearest channel: Dykstra's projections on the completely positive and the
/// trace-preserving maps in turn. Errors of preparation and readout count as errors of the circuit.
///
/// Source: Chuang, Nielsen, "Prescription for experimental determination of the dynamics of a quantum black box", 1997; Boyle,
/// Dykstra, 1986.
public struct ProcessTomography: FidelityProtocol {
  public static var word: String { "process-tomography" }
  /// The process that is looked at, and shots.
  public let settings: PreparationSettings

  public var width: Int { settings.circuit.qubitCount }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on 1 to 3 qubits.
  public init(_ settings: PreparationSettings) throws(BenchmarkError) {
    try settings.check(for: "Process tomography", qubits: 1...3)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on 1 to 3 qubits.
  public init(of circuit: Circuit, shots: Int = 1000) throws(BenchmarkError) {
    try self.init(PreparationSettings(circuit: circuit, shots: shots))
  }

  private var bases: BasisSettings { BasisSettings(qubits: width) }
  private var inputs: PreparedStates { PreparedStates(qubits: width) }

  private func name(input: Int, setting: Int) -> String { "process-\(inputs.name(input))-\(bases.name(setting))" }

  public var circuitNames: [String] { inputs.indices.flatMap { input in bases.indices.map { name(input: input, setting: $0) } } }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit { circuit(index, process: settings.circuit) }

  private func circuit(_ index: Int, process: Circuit) -> Circuit {
    let (input, setting) = (index / bases.count, index % bases.count)
    var circuit = Circuit(qubits: width)
    circuit.append(inputs.gates(input))
    circuit.append(Barrier())
    circuit.append(process.instructions)
    circuit.append(Barrier())
    circuit.appendBases(bases[setting])
    return circuit.measuredInto()
  }

  private func expectations(_ data: BenchmarkData, input: Int) -> Expectations {
    Expectations(bases.indices.map { (bases: bases[$0], counts: data[name(input: input, setting: $0)]) })
  }

  /// The linear estimate of the Pauli transfer matrix, words in the order of `Expectations.words`.
  private func transfer(_ data: BenchmarkData) -> RealMatrix {
    let words = Expectations.words(width)
    let means = inputs.indices.map { input in
      let own = expectations(data, input: input)
      return words.map { $0.isIdentity ? 1 : own.mean(of: $0) }
    }
    var result = RealMatrix(rows: words.count, columns: words.count)
    for (column, word) in words.enumerated() {
      for (input, weight) in inputs.coefficients(word).enumerated() where weight != 0 {
        for row in words.indices { result[row, column] += weight * means[input][row] / Double(1 << width) }
      }
    }
    return result
  }

  /// The channel nearest to what counts say.
  public func channel(_ data: BenchmarkData) throws(BenchmarkError) -> Channel {
    try data.check(self)
    return nearestChannel(data)
  }

  private func nearestChannel(_ data: BenchmarkData) -> Channel {
    let (words, transfer) = (Expectations.words(width), transfer(data))
    // J = 1/d Σ R_ij P_j^T x P_i, the input as the more significant half.
    var choi = ComplexMatrix(rows: words.count, columns: words.count)
    for (column, word) in words.enumerated() {
      let input = word.matrix(qubits: width).transpose
      var output = ComplexMatrix(rows: 1 << width, columns: 1 << width)
      for (row, other) in words.enumerated() { output = output + Complex(transfer[row, column]) * other.matrix(qubits: width) }
      choi = choi + Complex(1 / Double(1 << width)) * input.kronecker(output)
    }
    do {
      return try Channel(choi: ChoiProjection.nearestChannel(to: choi), name: "tomography", tolerance: 1e-6)
    } catch { preconditionFailure("ProcessTomography: \(error)") }
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let words = Expectations.words(width)
    let d = Double(1 << width)
    let unitary = settings.circuit.unitaryMatrix
    let ideal = words.map { row in
      let turned = unitary.adjoint * row.matrix(qubits: width) * unitary
      return words.map { (turned * $0.matrix(qubits: width)).trace.real / d }
    }
    // F = Σ_k Σ_i <P_i>_k Σ_j R_ij c_jk / d^3 over inputs k.
    let coefficients = words.map(inputs.coefficients)
    var (fidelity, variance) = (0.0, 0.0)
    for input in inputs.indices {
      let weights = words.indices.map { row in
        words.indices.reduce(0) { $0 + ideal[row][$1] * coefficients[$1][input] } / (d * d * d)
      }
      let own = expectations(data, input: input)
      fidelity += zip(words, weights).reduce(0) { $0 + $1.1 * ($1.0.isIdentity ? 1 : own.mean(of: $1.0)) }
      variance += own.variance(words, weights)
    }
    let error = variance.squareRoot()
    let reason = "\(inputs.count) inputs, \(bases.count) settings, \(data.shots) shots each"
    var estimates = [
      BenchmarkEstimate("process fidelity", fidelity, standardError: error, freedom: data.shots - 1, reason: reason),
      BenchmarkEstimate(
        "average gate fidelity", (d * fidelity + 1) / (d + 1), standardError: d * error / (d + 1), freedom: data.shots - 1,
        reason: reason),
    ]
    let unitarity = unitarity(data)
    estimates.append(
      BenchmarkEstimate(
        "unitarity", unitarity.value, standardError: unitarity.variance.squareRoot(), freedom: data.shots - 1, within: 0...1,
        reason: "\(reason), less what few shots add to squares"))
    if let distance = diamondDistance(data, unitary, seed: seed) { estimates.append(distance) }
    return BenchmarkReport(name: name, estimates: estimates)
  }
}

extension ProcessTomography {
  /// `Σ R_ij^2/(d^2 - 1)` over words other than the identity, less the variances of the squares.
  private func unitarity(_ data: BenchmarkData) -> (value: Double, variance: Double) {
    let words = Expectations.words(width)
    let (scale, inputs) = (1 / Double(1 << width), self.inputs)
    let sides = inputs.indices.map { expectations(data, input: $0) }
    let means = sides.map { side in words.map { $0.isIdentity ? 1 : side.mean(of: $0) } }
    let errors = sides.map { side in words.map { $0.isIdentity ? 0 : side.unbiasedVariance($0) } }
    var (sum, second) = (0.0, 0.0)
    // How the sum follows the mean of each word after each input.
    var slopes = inputs.indices.map { _ in words.map { _ in 0.0 } }
    for column in words.dropFirst() {
      let coefficients = inputs.coefficients(column).map { $0 * scale }
      for row in words.indices.dropFirst() {
        var (entry, variance) = (0.0, 0.0)
        for (input, weight) in coefficients.enumerated() where weight != 0 {
          entry += weight * means[input][row]
          variance += weight * weight * errors[input][row]
        }
        sum += entry * entry - variance
        second += 2 * variance * variance
        for (input, weight) in coefficients.enumerated() { slopes[input][row] += 2 * entry * weight }
      }
    }
    let count = Double(words.count - 1)
    let first = zip(sides, slopes).reduce(0) { $0 + $1.0.variance(words, $1.1) }
    return (sum / count, (first + second) / (count * count))
  }

  /// The diamond distance of the nearest channel from the gate, less what few shots add: by data drawn from that channel, again and
  /// again.
  ///
  /// Every error of sampling is a distance, so that the plain value is too large; of small distances it is mostly that.
  private func diamondDistance(_ data: BenchmarkData, _ unitary: ComplexMatrix, seed: UInt64) -> BenchmarkEstimate? {
    let nearest = nearestChannel(data)
    guard let plain = try? ChannelMetrics(nearest, target: unitary).diamondDistance.upperBound else { return nil }
    var model = Circuit(qubits: width)
    model.append(Instruction.channel(nearest, qubits: Array(0..<width)))
    // Of three qubits one takes seconds.
    let replicates = width == 3 ? 4 : 16
    var values: [Double] = []
    for replicate in 0..<replicates {
      let circuits = circuitNames.indices.map { PlannedCircuit(circuitNames[$0], circuit($0, process: model)) }
      guard
        let drawn = try? SimulatedDevice(loop: .serial).counts(
          of: circuits, shots: data.shots, seed: seed ^ (0xB007_0000 + UInt64(replicate))),
        let value = try? ChannelMetrics(nearestChannel(drawn), target: unitary).diamondDistance.upperBound
      else { continue }
      values.append(value)
    }
    guard values.count > 1 else { return nil }
    let bias = values.mean - plain
    let value = max(0, plain - max(0, bias))
    let quality: (BenchmarkEstimate.Quality, String) =
      bias > plain / 2
      ? (.poor, "few shots alone make \(bias.rounded(toPlaces: 3)) of \(plain.rounded(toPlaces: 3)): take more")
      : (.good, "of the nearest channel, less \(max(0, bias).rounded(toPlaces: 3)) that few shots add")
    return BenchmarkEstimate(
      "diamond distance", value, standardError: (values.variance + bias * bias / 4).squareRoot(), freedom: values.count - 1,
      within: 0...1, quality: quality.0, reason: quality.1)
  }
}

extension ProcessTomography {
  public init(from decoder: any Decoder) throws { try self.init(PreparationSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
}
