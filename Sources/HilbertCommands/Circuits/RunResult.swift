import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Reports

/// What `run` prints.
struct RunResult: CommandResult {
  var command: String { "run" }

  let qubitCount: Int
  let method: String
  /// How shots were drawn; nil without shots.
  let shotMethod: String?
  let shots: Int?
  /// What a noise model added, line by line; nil without one.
  let noise: [String]?
  /// The file of packed shots and how many bits a shot has; nil where shots are counted.
  let bits: (path: String, count: Int)?
  /// What shots are counted by; nil where they are counted by all qubits.
  let registers: CountedRegisters?
  let samples: [SampleResult]
  /// Whether the samples are the rows of a table.
  let isBatch: Bool

  private enum CodingKeys: CodingKey {
    case qubitCount, bitOrder, method, shotMethod, shots, registers, noise, bits, bitCount, samples
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(qubitCount, forKey: .qubitCount)
    try container.encode("qubit 0 rightmost", forKey: .bitOrder)
    try container.encode(method, forKey: .method)
    try container.encodeIfPresent(shotMethod, forKey: .shotMethod)
    try container.encodeIfPresent(shots, forKey: .shots)
    if samples.contains(where: { $0.counts != nil }) { try container.encodeIfPresent(registers?.registers, forKey: .registers) }
    try container.encodeIfPresent(noise, forKey: .noise)
    try container.encodeIfPresent(bits?.path, forKey: .bits)
    try container.encodeIfPresent(bits?.count, forKey: .bitCount)
    if isBatch { try container.encode(samples, forKey: .samples) } else { try samples[0].encode(to: encoder) }
  }

  /// How the digits of the tables are read.
  private var shownOrder: String {
    if let bits { return "; \(bits.path) holds \(bits.count) bits of each in \((bits.count + 7) / 8) bytes, the first lowest" }
    let hasCounts = samples.contains { $0.counts != nil }
    let hasStates = samples.contains { $0.amplitudes != nil || $0.probabilities != nil }
    let qubits = hasStates || hasCounts && registers == nil ? "; qubit 0 is the rightmost digit" : ""
    return qubits + (hasCounts ? registers.map { "; \($0.order)" } ?? "" : "")
  }

  var text: String {
    let how = method + (shots.map { ", \($0) shots" } ?? "")
    let head = "\(qubitCount) \(qubitCount == 1 ? "qubit" : "qubits"), \(how)\(shownOrder)\n"
    return samples.enumerated().reduce(head) { text, entry in
      text + (isBatch ? "\nsample \(entry.offset)\n" : "") + entry.element.text(registers)
    }
  }
}

/// What one sample gave.
struct SampleResult: Encodable {
  var amplitudes: AmplitudeList?
  var probabilities: [String: Double]?
  var counts: [String: Int]?
  var expectations: [Expectation]?
  var gradients: [Derivative]?
  var snapshots: [String: [Snapshot]]?

  struct Expectation: Encodable {
    let observable: String
    let value: Double
    /// 0 for an exact value.
    let standardError: FiniteNumber

    init(observable: String, _ estimate: Estimate) {
      (self.observable, value) = (observable, estimate.value)
      standardError = FiniteNumber(estimate.standardError)
    }
  }

  struct Derivative: Encodable {
    let observable: String
    let parameter: String
    let value: Double
  }

  /// What a snapshot of the circuit recorded, averaged over the shots that came by.
  struct Snapshot: Encodable {
    let shots: Int
    let values: [Double]
    let standardErrors: [FiniteNumber]

    init(_ record: SnapshotRecord) {
      shots = record.shots
      (values, standardErrors) = (record.values.map(\.value), record.values.map { FiniteNumber($0.standardError) })
    }
  }

  /// The tables of what there is, each after an empty line.
  func text(_ registers: CountedRegisters?) -> String {
    var tables: [Table] = []
    if let amplitudes {
      let rows = amplitudes.entries.map { [$0.state, $0.value.real.fixed(6), $0.value.imaginary.fixed(6)] }
      tables.append(Table(columns: ["state", "real", "imaginary"], rows: rows))
    }
    if let probabilities {
      let rows = probabilities.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { [$0.key, $0.value.fixed(6)] }
      tables.append(Table(columns: ["state", "probability"], rows: rows))
    }
    if let counts, let registers { tables.append(registers.table(counts)) }
    if let counts, registers == nil {
      let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { [$0.key, "\($0.value)"] }
      tables.append(Table(columns: ["qubits", "count"], rows: rows))
    }
    if let expectations {
      let rows = expectations.map {
        [$0.observable, $0.value.fixed(8), $0.standardError.value == 0 ? "exact" : $0.standardError.value.fixed(6)]
      }
      tables.append(Table(columns: ["observable", "value", "standard error"], rows: rows))
    }
    if let gradients {
      let rows = gradients.map { [$0.observable, $0.parameter, $0.value.fixed(8)] }
      tables.append(Table(columns: ["observable", "by", "derivative"], rows: rows))
    }
    for (label, records) in (snapshots ?? [:]).sorted(by: { $0.key < $1.key }) {
      let rows = records.map { ["\($0.shots)", $0.values.map { $0.fixed(6) }.joined(separator: " ")] }
      tables.append(Table(columns: ["\(label): shots", "values"], rows: rows))
    }
    return tables.map { "\n\($0.text)\n" }.joined()
  }
}

/// Amplitudes by basis index, all of them or the largest.
struct AmplitudeList: Encodable {
  let entries: [(state: String, value: Complex<Double>)]
  /// Whether some are left out, so that the rest goes by name.
  let isSelection: Bool

  func encode(to encoder: any Encoder) throws {
    if isSelection {
      var container = encoder.container(keyedBy: StateKey.self)
      for entry in entries { try container.encode([entry.value.real, entry.value.imaginary], forKey: StateKey(entry.state)) }
    } else {
      var container = encoder.unkeyedContainer()
      for entry in entries { try container.encode([entry.value.real, entry.value.imaginary]) }
    }
  }

  private struct StateKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ state: String) { stringValue = state }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
