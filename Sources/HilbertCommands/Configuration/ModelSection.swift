/// What is trained: the `model` section, one of its three spellings.
enum ModelSection: Hashable, Sendable {
  /// A network, layer by layer; quantum layers stand among the others.
  case layers([PlacedLayer])
  /// A variational classifier: one circuit, and one observable for each class, whose scaled expectation value is its score.
  case circuit(ModelCircuit, observables: [ObservableDescription], place: ConfigurationPlace)

  /// Whether there is anything quantum in it, and so anything to compare with a classical control.
  var hasCircuits: Bool {
    switch self {
    case .layers(let layers): layers.contains { $0.kind.hasCircuits }
    case .circuit: true
    }
  }

  static let keys = ["preset", "circuit", "observables", "layers"]

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let section = try node.section(known: Self.keys)
    let advice = "write one of {preset: \(Preset.defaultName)}, {layers: [...]} and {circuit: {...}, observables: [...]}"
    switch (section["preset"], section["layers"], section["circuit"], section["observables"]) {
    case (let preset?, nil, nil, nil):
      let name = try preset.string(wanted: "the name of a preset")
      guard let known = Preset(name: name) else { throw preset.unknown("preset", name, known: Preset.all.map(\.name)) }
      self = try known.configuration().model
    case (nil, let layers?, nil, nil):
      let list = try layers.list()
      if list.isEmpty {
        throw layers.error("'model.layers' is empty", advice: "name at least one layer, for example [flatten, {dense: 10}]")
      }
      self = .layers(try list.map { layer throws(ConfigurationError) in try PlacedLayer(layer) })
    case (nil, nil, let circuit?, let observables?):
      let list = try observables.list()
      if list.isEmpty { throw observables.error("'model.observables' is empty", advice: "name at least one, for example [Z0, Z1]") }
      let described = try list.map { observable throws(ConfigurationError) in try ObservableDescription(observable) }
      self = .circuit(try ModelCircuit(circuit), observables: described, place: circuit.place)
    case (nil, nil, let circuit?, nil):
      // A file may name its observables itself.
      let model = try ModelCircuit(circuit)
      guard !model.observables.isEmpty else {
        throw node.error("'model' wants 'circuit' and 'observables' together", advice: advice)
      }
      self = .circuit(model, observables: model.observables.map(ObservableDescription.init), place: circuit.place)
    case (nil, nil, nil, _?):
      throw node.error("'model' wants 'circuit' and 'observables' together", advice: advice)
    default:
      throw node.error("'model' wants exactly one of preset, layers, circuit", advice: advice)
    }
  }
}
