import QuantumCircuits
import Randomness
import Stabilizers
import Synchronization

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

/// How many gates the circuits of Clifford elements have: means over random elements, the same ones in every run, so that two runs
/// differ by what they measured alone. Counting takes longer than all else that is read from counts, and is done once for each
/// number of qubits.
struct CliffordGateCounts {
  /// All gates.
  let all: Double
  /// Those of two qubits.
  let pairs: Double

  /// Elements that are counted.
  static let drawn = 10_000

  private static let counted = Mutex<[Int: CliffordGateCounts]>([:])

  /// Those of elements on `count` qubits.
  static func of(_ count: Int) -> CliffordGateCounts {
    counted.withLock { counted in
      let counts = counted[count] ?? CliffordGateCounts(qubits: count)
      counted[count] = counts
      return counts
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
