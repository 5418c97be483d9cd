import QuantumCircuits
import Randomness
import Stabilizers

extension CliffordGate {
  /// The gate as an instruction of a circuit, on `qubits[k]` in place of qubit k.
  func instruction(on qubits: [Int]) -> Instruction {
    .gate(Gate(rawValue: name.rawValue)!, angles: [], qubits: self.qubits.map { qubits[$0] })
  }
}

extension Clifford {
  /// A circuit of the element on the given qubits.
  func instructions(on qubits: [Int]) -> [Instruction] { gates().map { $0.instruction(on: qubits) } }

  /// The product of X on the qubits where `mask` is 1.
  static func flips(_ mask: Int, qubits count: Int) -> Clifford {
    (0..<count).reduce(.identity(count)) { mask >> $1 & 1 == 1 ? $0.then(.x, on: [$1]) : $0 }
  }
}

/// How many gates the circuits of Clifford elements have: means over random elements, the same ones in every run, so that two runs differ by
/// what they measured alone. Counting takes longer than all else that is read from counts, and is done once for each number of qubits.
struct CliffordGateCounts {
  /// All gates.
  let all: Double
  /// Those of two qubits.
  let pairs: Double

  /// Elements that are counted.
  static let drawn = 10_000

  private static let one = CliffordGateCounts(qubits: 1)
  private static let two = CliffordGateCounts(qubits: 2)
  private static let three = CliffordGateCounts(qubits: 3)
  private static let four = CliffordGateCounts(qubits: 4)
  private static let five = CliffordGateCounts(qubits: 5)

  /// Those of elements on 1 to 5 qubits.
  static func of(_ count: Int) -> CliffordGateCounts {
    switch count {
    case 1: one
    case 2: two
    case 3: three
    case 4: four
    case 5: five
    default: preconditionFailure("CliffordGateCounts: \(count) qubits, must be 1 to 5")
    }
  }

  private init(qubits count: Int) {
    var (random, all, pairs) = (RandomSource(seed: 0, stream: 0xB2), 0, 0)
    for _ in 0..<Self.drawn {
      let gates = Clifford.random(qubits: count, using: &random).gates()
      all += gates.count
      pairs += gates.count { $0.qubits.count == 2 }
    }
    (self.all, self.pairs) = (Double(all) / Double(Self.drawn), Double(pairs) / Double(Self.drawn))
  }
}
