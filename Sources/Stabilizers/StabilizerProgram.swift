import Randomness

/// A circuit of Clifford gates, Pauli noise, measurements and resets, on any number of qubits.
///
/// ```swift
/// var program = StabilizerProgram(qubits: 2, bits: 2)
/// program.append(.gate(.h, [0]))
/// program.append(.gate(.cx, [0, 1]))
/// program.append(.noise(.depolarizing(qubits: 2, errorProbability: 0.01), [0, 1]))
/// for qubit in 0..<2 { program.append(.measure(qubit, bit: qubit)) }
/// let shots = program.sample(shots: 1_000_000, seed: 7)
/// ```
public struct StabilizerProgram: Sendable {
  /// One step.
  public enum Operation: Sendable, Hashable {
    /// An element of the Clifford group; its qubit k is the k-th listed.
    case gate(Clifford, [Int])
    /// One of some Pauli products on the listed qubits.
    case noise(PauliNoise, [Int])
    /// Z of a qubit is measured and the outcome stored.
    case measure(Int, bit: Int)
    /// A bit is flipped with a probability.
    case flip(bit: Int, probability: Double)
    /// Bits are reported as others; what comes later sees what is reported.
    case confuse(BitConfusion, bits: [Int])
    /// A qubit is put into |0>.
    case reset(Int)
    /// A Pauli product on the listed qubits where the parity of the bits is 1.
    case feedback(SignedPauli, [Int], bits: [Int])
  }

  /// How many qubits.
  public let qubitCount: Int
  /// How many classical bits, all 0 at first.
  public let bitCount: Int
  /// The steps in order.
  public private(set) var operations: [Operation] = []

  public init(qubits: Int, bits: Int) {
    precondition(qubits >= 1 && bits >= 0, "StabilizerProgram: \(qubits) qubits and \(bits) bits")
    (qubitCount, bitCount) = (qubits, bits)
  }

  /// Adds a step. One that does not fit stops the program.
  public mutating func append(_ operation: Operation) {
    let (qubits, expected, bits): ([Int], Int, [Int]) =
      switch operation {
      case .gate(let clifford, let qubits): (qubits, clifford.qubitCount, [])
      case .noise(let mixture, let qubits): (qubits, mixture.qubitCount, [])
      case .measure(let qubit, let bit): ([qubit], 1, [bit])
      case .flip(let bit, _): ([], 0, [bit])
      case .confuse(_, let bits): ([], 0, bits)
      case .reset(let qubit): ([qubit], 1, [])
      case .feedback(_, let qubits, let bits): (qubits, qubits.count, bits)
      }
    guard
      qubits.count == expected, Set(qubits).count == expected, qubits.allSatisfy({ (0..<qubitCount).contains($0) }),
      bits.allSatisfy({ (0..<bitCount).contains($0) }), operation.takes(bits)
    else { fatalError("StabilizerProgram: \(operation) does not fit \(qubitCount) qubits and \(bitCount) bits") }
    operations.append(operation)
  }

  /// One run without noise on a stabilizer state.
  ///
  /// - Parameter outcome: of a measurement that the state does not decide.
  /// - Returns: the bits.
  public func reference(otherwise outcome: () -> Bool = { false }) -> [Bool] { traced(otherwise: outcome).bits }

  /// The bits at the end, and what those of each confusion held when its turn came, the first as the lowest.
  func traced(otherwise outcome: () -> Bool = { false }) -> (bits: [Bool], confused: [Int]) {
    var confused: [Int] = []
    var state = StabilizerState(qubits: qubitCount)
    var bits = [Bool](repeating: false, count: bitCount)
    for operation in operations {
      switch operation {
      case .gate(let clifford, let qubits): state.apply(clifford, to: qubits)
      case .noise, .flip: break
      case .confuse(_, let places): confused.append(places.enumerated().reduce(0) { bits[$1.element] ? $0 | 1 << $1.offset : $0 })
      case .measure(let qubit, let bit): bits[bit] = state.measure(z: [qubit], otherwise: outcome()).outcome
      case .reset(let qubit): if state.measure(z: [qubit], otherwise: outcome()).outcome { state.apply(.x, to: [qubit]) }
      case .feedback(let pauli, let qubits, let conditions):
        guard conditions.reduce(false, { $0 != bits[$1] }) else { break }
        for (place, qubit) in qubits.enumerated() {
          if pauli.x.has(place) { state.apply(.x, to: [qubit]) }
          if pauli.z.has(place) { state.apply(.z, to: [qubit]) }
        }
      }
    }
    return (bits, confused)
  }
}

extension StabilizerProgram.Operation {
  /// Whether a confusion has as many different bits as its values.
  fileprivate func takes(_ bits: [Int]) -> Bool {
    guard case .confuse(let confusion, _) = self else { return true }
    return bits.count == confusion.bitCount && Set(bits).count == bits.count
  }
}
