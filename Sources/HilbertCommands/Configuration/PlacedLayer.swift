import NeuralNetworks

/// One layer as a configuration spells it: a kind and its arguments, checked against the kind's row, and the place where it stands.
///
/// `relu`, `{dense: 20}` and `{conv2d: {filters: 16, kernel: 5}}` are the three spellings: no argument, the first argument
/// alone, arguments by name.
struct PlacedLayer: Hashable, Sendable {
  let kind: LayerKind
  let arguments: [String: LayerArgument]
  /// Where it is written, for the message that a shape does not fit.
  let place: ConfigurationPlace

  subscript(integer name: String) -> Int {
    guard case .integer(let value)? = arguments[name] else { preconditionFailure("\(kind.rawValue) has no integer \(name)") }
    return value
  }

  subscript(word name: String) -> String {
    guard case .word(let value)? = arguments[name] else { preconditionFailure("\(kind.rawValue) has no word \(name)") }
    return value
  }

  /// The same layer in the words of the network room's catalogue, for data of so many classes.
  func description(classCount: Int) -> LayerDescription {
    LayerDescription(
      kind.rawValue,
      arguments.mapValues { argument in
        switch argument {
        case .integer(let value): .number(Double(value))
        case .word(LayerKind.classes): .number(Double(classCount))
        case .number(let value): .number(value)
        case .word(let value): .text(value)
        }
      })
  }
}

/// The value of one argument of a layer.
enum LayerArgument: Hashable, Sendable {
  case integer(Int)
  case number(Double)
  case word(String)
}

extension PlacedLayer {
  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    place = node.place
    if let name = node.scalar {
      kind = try LayerKind(name, at: node)
      arguments = try kind.arguments(from: nil, at: node)
      return
    }
    let entries = try node.entries()
    guard entries.count == 1, let (key, value) = entries.first else {
      throw node.error(
        "a layer is one name with its arguments, found \(entries.count) names",
        advice: "write one list element a layer, for example {dense: 20}")
    }
    kind = try LayerKind(key.string(wanted: "the name of a layer"), at: key)
    arguments = try kind.arguments(from: value, at: key)
  }
}

extension LayerKind {
  fileprivate init(_ name: String, at node: ConfigurationNode) throws(ConfigurationError) {
    guard let kind = LayerKind(rawValue: name) else {
      throw node.unknown("layer", name, known: LayerKind.allCases.map(\.rawValue))
    }
    self = kind
  }

  /// The arguments of this kind: those given, checked, and the defaults of the others.
  fileprivate func arguments(from node: ConfigurationNode?, at place: ConfigurationNode) throws(ConfigurationError)
    -> [String: LayerArgument]
  {
    let parameters = self.parameters
    var given: [String: ConfigurationNode] = [:]
    if let node, node.scalar != nil, let first = parameters.first {
      given[first.name] = node
    } else if let node {
      given = try node.section(known: parameters.map(\.name))
    }
    var arguments: [String: LayerArgument] = [:]
    for parameter in parameters {
      if let value = given[parameter.name] {
        arguments[parameter.name] = try parameter.read(value)
      } else if let value = parameter.defaultValue {
        arguments[parameter.name] = value
      } else {
        throw place.error(
          "the layer '\(rawValue)' lacks '\(parameter.name)'",
          advice: "its arguments: \(parameters.map(\.summary).joined(separator: ", "))")
      }
    }
    return arguments
  }
}
