import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Optimization changes neither the unitary nor any derivative, loses no parameter, and has nothing left to do for its own result.
struct OptimizationLaws {
  /// A random circuit with much to merge: gates twice, gates and inverses, axes repeated, phases of every kind between.
  static func redundant(_ seed: UInt64, qubits: Int = 3, length: Int = 24) -> Circuit {
    var source = RandomSource(seed: seed)
    var circuit = Circuit(qubits: qubits)
    let symbols: [Angle] = [.parameter(0), .parameter(1), .feature(0), .parameter(2)]
    for symbol in symbols { circuit.append(RY(symbol + Angle(source.normal()), source.integer(below: qubits))) }
    while circuit.instructions.count < length {
      let gate = Gate.allCases[source.integer(below: Gate.allCases.count)]
      guard gate.qubitCount <= qubits else { continue }
      let places = RandomFixtures.distinct(gate.qubitCount, below: qubits, &source)
      let angles = (0..<gate.angleCount).map { _ in
        source.bool(probability: 0.5)
          ? Angle(Double(source.integer(below: 9)) * .pi / 4)
          : Angle(source.uniform(in: -2...2)) * symbols[source.integer(below: symbols.count)] + Angle(source.normal())
      }
      let instruction = Instruction.gate(gate, angles: angles, qubits: places)
      circuit.append(instruction)
      switch source.integer(below: 4) {
      case 0: circuit.append(instruction)
      case 1: circuit.append(instruction.inverse)
      case 2:
        // Something that may commute, then a partner.
        circuit.append(RZ(symbols[source.integer(below: 4)], source.integer(below: qubits)))
        circuit.append(instruction.inverse)
      default: break
      }
    }
    return circuit
  }

  static func expectSame(_ circuit: Circuit, _ optimized: Circuit, _ source: inout RandomSource) throws {
    #expect(optimized.parameterCount == circuit.parameterCount)
    #expect(optimized.featureCount == circuit.featureCount)
    let parameters = (0..<circuit.parameterCount).map { _ in source.normal() }
    let features = (0..<circuit.featureCount).map { _ in source.normal() }
    if circuit.isUnitary, !circuit.instructions.contains(where: { $0.name == "AmplitudeEncoding" }) {
      let (before, after) = (
        fullUnitary(circuit, parameters: parameters, features: features),
        fullUnitary(optimized, parameters: parameters, features: features)
      )
      #expect(maximumDifference(before, after) < 1e-12)
    }
    let observables = (0..<2).map { _ in RandomCircuit.observable(qubits: circuit.qubitCount, isDiagonal: false, &source) }
    let batch = RealMatrix(rows: 1, columns: features.count, elements: features)
    func gradient(_ circuit: Circuit) throws -> (values: RealMatrix, gradient: CircuitGradient) {
      try CircuitFunction.expectation(of: observables, after: circuit).valueWithGradient(features: batch, parameters: parameters)
    }
    let (before, after) = (try gradient(circuit), try gradient(optimized))
    #expect(maximumDifference(before.values.elements, after.values.elements) < 1e-11)
    #expect(maximumDifference(before.gradient.parameters, after.gradient.parameters) < 1e-10)
    #expect(maximumDifference(before.gradient.features.elements, after.gradient.features.elements) < 1e-10)
  }

  @Test(arguments: 0..<60)
  func redundantCircuitsShrinkAndStayTheSame(seed: Int) throws {
    let circuit = Self.redundant(UInt64(seed), qubits: 2 + seed % 3)
    let result = circuit.optimized()
    var source = RandomSource(seed: UInt64(seed), stream: 1)
    try Self.expectSame(circuit, result.circuit, &source)
    #expect(result.report.after.operations <= result.report.before.operations)
    #expect(result.report.after == CircuitSize(result.circuit))
    #expect(result.circuit.optimized().circuit == result.circuit)
  }

  @Test(arguments: 0..<40)
  func randomCircuitsStayTheSame(seed: Int) throws {
    var source = RandomSource(seed: UInt64(seed), stream: 2)
    let random = RandomCircuit(.init(qubits: 2 + seed % 3, length: 14), &source)
    // Twice, so that there is something to cancel: the circuit, its inverse, the circuit again.
    let circuit = random.circuit + random.circuit.inverse + random.circuit
    let result = circuit.optimized()
    try Self.expectSame(circuit, result.circuit, &source)
    #expect(result.circuit.optimized().circuit == result.circuit)
  }

  @Test(arguments: Gate.allCases)
  func aGateAndItsInverseGo(_ gate: Gate) {
    let angles = GateLaws.angles(of: gate).map { Angle($0) }
    let instruction = Instruction.gate(gate, angles: angles, qubits: Array(0..<gate.qubitCount))
    var circuit = Circuit(qubits: max(1, gate.qubitCount))
    circuit.append(instruction)
    circuit.append(instruction.inverse)
    #expect(circuit.optimized().circuit.instructions.isEmpty)
    // The same under a control that stands on 0.
    let controlled = circuit.controlled(by: [5: 0])
    #expect(controlled.optimized().circuit.instructions.isEmpty)
  }

  @Test(arguments: Gate.allCases)
  func twiceTheSameGateIsStillTheSame(_ gate: Gate) {
    let symbols = (0..<gate.angleCount).map { Angle.parameter($0) }
    let instruction = Instruction.gate(gate, angles: symbols, qubits: Array(0..<gate.qubitCount))
    var circuit = Circuit(qubits: max(1, gate.qubitCount))
    for _ in 0..<3 { circuit.append(instruction) }
    let parameters = GateLaws.angles(of: gate)
    let result = circuit.optimized().circuit
    #expect(result.parameterCount == circuit.parameterCount)
    #expect(maximumDifference(fullUnitary(circuit, parameters: parameters), fullUnitary(result, parameters: parameters)) < 1e-13)
  }

  @Test(arguments: Gate.allCases)
  func whatIsSaidToCommuteCommutes(_ gate: Gate) {
    var source = RandomSource(seed: 7, stream: UInt64(Gate.allCases.firstIndex(of: gate)!))
    var found = 0
    for other in Gate.allCases where max(gate.qubitCount, other.qubitCount) <= 3 {
      for _ in 0..<3 {
        func placed(_ gate: Gate) -> Instruction {
          let angles = GateLaws.angles(of: gate).map { Angle($0) }
          let places = RandomFixtures.distinct(gate.qubitCount, below: 3, &source)
          return .gate(gate, angles: angles, qubits: places)
        }
        let (first, second) = (placed(gate), placed(other))
        guard first.commutes(with: second) else { continue }
        found += 1
        let one = fullUnitary(try! Circuit(qubits: 3, instructions: [first, second]))
        let two = fullUnitary(try! Circuit(qubits: 3, instructions: [second, first]))
        #expect(maximumDifference(one, two) < 1e-13, "\(first) and \(second)")
      }
    }
    #expect(found > 0 || gate.qubitCount > 3, "\(gate.rawValue) commutes with nothing")
  }
}
