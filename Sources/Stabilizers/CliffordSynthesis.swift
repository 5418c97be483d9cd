/// A gate of a circuit for an element of the Clifford group; the first qubit of `cx` is the control.
public struct CliffordGate: Sendable, Hashable {
  /// The gates that circuits are made of; raw values are OpenQASM names.
  public enum Name: String, Sendable, CaseIterable {
    case h, s, sdg, x, y, z, cx

    /// What the gate makes of X and Z.
    public var clifford: Clifford { Self.elements[self]! }

    fileprivate var inverse: Name { self == .s ? .sdg : self == .sdg ? .s : self }

    /// The one place where names are told apart.
    private static let elements: [Name: Clifford] = [
      .h: .h, .s: .s, .sdg: .sdg, .x: .x, .y: .y, .z: .z, .cx: .cx,
    ]
  }

  /// Which gate.
  public let name: Name
  /// Its qubits.
  public let qubits: [Int]

  public init(_ name: Name, _ qubits: Int...) {
    self.name = name
    self.qubits = qubits
  }

  fileprivate init(_ name: Name, qubits: [Int]) {
    self.name = name
    self.qubits = qubits
  }

  /// The gate that undoes this one.
  public var inverse: CliffordGate { CliffordGate(name.inverse, qubits: qubits) }

  /// The gate on `qubits[k]` in place of qubit k.
  public func mapped(to qubits: [Int]) -> CliffordGate { CliffordGate(name, qubits: self.qubits.map { qubits[$0] }) }
}

extension Clifford {
  /// A circuit of the element: as short as possible on one qubit, with as few CX as possible on two.
  ///
  /// On more qubits gates are found that bring the images of X_q and Z_q back to X_q and Z_q, qubit after qubit; the circuit is
  /// their inverse.
  ///
  /// - Returns: O(n^2) gates in the order of action; on two qubits 1.5 CX on average.
  ///
  /// Source: van den Berg, "A simple method for sampling random Clifford operators", 2021, section 3: the sweep of one pair.
  public func gates() -> [CliffordGate] {
    if qubitCount == 1 { return Self.shortest[self]!.map { CliffordGate($0, 0) } }
    if qubitCount == 2 { return pairGates() }
    var sweep = Sweep(rest: self)
    for qubit in 0..<qubitCount { sweep.restore(qubit) }
    return sweep.gates.reversed().map(\.inverse)
  }
}

/// An element on its way to the identity, and the gates that took it there.
private struct Sweep {
  var rest: Clifford
  var gates: [CliffordGate] = []

  mutating func apply(_ name: CliffordGate.Name, _ qubits: Int...) {
    gates.append(CliffordGate(name, qubits: qubits))
    rest = rest.then(name.clifford, on: qubits)
  }

  /// Makes the images of X and Z of a qubit X and Z themselves; earlier qubits are restored already, and no image touches them.
  mutating func restore(_ qubit: Int) {
    reduce(\.x, to: qubit)
    if rest.z[qubit].x != 0 || rest.z[qubit].z != .bit(qubit) {
      apply(.h, qubit)
      // The image of X is Z now, which phase gates and controls on this qubit leave alone.
      reduce(\.z, to: qubit)
      apply(.h, qubit)
    }
    if rest.x[qubit].isNegative { apply(.z, qubit) }
    if rest.z[qubit].isNegative { apply(.x, qubit) }
  }

  /// Makes an image X on the qubit, up to its sign.
  private mutating func reduce(_ images: KeyPath<Clifford, [SignedPauli]>, to qubit: Int) {
    for place in qubit..<rest.qubitCount {
      let image = rest[keyPath: images][qubit]
      guard image.z.has(place) else { continue }
      if image.x.has(place) { apply(.s, place) } else { apply(.h, place) }
    }
    let others = (qubit..<rest.qubitCount).filter { $0 != qubit && rest[keyPath: images][qubit].x.has($0) }
    if !rest[keyPath: images][qubit].x.has(qubit) { apply(.cx, others[0], qubit) }
    for other in others { apply(.cx, qubit, other) }
  }
}
