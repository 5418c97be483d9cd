import LinearAlgebra
import OpenQASM
import QuantumCircuits
import TestSupport
import Testing

/// The definitions that stand at the top of a file are the gates of the table, phase included.
@Suite struct GateDefinitionLaws {
  static let angles = [0.7310, -1.3129, 2.0474, 0.4361]

  /// The file of one gate, its definition under another name, so that the reader has to take it at its word.
  private static func disguised(_ gate: Gate, _ version: OpenQASMVersion) throws -> CircuitFile? {
    let values = angles.prefix(gate.angleCount).map { Angle($0) }
    var circuit = Circuit(qubits: max(1, gate.qubitCount))
    circuit.append(Instruction.gate(gate, angles: Array(values), qubits: Array(0..<gate.qubitCount)))
    let text = try CircuitFile(circuit).openQASM(version)
    let word = try Regex("\\b\(gate.rawValue)\\b")
    guard text.contains("gate \(gate.rawValue)") else { return nil }
    return try CircuitFile(openQASM: text.replacing(word, with: "disguised"))
  }

  @Test(arguments: Gate.allCases)
  func areTheGates(_ gate: Gate) throws {
    guard let file = try Self.disguised(gate, .three) else { return }
    // The inverse of a gate whose inverse has a name of its own is read as that gate: nothing is left to disguise.
    if case .gate = gate.row.inverse {
    } else {
      #expect(file.circuit.instructions.allSatisfy { $0 != .gate(gate, angles: $0.angles, qubits: $0.qubits) })
    }
    let expected = gate.matrix(angles: Array(Self.angles.prefix(gate.angleCount)))
    #expect(maximumDifference(matrix(of: file.circuit), expected) < 1e-12)
  }

  @Test(arguments: Gate.allCases)
  func areTheGatesUpToAPhaseInVersion2(_ gate: Gate) throws {
    let expected = gate.matrix(angles: Array(Self.angles.prefix(gate.angleCount)))
    do {
      guard let file = try Self.disguised(gate, .two) else { return }
      #expect(matrix(of: file.circuit).isClose(to: expected, upToPhaseWithin: 1e-12))
    } catch let error as WritingError {
      #expect([.doubleExcitation, .doubleExcitationPlus, .doubleExcitationMinus, .gphase, .u].contains(gate), "\(error)")
    }
  }

  /// An importer of Qiskit (qiskit-qasm3-import 0.6) binds parameters by the order of their names.
  @Test(arguments: Gate.allCases.filter { $0.angleCount > 1 })
  func parametersStandInTheOrderOfTheirNames(_ gate: Gate) throws {
    var circuit = Circuit(qubits: gate.qubitCount)
    circuit.append(
      Instruction.gate(gate, angles: Array(repeating: 0.5, count: gate.angleCount), qubits: Array(0..<gate.qubitCount)))
    let text = try CircuitFile(circuit).openQASM(.three)
    for definition in text.matches(of: /gate \w+\(([^)]*)\)/) {
      let names = definition.1.split(separator: ", ")
      #expect(names == names.sorted(), "\(definition.0)")
    }
  }

  /// Products of whole gates as Kronecker sums.
  private func matrix(of circuit: Circuit) -> ComplexMatrix {
    circuit.instructions.reduce(.identity(1 << circuit.qubitCount)) { product, instruction in
      instruction.factors.reduce(product) { product, factor in
        ReferenceOperators.kroneckerSum(
          factor.matrix { $0.value() }, targets: factor.targets,
          controls: Dictionary(uniqueKeysWithValues: instruction.controls.map { ($0.qubit, $0.isOne ? 1 : 0) }),
          qubitCount: circuit.qubitCount) * product
      }
    }
  }
}
