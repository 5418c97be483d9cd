extension TrainingConfiguration {
  /// The configuration as YAML that reads back as the same configuration: every value written out, presets resolved.
  var yaml: String {
    var lines = ["data:", "  source: \(quoted(data.source))"]
    switch data.test {
    case .source(let source)?: lines.append("  test: \(quoted(source))")
    case .fraction(let fraction)?: lines.append("  test: \(fraction)")
    case nil: break
    }
    if let label = data.label { lines.append("  label: \(quoted(label))") }
    if let limit = data.limit { lines.append("  limit: \(limit)") }
    if let size = data.imageSize { lines.append("  imageSize: \(size)") }
    if let pca = data.pca { lines.append("  pca: \(pca)") }
    if let autoencoder = data.autoencoder { lines.append("  autoencoder: \(autoencoder.yaml)") }
    if data.scaling != .automatic { lines.append("  scaling: \(data.scaling.rawValue)") }
    lines.append("model:")
    switch model {
    case .layers(let layers):
      lines.append("  layers:")
      lines += layers.map { "    - \($0.yaml)" }
    case .circuit(let circuit, let observables, _):
      lines.append("  circuit: \(circuit.yaml)")
      lines.append("  observables: [\(observables.map { quoted($0.text) }.joined(separator: ", "))]")
    }
    lines += [
      "training:",
      "  epochs: \(training.epochs)",
      "  batch: \(training.batch)",
      "  optimizer: \(training.optimizer.rawValue)",
      "  learningRate: \(training.learningRate)",
      "  schedule: \(training.schedule.rawValue)",
      "  precision: \(training.precision.rawValue)",
    ]
    if training.labelSmoothing > 0 { lines.append("  labelSmoothing: \(training.labelSmoothing)") }
    if let averaging = training.averaging { lines.append("  averaging: \(averaging)") }
    if let augmentation = training.augmentation { lines.append("  augmentation: \(augmentation.yaml)") }
    lines += ["control: \(controlText)", "seed: \(seed)"]
    return lines.joined(separator: "\n") + "\n"
  }
}

extension TrainingConfiguration {
  private var controlText: String {
    switch control {
    case nil: "false"
    case .dense?: "true"
    case let kind?: kind.rawValue
    }
  }
}

extension PlacedLayer {
  /// The layer in one line, its arguments in the order of its row.
  var yaml: String {
    let pairs = kind.parameters.map { "\($0.name): \(arguments[$0.name]!.yaml)" }
    return pairs.isEmpty ? kind.rawValue : "\(kind.rawValue): {\(pairs.joined(separator: ", "))}"
  }
}

extension LayerArgument {
  fileprivate var yaml: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .word(let value): value
    }
  }
}

extension ModelCircuit {
  /// The circuit in one line; that of a file with its whole text, so that a run folder needs no other file.
  fileprivate var yaml: String {
    switch self {
    case .described(let circuit):
      "{qubits: \(circuit.qubits), features: \(circuit.features), layers: \(circuit.layers), encoding: \(circuit.encoding.rawValue), ansatz: \(circuit.ansatz.rawValue)}"
    case .file(let source):
      "{\(source.isJSON ? "json" : "openqasm"): \(quoted(source.text)), features: [\(source.featureNames.map(quoted).joined(separator: ", "))]}"
    }
  }
}

/// A double-quoted YAML scalar: paths and names may hold any character.
func quoted(_ text: String) -> String {
  let escaped = text.unicodeScalars.map { scalar in
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\t": "\\t"
    default: String(scalar)
    }
  }
  return "\"\(escaped.joined())\""
}
