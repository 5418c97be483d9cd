import NeuralNetworks

extension ImageAugmentation {
  /// The value of `training.augmentation`: `{shift: 2, rotation: 10, mirrors: false}`, each key at its own choice.
  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let section = try node.section(known: ["shift", "rotation", "mirrors"])
    self.init(
      shift: try section["shift"]?.number(above: 0, orEqual: true, upTo: 1000) ?? 0,
      rotation: try section["rotation"]?.number(above: 0, orEqual: true, upTo: 180) ?? 0,
      mirrors: try section["mirrors"]?.boolean() ?? false)
  }

  /// The value that reads back as the same augmentation.
  var yaml: String { "{shift: \(shift), rotation: \(rotation), mirrors: \(mirrors)}" }
}
