import Hilbert
import OpenQASM
import QuantumCircuits

/// A circuit that a configuration takes from a file, whose inputs are features and weights.
struct CircuitSource: Hashable, Sendable {
  /// What the file says.
  let file: CircuitFile
  /// The text of the file, which a run folder keeps.
  let text: String
  /// Whether the text is JSON instead of OpenQASM.
  let isJSON: Bool
  /// The inputs that take the data, in the order of the features.
  let featureNames: [String]

  /// `file` is a path, the others are texts.
  static let sourceKeys = ["file", "openqasm", "json"]

  /// The circuit without measurements at its end, features and weights numbered from 0.
  var circuit: Circuit {
    let features = Dictionary(uniqueKeysWithValues: featureNames.enumerated().map { ($1, $0) })
    var (places, weights): ([Angle.Symbol: Angle], Int) = ([:], 0)
    for input in file.inputs {
      if let feature = features[input.name] {
        places[input.symbol] = .feature(feature)
      } else {
        places[input.symbol] = .parameter(weights)
        weights += 1
      }
    }
    return file.circuit.removingFinalMeasurements.substituting { places[$0]! }
  }

  /// The file with numbers in place of its weights: inputs are the features alone.
  ///
  /// - Parameter isPlain: whether elements of arrays get names of their own, for arrays that are no longer whole.
  func trained(_ weights: [Double], isPlain: Bool) -> CircuitFile {
    var result = CircuitFile(circuit.bound(parameters: Array(weights.prefix(circuit.parameterCount))))
    result.qubitRegisters = file.qubitRegisters
    result.inputs = featureNames.enumerated().map { CircuitInput(isPlain ? Self.plain($1) : $1, .feature($0)) }
    result.observables = file.observables
    return result
  }

  /// `w[2]` as `w_2`: the elements of an array may have become features one by one.
  private static func plain(_ name: String) -> String {
    String(name.map { $0 == "[" ? "_" : $0 }.filter { $0 != "]" })
  }

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let section = try node.section(known: Self.sourceKeys + ["features"])
    guard section.count(where: { Self.sourceKeys.contains($0.key) }) == 1,
      let (key, source) = section.first(where: { $0.key != "features" })
    else { throw node.error("'circuit' wants one of file, openqasm, json", advice: "write circuit: {file: ansatz.qasm}") }
    let given = try source.string(wanted: key == "file" ? "a path" : "the text of a circuit")
    do {
      let path = key == "file" ? given : "circuit"
      isJSON = key == "json" || key == "file" && CircuitFormat(path: given) == .json
      text = key == "file" ? try TextFile.read(given) : given
      file = isJSON ? try CircuitFile(json: text, named: path) : try Self.readOpenQASM(key == "file" ? given : nil, text)
    } catch {
      throw source.error("\(error)", advice: "hilbert draw FILE shows whether a circuit can be read")
    }
    let names = file.inputs.map(\.name)
    var chosen: [String] = []
    if let list = section["features"] {
      for entry in try list.list() {
        let name = try entry.string(wanted: "the name of an input")
        let elements = names.filter { $0 == name || $0.hasPrefix("\(name)[") }
        guard !elements.isEmpty else { throw entry.unknown("input", name, known: names) }
        chosen += elements
      }
    } else {
      chosen = file.inputs.filter { if case .feature = $0.symbol { true } else { false } }.map(\.name)
    }
    guard !chosen.isEmpty, Set(chosen).count == chosen.count else {
      throw node.error(
        chosen.isEmpty ? "the circuit has no features" : "an input is named twice among the features",
        advice:
          "mark inputs with @hilbert.feature in the file, or name them: features: [\(names.prefix(3).joined(separator: ", "))]")
    }
    featureNames = chosen
    if let unused = featureNames[min(circuit.featureCount, featureNames.count)...].first {
      throw node.error("no angle of the circuit reads the feature \(unused)", advice: "leave it out, or use it in the circuit")
    }
    let pure = file.circuit.removingFinalMeasurements
    if let other = pure.instructions.first(where: \.isDynamic) {
      throw node.error("\(other) has no gradient", advice: "train circuits of gates, channels and measurements at the end")
    }
  }

  private static func readOpenQASM(_ path: String?, _ text: String) throws(OpenQASMError) -> CircuitFile {
    // From the path, where includes can be found beside it.
    if let path { try CircuitFile(contentsOf: path) } else { try CircuitFile(openQASM: text, named: "circuit") }
  }
}

extension TrainedModel {
  static let circuitFile = "trained"

  /// Writes the trained circuit of a model from a file into the run folder: OpenQASM, or JSON where OpenQASM cannot hold it.
  func writeCircuit() throws {
    guard case .circuit(.file(let source), _, _) = contents.configuration.model else { return }
    for isPlain in [false, true] {
      guard let text = try? source.trained(circuitWeights, isPlain: isPlain).openQASM() else { continue }
      return try contents.folder.write(text, to: "\(Self.circuitFile).qasm")
    }
    try contents.folder.write(source.trained(circuitWeights, isPlain: false).json, to: "\(Self.circuitFile).json")
  }
}
