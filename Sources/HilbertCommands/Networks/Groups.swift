import NeuralNetworks

/// Equal shares of the features, each through a network of its own, the outputs side by side.
///
/// - Shape: `[samples, groups * inputs]` -> `[samples, groups * outputs]`.
struct Groups<Scalar: TensorScalar>: Layer {
  /// How many features one part reads.
  let inputs: Int
  var parts: [any Layer<Scalar>]

  func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape == [inputs * parts.count] else {
      throw .shape(ShapeMismatch(layer: "Groups", expected: "[samples, \(inputs * parts.count)]", foundSample: inputShape))
    }
    return [try parts.map { part throws(NetworkError) in try part.outputShape(for: [inputs])[0] }.reduce(0, +)]
  }

  func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    let outputs = try parts.enumerated().map { index, part in
      try part.forward(input.sliced(axis: 1, index * inputs..<(index + 1) * inputs), in: pass.entering("\(index)"))
    }
    return Variable.concatenated(outputs, axis: 1)
  }

  mutating func visitTensors(_ visit: (String, TensorRole, inout Tensor<Scalar>) throws -> Void) rethrows {
    for index in parts.indices {
      try parts[index].visitTensors { name, role, tensor in try visit("\(index).\(name)", role, &tensor) }
    }
  }

  var couplesSamples: Bool { parts.contains { $0.couplesSamples } }
  var isRandom: Bool { parts.contains { $0.isRandom } }
}
