import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport

/// A random circuit with inputs for a batch: every kind of instruction and angle, parameters and features shared by many gates.
struct RandomCircuit {
  let circuit: Circuit
  let observables: [PauliSum]
  let parameters: [Double]
  /// Shape: samples x features.
  let features: RealMatrix
  /// Shape: samples x observables.
  let cotangents: RealMatrix

  /// What the circuit may hold.
  struct Shape {
    var qubits: Int
    /// Instructions beside the first, one for each qubit and symbol.
    var length = 10
    var samples = 1
    /// Only angles with one frequency, which the two-term shift rule takes.
    var isSingleFrequency = false
    /// A gate that must occur.
    var gate: Gate?
  }

  func expectation(precision: Precision = .double) throws -> CircuitFunction {
    try .expectation(of: observables, after: circuit, precision: precision)
  }

  static func matrix(_ rows: Int, _ columns: Int, _ source: inout RandomSource) -> RealMatrix {
    RealMatrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in source.normal() })
  }

  // MARK: - Instructions

  fileprivate static func instruction(
    qubits: Int, gate wanted: Gate?, _ symbols: [Angle], _ source: inout RandomSource
  ) -> Instruction {
    let kind = wanted == nil ? source.integer(below: 10) : 9
    switch kind {
    case 0:
      let count = 1 + source.integer(below: min(2, qubits))
      return .unitary(RandomFixtures.unitary(1 << count, &source), qubits: RandomFixtures.distinct(count, below: qubits, &source))
    case 1:
      let places = RandomFixtures.distinct(min(2, qubits), below: qubits, &source)
      return Instruction(.diagonal(RandomFixtures.phases(1 << places.count, &source)), targets: places)
    case 2:
      let places = RandomFixtures.distinct(min(2, qubits), below: qubits, &source)
      return Instruction(.permutation(source.permutation(of: 1 << places.count)), targets: places)
    case 3, 4:
      let places = RandomFixtures.distinct(1 + source.integer(below: qubits), below: qubits, &source)
      return controlled(.pauliRotation(angle(symbols, &source), word(on: places, &source)), qubits: qubits, &source)
    default:
      var gate = wanted
      while gate == nil {
        let drawn = Gate.allCases[source.integer(below: Gate.allCases.count)]
        if drawn.qubitCount <= qubits, drawn.angleCount > 0 || source.bool(probability: 0.3) { gate = drawn }
      }
      let angles = (0..<gate!.angleCount).map { _ in angle(symbols, &source) }
      let places = RandomFixtures.distinct(gate!.qubitCount, below: qubits, &source)
      return controlled(.gate(gate!, angles: angles, qubits: places), qubits: qubits, &source)
    }
  }

  /// The instruction, three times in ten under one or two more controls, on 0 or on 1.
  private static func controlled(_ instruction: Instruction, qubits: Int, _ source: inout RandomSource) -> Instruction {
    let free = (0..<qubits).filter { !instruction.qubits.contains($0) }
    guard !free.isEmpty, source.bool(probability: 0.3) else { return instruction }
    let chosen = source.permutation(of: free.count).prefix(1 + source.integer(below: 2)).map { free[$0] }
    return instruction.controlled(by: chosen.map { Control($0, isOne: source.bool(probability: 0.5)) })
  }

  static func word(on qubits: [Int], _ source: inout RandomSource) -> PauliWord {
    PauliWord(qubits.map { PauliFactor(Pauli.allCases[source.integer(below: 3)], $0) })
  }

  /// A sum of one to three words, the first on all qubits, and a constant.
  static func observable(qubits: Int, isDiagonal: Bool, _ source: inout RandomSource) -> PauliSum {
    let terms = (0..<1 + source.integer(below: 3)).map { place in
      let places = RandomFixtures.distinct(place == 0 ? qubits : 1 + source.integer(below: qubits), below: qubits, &source)
      let word = isDiagonal ? PauliWord(places.map { Z($0) }) : word(on: places, &source)
      return PauliSum.Term(source.normal(), word)
    }
    return PauliSum(terms + [PauliSum.Term(source.normal(), .identity)])
  }

  // MARK: - Angles

  /// An angle with one to three symbols: affine, a product, a quotient or a function, all smooth for every value of the symbols.
  private static func angle(_ symbols: [Angle], _ source: inout RandomSource) -> Angle {
    func symbol() -> Angle { symbols[source.integer(below: symbols.count)] }
    func affine() -> Angle { Angle(source.uniform(in: -1.5...1.5)) * symbol() + Angle(source.normal()) }
    switch source.integer(below: 8) {
    case 0: return symbol()
    case 1, 2: return affine()
    case 3: return affine() + affine()
    case 4: return (.pi - symbol()) * affine() / 4
    case 5: return affine() / (2 + .square(symbol()))
    case 6: return Angle(source.normal())
    default:
      let function = AngleFunction.allCases[source.integer(below: AngleFunction.allCases.count)]
      let inside = Angle.sin(affine()) / 2
      // Arguments stay inside the domains of asin, acos, log and sqrt, and away from the poles of tan.
      return .function(function, function == .log || function == .sqrt ? 2 + inside : inside) + symbol() / 2
    }
  }
}

extension RandomCircuit {
  init(_ shape: Shape, _ source: inout RandomSource) {
    let symbols =
      (0..<2 + source.integer(below: 3)).map { Angle.parameter($0) } + (0..<1 + source.integer(below: 3)).map { Angle.feature($0) }
    var circuit = Circuit(qubits: shape.qubits)
    // No zero amplitudes, and no axis that a later rotation keeps. Then every symbol occurs once.
    for qubit in 0..<shape.qubits {
      let angles = (0..<3).map { _ in Angle(source.normal()) }
      circuit.append(Rot(angles[0], angles[1], angles[2], qubit))
    }
    for (place, symbol) in symbols.enumerated() {
      let word = Self.word(on: [place % shape.qubits], &source)
      circuit.append(Instruction.pauliRotation(symbol + Angle(source.normal()), word))
    }
    for place in 0..<shape.length {
      var instruction: Instruction
      repeat {
        let gate = place == shape.length / 2 ? shape.gate : nil
        instruction = Self.instruction(qubits: shape.qubits, gate: gate, symbols, &source)
      } while shape.isSingleFrequency && !instruction.hasSingleFrequencies
      circuit.append(instruction)
    }
    let observables = (0..<1 + source.integer(below: 3)).map { Self.observable(qubits: shape.qubits, isDiagonal: $0 == 1, &source) }
    self.init(
      circuit: circuit, observables: observables, parameters: (0..<circuit.parameterCount).map { _ in source.normal() },
      features: Self.matrix(shape.samples, circuit.featureCount, &source),
      cotangents: Self.matrix(shape.samples, observables.count, &source))
  }
}

extension Instruction {
  /// Whether each angle has a single frequency, so that two evaluations give its derivative.
  var hasSingleFrequencies: Bool {
    factors.allSatisfy { factor in
      guard case .rotation(let rotation) = factor.action, !rotation.angle.isConstant else { return true }
      return rotation.shiftFrequencies(isControlled: !controls.isEmpty).count <= 1
    }
  }
}

extension Circuit {
  /// Whether the two-term shift rule takes every angle of the circuit.
  var hasSingleFrequencies: Bool { instructions.allSatisfy(\.hasSingleFrequencies) }
}
