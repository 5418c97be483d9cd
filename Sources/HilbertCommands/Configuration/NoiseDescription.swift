import LinearAlgebra
import OpenQASM
import QuantumCircuits

/// A noise model as a YAML file says it; `hilbert help noise` shows the keys.
struct NoiseDescription {
  let model: NoiseModel

  private static let keys = ["name", "preset", "qubits", "times", "relaxation", "rules", "readout"]

  enum Preset: String, CaseIterable {
    case transmonChain = "transmon-chain"
    case trappedIon = "trapped-ion"
  }

  /// - Throws: `ConfigurationError` with the place of the first mistake.
  init(_ text: ConfigurationText) throws(ConfigurationError) {
    let root = try text.root(help: "noise")
    let section = try root.section(known: Self.keys)
    var model = NoiseModel()
    if let preset = section["preset"] {
      guard let qubits = section["qubits"] else {
        throw preset.error("the preset lacks the number of qubits", advice: "write for example qubits: 5")
      }
      let count = try qubits.integer(in: 1...50)
      switch try preset.choice(Preset.self) {
      case .transmonChain: model = .transmonChain(qubits: count)
      case .trappedIon: model = .trappedIon(qubits: count)
      }
    }
    if section["preset"] == nil, let qubits = section["qubits"] {
      throw qubits.error(
        "'qubits' is the size of a preset, and there is none", advice: "leave it out, or write preset: transmon-chain")
    }
    if let name = section["name"] { model.name = try name.string() }
    if let times = section["times"] { try Self.read(times, into: &model.times) }
    if let relaxation = section["relaxation"] { model.relaxation = try Self.relaxation(relaxation) }
    for rule in try section["rules"]?.list() ?? [] { model.rules.append(try NoiseRuleDescription(rule).rule) }
    if let readout = section["readout"] { model.readout = try Self.readout(readout) }
    self.model = model
  }

  private static func read(_ node: ConfigurationNode, into times: inout GateTimes) throws(ConfigurationError) {
    for (key, value) in try node.entries() {
      let name = key.scalar ?? ""
      let time = try value.number(above: 0, orEqual: true)
      if let kind = GateClass(rawValue: name) {
        times.classes[kind] = time
      } else if let gate = Gate(rawValue: name) {
        times.gates[gate] = time
      } else {
        throw key.unknown(
          "operation", name, known: GateClass.allCases.map(\.rawValue) + Gate.allCases.map(\.rawValue),
          nearest: CommonGateNames.all[name.lowercased()]?.rawValue)
      }
    }
  }

  private static func relaxation(_ node: ConfigurationNode) throws(ConfigurationError) -> Relaxation {
    let section = try node.section(known: ["t1", "t2", "excitedPopulation", "frequency", "temperature"])
    guard let t1 = section["t1"], let t2 = section["t2"] else {
      throw node.error("'relaxation' lacks t1 or t2", advice: "write relaxation: {t1: 150000, t2: 100000}")
    }
    let first = try t1.number(above: 0)
    var excited = try section["excitedPopulation"]?.number(above: 0, orEqual: true, upTo: 1) ?? 0
    if let temperature = section["temperature"] {
      guard let frequency = section["frequency"], section["excitedPopulation"] == nil else {
        throw temperature.error(
          "a temperature (kelvin) goes with the qubit's frequency (gigahertz), and without excitedPopulation",
          advice: "write for example frequency: 5, temperature: 0.02")
      }
      excited = Channel.thermalPopulation(
        frequency: try frequency.number(above: 0), temperature: try temperature.number(above: 0, orEqual: true))
    }
    if section["temperature"] == nil, let frequency = section["frequency"] {
      throw frequency.error(
        "a frequency (gigahertz) goes with a temperature (kelvin)", advice: "write for example temperature: 0.02")
    }
    return Relaxation(
      t1: Angle(first), t2: Angle(try t2.number(above: 0, upTo: 2 * first)), excitedPopulation: Angle(excited))
  }

  private static func readout(_ node: ConfigurationNode) throws(ConfigurationError) -> ReadoutError {
    var readout = ReadoutError()
    var used: Set<Int> = []
    for entry in try node.list() {
      let section = try entry.section(known: ["qubits", "p01", "p10", "matrix"])
      var qubits: [Int] = []
      for qubit in try section["qubits"]?.list() ?? [] {
        let value = try qubit.integer(in: 0...63)
        guard used.insert(value).inserted else {
          throw qubit.error("qubit \(value) has two readout errors", advice: "name each qubit once")
        }
        qubits.append(value)
      }
      guard 1...10 ~= qubits.count else {
        throw entry.error("a readout error names 1 to 10 qubits", advice: "write for example qubits: [0, 1]")
      }
      do {
        if let matrix = section["matrix"] {
          if let other = section["p01"] ?? section["p10"] {
            throw other.error("a matrix says all of the readout error", advice: "keep either the matrix, or p01 and p10")
          }
          try readout.add(try Self.matrix(matrix), on: qubits)
        } else {
          let p01 = try section["p01"]?.number(above: 0, orEqual: true, upTo: 1) ?? 0
          let p10 = try section["p10"]?.number(above: 0, orEqual: true, upTo: 1) ?? 0
          for qubit in qubits { try readout.add([[1 - p01, p10], [p01, 1 - p10]], on: [qubit]) }
        }
      } catch let error as ConfigurationError {
        throw error
      } catch {
        throw entry.error("\(error)", advice: "matrix[reported, true]: columns add up to 1")
      }
    }
    return readout
  }

  private static func matrix(_ node: ConfigurationNode) throws(ConfigurationError) -> RealMatrix {
    var rows: [[Double]] = []
    for row in try node.list() {
      var numbers: [Double] = []
      for entry in try row.list() { numbers.append(try entry.number(above: 0, orEqual: true, upTo: 1)) }
      guard rows.isEmpty || rows[0].count == numbers.count, !numbers.isEmpty else {
        throw row.error("the rows of a matrix are of one length", advice: "write for example [[0.99, 0.02], [0.01, 0.98]]")
      }
      rows.append(numbers)
    }
    guard !rows.isEmpty else { throw node.error("the matrix is empty", advice: "write for example [[0.99, 0.02], [0.01, 0.98]]") }
    return RealMatrix(rows)
  }
}

/// Noise models from YAML, for callers outside the module.
package enum NoiseFile {
  /// - Parameter name: what error messages call the text.
  package static func model(yaml: String, name: String) throws -> NoiseModel {
    try NoiseDescription(ConfigurationText(name: name, yaml: yaml)).model
  }
}
