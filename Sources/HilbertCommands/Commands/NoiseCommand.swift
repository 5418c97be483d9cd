import ArgumentParser
import FidelityBenchmarks
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Reports

/// `hilbert noise`: a noise file, checked and said in words.
struct NoiseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "noise",
    abstract: "Check a noise model and say what it adds.",
    discussion: """
      A noise model is a YAML file. Complete example:

      \(example)

      A rule is for all operations, or those of the classes in 'on' (\(words(GateClass.allCases))) but not in 'except', for \
      the gates in 'gates' (OpenQASM names), for operations on 'qubits' only, or on 'exactly' those (in either order; ordered: true \
      for one). It adds one of: a channel with its strengths; Pauli words of the operation's own qubits, 0 being its first (a control), \
      with probabilities (paulis: {X0 X1: 0.01}) or with Lindblad rates (lindblad: {Z0: 0.01}), once; Kraus operators \
      (kraus: [[[1, 0], [0, 0.9]], ...], entries real or [re, im]); or overRotation, a fraction of every angle. With 'neighbors' it \
      acts on the neighbours instead. A channel of one qubit goes to each qubit of the operation, a wider one to all of them; behind \
      gates, before measurements. Depolarizing channels are as wide as the rule's operations; where those differ, write width: 1 for \
      each qubit by itself, or the number of qubits together.
      Times are in any one unit. A relaxation may give frequency (GHz) and temperature (K) instead of excitedPopulation.
      Readout: 0 is reported as 1 with p01, 1 as 0 with p10; or a matrix [reported, true] for qubits together.
      Presets: \(words(NoiseDescription.Preset.allCases)); they take qubits: N, and rules of the file are added to theirs.

      Channels: \(ChannelKind.allCases.map(\.usage).joined(separator: "; ")).
      """)

  /// What help shows; the tests read it.
  static let example = """
    name: five transmons
    times:                                       # nanoseconds
      {one-qubit: 35, phase: 0, two-qubit: 300, measurement: 1000}
    relaxation: {t1: 150000, t2: 100000, frequency: 5, temperature: 0.02}
    rules:
      - name: gate error
        on: [one-qubit]
        except: [phase]
        channel: depolarizing
        errorProbability: 6e-4
      - {name: pair error, on: [two-qubit],
         channel: depolarizing, errorProbability: 6e-3}
      - {name: bad pair, gates: [cx], exactly: [2, 3],
         paulis: {Z0 Z1: 0.01, X1: 0.002}}
      - {name: spectators, on: [two-qubit], channel: phase_flip, p: 0.001,
         neighbors: [[0, 1], [1, 2], [2, 3], [3, 4]]}
      - {name: calibration, gates: [rx, ry], overRotation: 0.01}
    readout:
      - {qubits: [0, 1, 2], p01: 0.01, p10: 0.02}
      - qubits: [3, 4]
        matrix: [[0.97, 0.02, 0.02, 0], [0.01, 0.96, 0, 0.02],
                 [0.01, 0, 0.96, 0.02], [0.01, 0.02, 0.02, 0.96]]
    """

  private static func words<Word: RawRepresentable>(_ words: [Word]) -> String where Word.RawValue == String {
    words.map(\.rawValue).joined(separator: ", ")
  }

  @Argument(help: "Noise model (YAML).")
  var model: String

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let stopwatch = Stopwatch()
    let noise = try NoiseDescription(ConfigurationText(reading: model)).model
    try NoiseSummary(noise).write(as: shared.format, shared.conditions(seed: nil, stopwatch: stopwatch))
  }
}

extension ChannelKind {
  /// The name and the strengths, for help.
  fileprivate var usage: String { "\(rawValue) (\(row.strengths.map(\.name).joined(separator: ", ")))" }
}

/// What a noise model adds, rule by rule.
private struct NoiseSummary: CommandResult {
  var command: String { "noise" }

