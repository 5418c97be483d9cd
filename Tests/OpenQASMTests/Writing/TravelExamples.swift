import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport

/// Files with everything that a circuit and its names can be.
enum TravelExamples {
  private static let c = ClassicalRegister("c", bits: 0..<3)
  private static let flag = ClassicalRegister("flag", bits: 3..<4)

  static let all: [String: CircuitFile] = [
    "names": named, "matrices": CircuitFile(matrices), "preparations": CircuitFile(preparations), "channels": CircuitFile(channels),
    "measurements": CircuitFile(measurements), "blocks": CircuitFile(blocks), "snapshots": CircuitFile(snapshots),
    "functions": CircuitFile(functions),
  ]

  private static let named: CircuitFile = {
    var circuit = Circuit(qubits: 5, registers: [c, flag])
    circuit.append(RX(.parameter(0) + 2 * .feature(1), 0))
    circuit.append(RY(.parameter(3), 4))
    circuit.append(RZ(.feature(0) * .parameter(1), 2))
    circuit.append(RZ(.parameter(2), 3))
    circuit.append(Barrier())
    circuit.append(Measure(4, into: flag[0]))
    return CircuitFile(
      circuit: circuit,
      qubitRegisters: [QubitRegister("data", qubits: 0..<3), QubitRegister("ancilla", qubits: 3..<5)],
      inputs: [
        CircuitInput("theta", .parameter(0)), CircuitInput("height", .feature(0)), CircuitInput("w[0]", .parameter(1)),
        CircuitInput("w[1]", .parameter(2)), CircuitInput("w[2]", .parameter(3)), CircuitInput("width", .feature(1)),
        CircuitInput("unused", .parameter(4)),
      ],
      outputs: ["flag"], variables: ["c"], observables: [try! PauliSum("0.5 X0 Z2 - Y1 + 1.25"), try! PauliSum("Z4")],
      remarks: [Remark("#pragma other tool", place: 0), Remark("@other.mark 3", place: 2), Remark("#pragma last", place: 6)])
  }()

  private static let matrices: Circuit = {
    var source = RandomSource(seed: 3)
    return Circuit(qubits: 4) {
      Instruction.unitary(RandomFixtures.unitary(2, &source), on: 2)
      Instruction.unitary(RandomFixtures.unitary(4, &source), on: 3, 0).controlled(by: [1: 0, 2: 1])
      Instruction.diagonal(RandomFixtures.phases(4, &source), on: 0, 3)
      Instruction.diagonal([1, .i], on: 1).controlled(by: 0)
      Instruction.permutation([2, 0, 3, 1], on: 1, 3)
      Instruction.permutation([1, 0], on: 0).controlled(by: [2: 0])
      PauliRotation(.parameter(0) / 3, X(0), Y(2), Z(3))
      Instruction(.pauliRotation(PauliWord([Y(1)]), 0.25), targets: [3, 0, 2], controls: [Control(1)])
      MultiRZ(2 * .feature(0), 0, 1, 2, 3)
    }
  }()

  private static let preparations = Circuit(qubits: 4) {
    AmplitudeEncoding(Features(3), on: 1, 0)
    StatePreparation([Complex(0.6, 0), Complex(0, 0.8)], on: 3)
    H(2)
  }

  private static let channels: Circuit = {
    var circuit = Circuit(qubits: 3)
    for (place, kind) in ChannelKind.allCases.enumerated() {
      let strengths = kind.row.strengths.enumerated().map { Angle(0.01 * Double($0.offset + 1 + place % 3)) }
      // Times of relaxation: t2 is at most 2 t1.
      let values = kind == .thermalRelaxation ? [100, 150, 20, Angle(0.1)] : strengths
      circuit.append(Instruction.channel(Channel(kind, values), on: place % 3))
    }
    circuit.append(Depolarizing(errorProbability: .parameter(0), 0, 2))
    circuit.append(Depolarizing(mixing: 0.125, 2, 1, 0))
    let (xx, z) = (PauliWord([X(0), X(1)]), PauliWord([Z(1)]))
    circuit.append(
      Instruction.channel(
        .paulis([(word: xx, probability: 0.1 as Angle), (word: z, probability: .parameter(1))], qubitCount: 2), on: 2, 0))
    circuit.append(
      Instruction.channel(
        .pauliLindblad([(word: z, rate: 0.2 as Angle), (word: xx, rate: 0.05 as Angle)], qubitCount: 2), on: 0, 1))
    let root = Complex(0.5.squareRoot())
    circuit.append(Instruction.channel(try! Channel(kraus: [root * .identity(2), root * Pauli.y.matrix]), on: 1))
    circuit.append(
      Instruction.channel(try! Channel(mixing: [(0.75, .identity(2)), (0.25, Pauli.x.matrix)]), on: 2))
    return circuit
  }()

  private static let measurements = Circuit(qubits: 4, registers: [c, flag]) {
    Measure(2, into: c[1])
    Measure([0, 1, 3], into: c)
    Instruction(.measurement(bits: [2, 0]), targets: [3, 1])
    Instruction(.measurement(bits: [3, 1]), targets: [0, 2])
    Instruction(.measurement(bits: [1, 2, 3, 0]), targets: [0, 1, 2, 3])
    Reset(1)
    Reset(3, 0)
    Reset(0, 1, 2, 3)
    Barrier(2, 0)
    Barrier()
    Assign(ClassicalExpression.integer(5), to: c)
    Assign(c[0] ^ c[2], to: flag)
    Instruction(.assignment(bits: [0, 2], .bits([1, 2])), targets: [])
    Instruction(.assignment(bits: [3, 0], .integer(2)), targets: [])
  }

