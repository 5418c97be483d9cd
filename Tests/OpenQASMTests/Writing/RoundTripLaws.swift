import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Reading what was written gives the same file: every instruction, name and annotation, every number to the last bit.
@Suite struct RoundTripLaws {
  /// How a file travels.
  enum Journey: String, CaseIterable, Sendable {
    case openQASM3, json

    func callAsFunction(_ file: CircuitFile) throws -> CircuitFile {
      switch self {
      case .openQASM3: try CircuitFile(openQASM: file.openQASM(.three))
      case .json: try CircuitFile(json: file.json)
      }
    }
  }

  static func expectSame(_ file: CircuitFile, _ journey: Journey, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws
  {
    let back = try journey(file)
    #expect(back.circuit.registers == file.circuit.registers, sourceLocation: sourceLocation)
    for (found, expected) in zip(back.circuit.instructions, file.circuit.instructions) {
      #expect(found == expected, sourceLocation: sourceLocation)
    }
    #expect(back == file, sourceLocation: sourceLocation)
  }

  @Test(arguments: Gate.allCases, Journey.allCases)
  func everyGate(_ gate: Gate, _ journey: Journey) throws {
    var source = RandomSource(seed: 11, stream: UInt64(Gate.allCases.firstIndex(of: gate)!))
    var circuit = Circuit(qubits: 7)
    for added in [[], [Control(6)], [Control(5, isOne: false), Control(6)]] {
      let angles = (0..<gate.angleCount).map { _ in TravelExamples.angle(&source) }
      let places = RandomFixtures.distinct(gate.qubitCount, below: 5, &source)
      circuit.append(Instruction.gate(gate, angles: angles, qubits: places).controlled(by: added))
    }
    try Self.expectSame(CircuitFile(circuit), journey)
  }

  @Test(arguments: TravelExamples.all.keys.sorted(), Journey.allCases)
  func everyKindOfInstruction(_ name: String, _ journey: Journey) throws {
    try Self.expectSame(try #require(TravelExamples.all[name]), journey)
  }

  @Test(arguments: 0..<100, Journey.allCases)
  func randomCircuits(seed: Int, _ journey: Journey) throws {
    try Self.expectSame(TravelExamples.random(UInt64(seed)), journey)
  }

  @Test(arguments: Journey.allCases)
  func numbersKeepTheirLastBit(_ journey: Journey) throws {
    let values = [0.1, 1e-300, 5e-324, 1.7976931348623157e308, -0.0, 1e16, 1e22, 123456789.123456789, .pi, -.pi / 7, 0.1 + 0.2]
    var circuit = Circuit(qubits: 1)
    for value in values { circuit.append(RX(Angle(value), 0)) }
    let back = try journey(CircuitFile(circuit))
    let found = back.circuit.instructions.flatMap(\.angles).compactMap(\.constantValue)
    #expect(found.map(\.bitPattern) == values.map(\.bitPattern))
  }
}
