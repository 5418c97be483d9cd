import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates

/// The channel that a circuit is, from 4^n prepared states and measurements in all 3^n products of bases.
///
/// Linear inversion: products of |0>, |1>, |+> and |+i> span all matrices, so that the Pauli transfer matrix `R_ij = tr(P_i E(P_j))/d` is a sum
/// of measured expectations. The process fidelity with the ideal circuit, `tr(R_ideal^T R)/d^2`, is linear in them too and read without
/// bias. Then the nearest channel: Dykstra's projections on the completely positive and the trace-preserving maps in turn. Errors of
/// preparation and readout count as errors of the circuit.
///
/// Source: Chuang, Nielsen, "Prescription for experimental determination of the dynamics of a quantum black box", 1997; Boyle, Dykstra, 1986.
public struct ProcessTomography: FidelityProtocol {
  public static var word: String { "process-tomography" }
  /// What is looked at.
  public let process: Circuit
  public let shots: Int

  public var width: Int { process.qubitCount }

  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on 1 to 3 qubits.
  public init(of process: Circuit, shots: Int = 1000) throws(BenchmarkError) {
    guard 1...3 ~= process.qubitCount, process.isUnitary, process.parameterCount + process.featureCount == 0, shots >= 2 else {
      throw .settings("Process tomography takes a circuit of gates on 1 to 3 qubits without open parameters, and at least 2 shots.")
    }
    (self.process, self.shots) = (process, shots)
  }

  private var settings: BasisSettings { BasisSettings(qubits: width) }
  private var inputCount: Int { 1 << (2 * width) }

  private static let preparations: [(name: String, gates: [Gate])] = [("0", []), ("1", [.x]), ("+", [.h]), ("i", [.h, .s])]

  private func name(input: Int, setting: Int) -> String {
    let prepared = (0..<width).map { ["0", "1", "p", "i"][input >> (2 * $0) & 3] }.joined()
    return "process-\(prepared)-\(settings.name(setting))"
  }

  public var circuitNames: [String] {
    (0..<inputCount).flatMap { input in settings.indices.map { name(input: input, setting: $0) } }
  }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    let (input, setting) = (index / settings.count, index % settings.count)
    var circuit = Circuit(qubits: width)
    for qubit in 0..<width {
      for gate in Self.preparations[input >> (2 * qubit) & 3].gates { circuit.append(Instruction.gate(gate, on: qubit)) }
    }
    circuit.append(Barrier())
    circuit.append(process.instructions)
    circuit.append(Barrier())
    circuit.appendBases(settings[setting])
    return circuit.measuredInto()
  }

  /// A Pauli word as a sum of prepared states: I = |0> + |1>, Z = |0> - |1>, X = 2|+> - |0> - |1>, Y likewise.
  private func coefficients(_ word: PauliWord) -> [Double] {
    (0..<inputCount).map { input in
      (0..<width).reduce(1) { product, qubit in
        let row: [Double] =
          switch word[qubit] {
          case nil: [1, 1, 0, 0]
          case .x: [-1, -1, 2, 0]
          case .y: [-1, -1, 0, 2]
          case .z: [1, -1, 0, 0]
          }
        return product * row[input >> (2 * qubit) & 3]
      }
    }
  }

  private func expectations(_ data: BenchmarkData, input: Int) -> Expectations {
    Expectations(settings.indices.map { (bases: settings[$0], counts: data[name(input: input, setting: $0)]) })
  }

  /// The linear estimate of the Pauli transfer matrix, words in the order of `Expectations.words`.
  private func transfer(_ data: BenchmarkData) -> RealMatrix {
    let words = Expectations.words(width)
    let means = (0..<inputCount).map { input in
      let own = expectations(data, input: input)
      return words.map { $0.isIdentity ? 1 : own.mean(of: $0) }
    }
    var result = RealMatrix(rows: words.count, columns: words.count)
    for (column, word) in words.enumerated() {
      for (input, weight) in coefficients(word).enumerated() where weight != 0 {
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
    let unitary = process.unitaryMatrix
    let ideal = words.map { row in
      let turned = unitary.adjoint * row.matrix(qubits: width) * unitary
      return words.map { (turned * $0.matrix(qubits: width)).trace.real / d }
    }
    // F = Σ_k Σ_i <P_i>_k Σ_j R_ij c_jk / d^3 over inputs k.
    let coefficients = words.map(coefficients)
    var (fidelity, variance) = (0.0, 0.0)
    for input in 0..<inputCount {
      let weights = words.indices.map { row in
        words.indices.reduce(0) { $0 + ideal[row][$1] * coefficients[$1][input] } / (d * d * d)
      }
      let own = expectations(data, input: input)
      fidelity += zip(words, weights).reduce(0) { $0 + $1.1 * ($1.0.isIdentity ? 1 : own.mean(of: $1.0)) }
      variance += own.variance(words, weights)
    }
    let error = variance.squareRoot()
    let reason = "\(inputCount) inputs, \(settings.count) settings, \(data.shots) shots each"
    var estimates = [
      BenchmarkEstimate("process fidelity", fidelity, standardError: error, freedom: data.shots - 1, reason: reason),
      BenchmarkEstimate(
        "average gate fidelity", (d * fidelity + 1) / (d + 1), standardError: d * error / (d + 1), freedom: data.shots - 1,
        reason: reason),
    ]
    if let metrics = try? ChannelMetrics(nearestChannel(data), target: unitary) {
      let bounds = metrics.diamondDistance
      estimates += [
        BenchmarkEstimate(
          "unitarity", metrics.unitarity, low: metrics.unitarity, high: metrics.unitarity,
          reason: "of the nearest channel; no interval"),
        BenchmarkEstimate(
          "diamond distance", bounds.upperBound, low: bounds.lowerBound, high: bounds.upperBound,
          reason: "of the nearest channel; bounds of the calculation, not of the data"),
      ]
    }
    return BenchmarkReport(name: name, estimates: estimates)
  }
}

extension ProcessTomography {
  private enum CodingKeys: CodingKey { case process, shots }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let text = try container.decode(String.self, forKey: .process)
    try self.init(of: CircuitFile(openQASM: text, named: "process").circuit, shots: container.decode(Int.self, forKey: .shots))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(CircuitFile(process).openQASM(), forKey: .process)
    try container.encode(shots, forKey: .shots)
  }
}