  struct Rule: Encodable {
    let name: String
    let operations: String
    let adds: String
    /// 1 - process fidelity of the channel; nil for over-rotations.
    let processInfidelity: Double?
    /// From the identity; nil for over-rotations.
    let diamondDistance: Double?
  }

  let name: String
  let rules: [Rule]
  let relaxation: String?
  let readout: [String]
  /// What will add nothing, or less than it seems to.
  let warnings: [String]

  init(_ model: NoiseModel) throws {
    name = model.name
    rules = try model.rules.map { rule in
      let metrics = try rule.effect.channel.map { channel throws(ChannelError) in try ChannelMetrics(channel) }
      return Rule(
        name: rule.name, operations: rule.operations, adds: rule.effect.text,
        processInfidelity: metrics.map { 1 - $0.processFidelity }, diamondDistance: metrics?.diamondDistance.upperBound)
    }
    relaxation = model.relaxation.map { "T1 \($0.t1), T2 \($0.t2), excited population \($0.excitedPopulation)" }
    let hasTimes = model.times.classes.values.contains { $0 > 0 } || model.times.gates.values.contains { $0 > 0 }
    warnings =
      (relaxation == nil || hasTimes ? [] : ["relaxation adds nothing while no operation takes time; give times of operations"])
      + model.rules.compactMap { $0.overRotationNote }
    readout = (model.readout?.blocks ?? []).map { block in
      let right = block.matrix.diagonal.reduce(0, +) / Double(block.matrix.rows)
      return "qubits \(block.qubits): \((100 * (1 - right)).fixed(2)) % of values reported wrong on average"
    }
  }

  var text: String {
    var lines = [name]
    if !rules.isEmpty {
      let rows = rules.map { rule in
        [rule.name, rule.operations, rule.adds] + [rule.processInfidelity, rule.diamondDistance].map { $0?.fixed(6) ?? "-" }
      }
      lines.append(Table(columns: ["rule", "for", "adds", "process infidelity", "diamond distance"], rows: rows).text)
    }
    if let relaxation { lines.append("relaxation: \(relaxation)") }
    lines += readout.map { "readout of \($0)" } + warnings.map { "warning: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension NoiseRule {
  /// What an over-rotation leaves alone, where the rule is not for single gates.
  fileprivate var overRotationNote: String? {
    guard case .overRotation = effect, gates.isEmpty || gates.contains(where: { $0.angleCount == 0 }) else { return nil }
    return "the rule '\(name)' scales angles: gates without one, such as h, x and sx, stay as they are; name gates such as [rx, ry]"
  }

  fileprivate var operations: String {
    var parts: [String] = []
    if !classes.isEmpty { parts.append(classes.map(\.rawValue).sorted().joined(separator: ", ")) }
    if !except.isEmpty { parts.append("not \(except.map(\.rawValue).sorted().joined(separator: ", "))") }
    if !gates.isEmpty { parts.append(gates.map(\.rawValue).sorted().joined(separator: ", ")) }
    if let qubits { parts.append("on qubits among \(qubits.sorted())") }
    if let exactQubits { parts.append("on \(exactQubits)\(isOrdered ? " in this order" : "")") }
    return parts.isEmpty ? "all operations" : parts.joined(separator: ", ")
  }
}

extension NoiseRule.Effect {
  fileprivate var text: String {
    switch self {
    case .channel(let channel): channel.text
    case .placed(let channel, let places): "\(channel.text), its qubits being \(places) of the operation's"
    case .crosstalk(let channel, _): "\(channel.text) to neighbours"
    case .overRotation(let fraction): "over-rotation by \(fraction) of the angle"
    }
  }
}

extension Channel {
  fileprivate var text: String {
    let strengths = zip(strengthNames, strengths).map { "\($0): \($1)" }.joined(separator: ", ")
    return "\(name)(\(strengths))\(qubitCount > 1 ? " on \(qubitCount) qubits" : "")"
  }
}
