import LinearAlgebra
import QuantumCircuits
import QuantumStates

// Powers of gates.

extension FileReader {
  /// Gates on more qubits are not raised to fractional powers: their matrix would have too many entries.
  static let powerQubitLimit = 6

  /// The instructions raised to a power.
  ///
  /// Rotations turn by so much more, whole powers repeat, and other powers are `exp(k log U)` with the eigenphases of U in (-π, π].
  func power(of body: [Instruction], _ exponent: Angle, at mark: Mark) throws(OpenQASMError) -> [Instruction] {
    let known = exponent.constantValue
    if let scaled = scaled(body, by: exponent) { return [scaled] }
    guard let known else {
      throw error(.notKnown(what: "the power of a gate that is no rotation", dependsOn: "an input"), at: mark)
    }
    guard let times = Int(exactly: known) else { return [try fractionalPower(of: body, known, at: mark)] }
    let once = times < 0 ? body.reversed().map(\.inverse) : body
    guard !once.isEmpty else { return [] }
    guard times.magnitude <= options.instructionLimit / once.count else { throw instructionLimit(at: mark) }
    return (0..<times.magnitude).flatMap { _ in once }
  }

  /// A single rotation with its angle multiplied; nil for everything else.
  ///
  /// For a fraction of a known rotation the principal root is meant: the angle times the fraction only within half a turn of the
  /// phases.
  private func scaled(_ body: [Instruction], by exponent: Angle) -> Instruction? {
    guard body.count == 1, case .gate(let gate, let angles) = body[0].kind, angles.count == 1, gate.row.factors.count == 1,
      case .rotation(let rotation) = gate.row.factors[0].action, rotation.angle == .symbol(.parameter(0))
    else { return nil }
    if let known = exponent.constantValue, known != known.rounded(), let angle = angles[0].constantValue,
      (rotation.frequency * angle).magnitude >= .pi
    {
      return nil
    }
    var result = body[0]
    result.kind = .gate(gate, angles: [exponent * angles[0]])
    return result
  }

  private func fractionalPower(of body: [Instruction], _ exponent: Double, at mark: Mark) throws(OpenQASMError) -> Instruction {
    let qubits = Set(body.flatMap(\.qubits)).sorted()
    guard qubits.count <= Self.powerQubitLimit else {
      let what = "a fractional power of a gate on \(qubits.count) qubits"
      throw error(.limit(what, limit: Self.powerQubitLimit, advice: "write the root with the gates that it is made of"), at: mark)
    }
    guard body.count <= 2000 else {
      let advice = "write the root with the gates that it is made of"
      throw error(.limit("a fractional power of \(body.count) instructions", limit: 2000, advice: advice), at: mark)
    }
    guard let matrix = body.matrix(on: qubits) else {
      throw error(.notKnown(what: "the fractional power of a gate", dependsOn: "an input"), at: mark)
    }
    do {
      // Turned back by very little, the phase π stays π whatever its last digit is.
      let turn = 1e-9
      let root = try (Complex(length: 1, phase: -turn) * matrix).unitaryPower(exponent)
      return .unitary(Complex(length: 1, phase: turn * exponent) * root, qubits: qubits)
    } catch let fault {
      throw error(.arithmetic("the power \(exponent) of this gate: \(fault)"), at: mark)
    }
  }
}

extension [Instruction] {
  /// The matrix of the product on the given qubits, the first as the least significant bit; nil where an angle is not known.
  func matrix(on qubits: [Int]) -> ComplexMatrix? {
    var places: [Int: Int] = [:]
    for (place, qubit) in qubits.enumerated() { places[qubit] = place }
    var product = ComplexMatrix.identity(1 << qubits.count)
    for instruction in self {
      guard instruction.isUnitary, instruction.angles.allSatisfy(\.isConstant) else { return nil }
      let controls = instruction.controls.map { places[$0.qubit]! }
      // Controls on 0 are controls on 1 with 0 and 1 exchanged before and after.
      let flipped = instruction.controls.reduce(0) { $1.isOne ? $0 : $0 | 1 << places[$1.qubit]! }
      for factor in instruction.factors {
        let local = factor.matrix { $0.constantValue ?? .nan }
        let whole = local.extended(to: qubits.count, targets: factor.targets.map { places[$0]! }, controls: controls)
        product = whole.exchangingStates(by: flipped) * product
      }
    }
    return product
  }
}

extension ComplexMatrix {
  /// The matrix with row and column i moved to i with the bits of the mask inverted.
  fileprivate func exchangingStates(by mask: Int) -> ComplexMatrix {
    guard mask != 0 else { return self }
    var result = self
    for row in 0..<rows {
      for column in 0..<columns { result[row ^ mask, column ^ mask] = self[row, column] }
    }
    return result
  }
}
