// What follows from `visitTensors`: counting, reading and writing weights by name or as one vector.
extension Layer {
  /// The layer's tensors by path, weights and buffers alike.
  public var tensors: [String: Tensor<Scalar>] {
    var result: [String: Tensor<Scalar>] = [:]
    forEachTensor { name, _, tensor in
      precondition(result.updateValue(tensor, forKey: name) == nil, "\(Self.self): two tensors are named \"\(name)\"")
    }
    return result
  }

  /// How many trainable numbers the layer has.
  public var parameterCount: Int {
    var count = 0
    forEachTensor { _, role, tensor in if role == .parameter { count += tensor.count } }
    return count
  }

  /// Names and shapes of the trainable tensors, in the order of `parameterVector`.
  public var parameterShapes: [(name: String, shape: [Int])] {
    var shapes: [(name: String, shape: [Int])] = []
    forEachTensor { name, role, tensor in if role == .parameter { shapes.append((name, tensor.shape)) } }
    return shapes
  }

  /// All trainable numbers in one run, as optimizers see them.
  public var parameterVector: [Double] {
    get {
      var vector: [Double] = []
      vector.reserveCapacity(parameterCount)
      forEachTensor { _, role, tensor in if role == .parameter { tensor.append(to: &vector) } }
      return vector
    }
    set {
      precondition(newValue.count == parameterCount, "parameterVector: expected \(parameterCount) numbers, found \(newValue.count)")
      var position = 0
      visitTensors { _, role, tensor in
        guard role == .parameter else { return }
        tensor.replace(from: newValue, at: position)
        position += tensor.count
      }
    }
  }

  /// The gradient in the layout of `parameterVector`; zero where the output does not depend on a parameter.
  public func vector(of gradients: Gradients<Scalar>) -> [Double] {
    var vector: [Double] = []
    forEachTensor { name, role, tensor in
      guard role == .parameter else { return }
      (gradients.parameters[name] ?? Tensor(shape: tensor.shape)).append(to: &vector)
    }
    return vector
  }

  /// Stores the buffers that a pass in training mode has handed out.
  public mutating func storeBuffers(of tape: Tape<Scalar>) {
    guard !tape.bufferUpdates.isEmpty else { return }
    visitTensors { name, role, tensor in
      if role == .buffer, let update = tape.bufferUpdates[name] { tensor = update }
    }
  }

  /// Takes over tensors by path.
  ///
  /// - Throws: `NetworkError.data` when one is missing, superfluous or has another shape; the layer is unchanged then.
  public mutating func loadTensors(_ tensors: [String: Tensor<Scalar>]) throws(NetworkError) {
    let own = self.tensors
    for (name, tensor) in own.sorted(by: { $0.key < $1.key }) {
      guard let found = tensors[name] else {
        throw .data("Tensor \"\(name)\" is missing", remedy: "Load it into a network built from the same description")
      }
      guard found.shape == tensor.shape else {
        throw .data(
          "Tensor \"\(name)\": expected shape \(tensor.shape), found \(found.shape)",
          remedy: "Load it into a network built from the same description")
      }
    }
    if let stranger = tensors.keys.filter({ own[$0] == nil }).min() {
      throw .data(
        "Tensor \"\(stranger)\" has no place in the network", remedy: "Load it into a network built from the same description")
    }
    visitTensors { name, _, tensor in tensor = tensors[name]! }
  }

  private func forEachTensor(_ body: (String, TensorRole, Tensor<Scalar>) -> Void) {
    var copy = self
    copy.visitTensors { body($0, $1, $2) }
  }
}

extension Tensor {
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  fileprivate func append(to vector: inout [Double]) {
    for x in scalars { vector.append(Double(x)) }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  fileprivate mutating func replace(from vector: [Double], at position: Int) {
    self = Tensor(shape: shape, scalars: vector[position..<position + count].map { Scalar($0) })
  }
}
