// Short circuits of elements on one and two qubits, where there are few enough to look at all ways.
extension Clifford {
  /// For each of the 24 elements on one qubit a shortest product of gates.
  static let shortest: [Clifford: [CliffordGate.Name]] = {
    let names: [CliffordGate.Name] = [.x, .y, .z, .h, .s, .sdg]
    var found: [Clifford: [CliffordGate.Name]] = [.identity(1): []]
    var newest = [Clifford.identity(1)]
    while !newest.isEmpty {
      var next: [Clifford] = []
      for element in newest {
        for name in names {
          let product = element.then(name.clifford)
          guard found[product] == nil else { continue }
          found[product] = found[element]! + [name]
          next.append(product)
        }
      }
      newest = next
    }
    return found
  }()

  /// The elements on one qubit that an element on two is a product of; nil if it entangles or exchanges the qubits.
  private var locals: (Clifford, Clifford)? {
    guard (x[0].x | x[0].z | z[0].x | z[0].z) & 2 == 0, (x[1].x | x[1].z | z[1].x | z[1].z) & 1 == 0 else { return nil }
    func lowered(_ pauli: SignedPauli) -> SignedPauli { SignedPauli(x: pauli.x >> 1, z: pauli.z >> 1, turns: pauli.turns) }
    return (
      Clifford(imagesOfX: [x[0]], imagesOfZ: [z[0]]), Clifford(imagesOfX: [lowered(x[1])], imagesOfZ: [lowered(z[1])])
    )
  }

  private var localGates: [CliffordGate]? {
    locals.map { first, second in
      first.gates() + Self.shortest[second]!.map { CliffordGate($0, 1) }
    }
  }

  /// A circuit on two qubits with the fewest CX: none, one, two, or the three of an exchange.
  ///
  /// After the element come rotations that choose an axis for the control and one for the target, and a CX; where what is left is
  /// local, the element is that and then the inverse of what came.
  func pairGates() -> [CliffordGate] {
    if let gates = localGates { return gates }
    let turns = Self.axes.map { ($0.gates, self.then($0.element)) }
    for (gates, rest) in turns {
      if let local = rest.localGates { return local + Self.inverse(gates) }
    }
    for (gates, rest) in turns {
      for (more, element) in Self.axes {
        if let local = rest.then(element).localGates { return local + Self.inverse(gates + more) }
      }
    }
    let exchange = [CliffordGate(.cx, 0, 1), CliffordGate(.cx, 1, 0), CliffordGate(.cx, 0, 1)]
    return then(.swap).localGates! + exchange
  }

  /// Rotations onto the axes of a CX, and the CX.
  private static let axes: [(gates: [CliffordGate], element: Clifford)] = {
    let controls: [[CliffordGate.Name]] = [[], [.h], [.sdg, .h]]
    let targets: [[CliffordGate.Name]] = [[], [.h], [.s]]
    return controls.flatMap { control in
      targets.map { target in
        let gates =
          control.map { CliffordGate($0, 0) } + target.map { CliffordGate($0, 1) } + [CliffordGate(.cx, 0, 1)]
        return (gates, gates.reduce(.identity(2)) { $0.then($1.name.clifford, on: $1.qubits) })
      }
    }
  }()

  private static func inverse(_ gates: [CliffordGate]) -> [CliffordGate] { gates.reversed().map(\.inverse) }
}
