import QuantumCircuits
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