  private static let blocks = Circuit(qubits: 3, registers: [c, flag]) {
    If(c == 3) {
      X(0)
      RX(.parameter(0), 1).controlled(by: [2: 0])
      If(!flag[0] && (c[0] || c[1])) {
        Y(1)
      } else: {
        Measure(2, into: flag[0])
      }
    } else: {
      Depolarizing(errorProbability: 0.01, 2)
    }
    If(ClassicalExpression.binary(.greater, .bits([2, 0]), .binary(.plus, .bits([0, 3]), .integer(-2)))) { Z(0) }
    While(flag[0], limit: 20) {
      RY(0.3, 0)
      Measure(0, into: flag[0])
      While(ClassicalExpression.binary(.less, .bits([0, 1, 2]), .integer(6)), limit: 3) { Assign(c[0] ^ flag[0], to: c[1]) }
    }
    for operation in ClassicalExpression.Operator.allCases {
      If(ClassicalExpression.binary(operation, .bits([0, 1, 2]), .not(.bits([3])))) { X(0) }
    }
  }

  private static let snapshots = Circuit(qubits: 3) {
    H(0)
    Snapshot("energy", of: 0.5 * X(0) * Z(2) - Y(2) + 1.5)
    Snapshot("two of them", probabilitiesOf: 2, 0)
  }

  private static let functions: Circuit = {
    var circuit = Circuit(qubits: 1)
    let x = Angle.feature(0), w = Angle.parameter(0)
    for function in AngleFunction.allCases { circuit.append(RX(.function(function, x / 4 + 0.5), 0)) }
    circuit.append(RY(w / (2 + .square(x)) - .sin(.cos(w * x)) * (w - 1), 0))
    circuit.append(RY(-w + -(x + 1) - 0.5, 0))
    circuit.append(RY((w + x) + (x + w), 0))
    circuit.append(RY((w - x) / (w / x), 0))
    circuit.append(RZ(2 * w * x * -3, 0))
    return circuit
  }()

  // MARK: - Random

  static func angle(_ source: inout RandomSource) -> Angle {
    let symbols = [Angle.parameter(0), .parameter(1), .feature(0)]
    func leaf() -> Angle { source.bool(probability: 0.5) ? symbols[source.integer(below: 3)] : Angle(source.normal()) }
    switch source.integer(below: 6) {
    case 0: return leaf()
    case 1: return leaf() + leaf()
    case 2: return leaf() * symbols[source.integer(below: 3)] - leaf()
    case 3: return leaf() / (2 + .square(symbols[source.integer(below: 3)]))
    case 4: return .tanh(leaf() + symbols[source.integer(below: 3)]) * leaf()
    default: return Angle(source.uniform(in: -10...10))
    }
  }

  /// A circuit of random gates, matrices, measurements and blocks.
  static func random(_ seed: UInt64) -> CircuitFile {
    var source = RandomSource(seed: seed, stream: 4)
    let qubits = 4 + source.integer(below: 3)
    func list(_ count: Int, depth: Int) -> [Instruction] {
      (0..<count).map { _ in
        let kind = source.integer(below: depth < 2 ? 12 : 10)
        switch kind {
        case 0: return .unitary(RandomFixtures.unitary(4, &source), qubits: RandomFixtures.distinct(2, below: qubits, &source))
        case 1: return Instruction(.diagonal(RandomFixtures.phases(2, &source)), targets: [source.integer(below: qubits)])
        case 2:
          return Instruction(
            .measurement(bits: RandomFixtures.distinct(2, below: 4, &source)),
            targets: RandomFixtures.distinct(2, below: qubits, &source))
        case 3: return Instruction(.assignment(bits: [source.integer(below: 4)], .bits([source.integer(below: 4)])), targets: [])
        case 10:
          return Instruction(
            .conditional(expression(depth: 1), then: list(2, depth: depth + 1), otherwise: list(1, depth: depth + 1)), targets: [])
        case 11:
          return Instruction(
            .loop(expression(depth: 1), limit: 1 + source.integer(below: 9), body: list(2, depth: depth + 1)), targets: [])
        default:
          while true {
            let gate = Gate.allCases[source.integer(below: Gate.allCases.count)]
            guard gate.qubitCount < qubits else { continue }
            let places = RandomFixtures.distinct(qubits, below: qubits, &source)
            let angles = (0..<gate.angleCount).map { _ in angle(&source) }
            let instruction = Instruction.gate(gate, angles: angles, qubits: Array(places.prefix(gate.qubitCount)))
            let added = source.bool(probability: 0.3) ? [Control(places[qubits - 1], isOne: source.bool(probability: 0.5))] : []
            return instruction.controlled(by: added)
          }
        }
      }
    }
    func expression(depth: Int) -> ClassicalExpression {
      let bits = RandomFixtures.distinct(1 + source.integer(below: 3), below: 4, &source)
      if depth == 0 || source.bool(probability: 0.3) { return .bits(bits) }
      let operations = ClassicalExpression.Operator.allCases
      let other: ClassicalExpression =
        source.bool(probability: 0.5) ? .integer(source.integer(below: 9) - 4) : .not(.bits([bits[0]]))
      return .binary(operations[source.integer(below: operations.count)], expression(depth: depth - 1), other)
    }
    let instructions = list(12, depth: 0)
    return CircuitFile(try! Circuit(qubits: qubits, registers: [c, flag], instructions: instructions))
  }
}
