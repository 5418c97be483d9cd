import LinearAlgebra
import QuantumCircuits
import QuantumStates

// Gates: found by name, spread over registers, changed by modifiers, written out where they are defined by others.

extension FileReader {
  /// How deep gates and subroutines may call each other.
  static let callLimit = 100

  /// Applies a gate to its operands.
  func apply(_ call: GateCall, at mark: Mark) throws(OpenQASMError) {
    let entry = try gate(call.name, at: call.nameMark)
    let modifiers = try call.modifiers.map { (m) throws(OpenQASMError) in try modifier(m) }
    let angles = try angles(of: call, entry)
    let expected = entry.qubitCount + modifiers.reduce(0) { $0 + $1.controls.count }
    guard call.operands.count == expected else {
      throw error(.wrongQubitCount(gate: call.name, expected: expected, found: call.operands.count), at: mark)
    }
    if modifiers.isEmpty, case .table(let row) = entry, let qubits = elements(call.operands) {
      try checkDifferent(qubits, in: call.operands)
      return try emit(row.instruction(angles, qubits), at: mark)
    }
    var operands: [QubitOperand] = []
    operands.reserveCapacity(call.operands.count)
    var size: Int?
    for operand in call.operands {
      let resolved = try qubits(operand)
      operands.append(resolved)
      guard !resolved.isSingle else { continue }
      if let size, size != resolved.qubits.count {
        throw error(.sizesDiffer(what: "registers in one gate", expected: size, found: resolved.qubits.count), at: operand.mark)
      }
      size = resolved.qubits.count
    }
    for place in 0..<(size ?? 1) {
      let qubits = operands.map { $0.isSingle ? $0.qubits[0] : $0.qubits[place] }
      try checkDifferent(qubits, in: call.operands)
      if modifiers.isEmpty, case .table(let row) = entry {
        try emit(row.instruction(angles, qubits), at: mark)
      } else {
        for instruction in try written(entry, angles, modifiers, qubits, call, at: mark) { try emit(instruction, at: mark) }
      }
    }
  }

  func checkDifferent(_ qubits: [Int], in operands: [Expression]) throws(OpenQASMError) {
    // Almost all gates have one or two qubits.
    if qubits.count < 2 || (qubits.count == 2 && qubits[0] != qubits[1]) { return }
    if qubits.count < 8
      ? !qubits.indices.contains(where: { qubits[..<$0].contains(qubits[$0]) }) : Set(qubits).count == qubits.count
    {
      return
    }
    let place = qubits.indices.first { qubits[..<$0].contains(qubits[$0]) } ?? 0
    let operand = operands[min(place, operands.count - 1)]
    throw error(.repeatedQubit(name(ofQubit: qubits[place])), at: operand.mark)
  }

  /// A qubit as the file calls it.
  private func name(ofQubit qubit: Int) -> String {
    guard let register = qubitRegisters.first(where: { $0.qubits.contains(qubit) }) else { return "$\(qubit)" }
    return register.qubits.count == 1 ? register.name : "\(register.name)[\(qubit - register.qubits.lowerBound)]"
  }

  /// The gate of a name.
  func gate(_ name: String, at mark: Mark) throws(OpenQASMError) -> GateEntry {
    switch name {
    case "U": return .table(version == .two ? .versionTwoU : .versionThreeU)
    case "gphase": return .table(.globalPhase)
    case "CX" where version == .two: return .table(.versionTwoCX)
    default: break
    }
    let found = lookUp(name)
    if case .gate(let entry)? = found { return entry }
    if let entry = libraryGates[name] { return entry }
    if let found { throw error(.wrongKind(name: name, found: found.name, expected: "a gate"), at: mark) }
    let own = scopes[0].names.filter { if case .gate = $0.value.binding { true } else { false } }.keys
    let names =
      CommonGateNames.all[name.lowercased()].map { [$0.rawValue] }
      ?? nearest(to: name, among: Set(own).union(libraryGates.keys).sorted())
    throw error(.unknown(kind: "gate", name: name, nearest: names, advice: adviceForGate(name)), at: mark)
  }

  private func angles(of call: GateCall, _ entry: GateEntry) throws(OpenQASMError) -> [Angle] {
    guard call.arguments.count == entry.angleCount else {
      throw error(.wrongAngleCount(gate: call.name, expected: entry.angleCount, found: call.arguments.count), at: call.nameMark)
    }
    if call.arguments.isEmpty { return [] }
    return try call.arguments.map { (e) throws(OpenQASMError) in try gateAngle(e) }
  }

  // MARK: Writing out

  /// The instructions of a gate under modifiers, its own controls those of the leftmost modifier first.
  func written(
    _ entry: GateEntry, _ angles: [Angle], _ modifiers: [GateModifier], _ qubits: [Int], _ call: GateCall, at mark: Mark
  ) throws(OpenQASMError) -> [Instruction] {
    let controlCount = qubits.count - entry.qubitCount
    var result: [Instruction]
    switch entry {
    case .table(let row): result = [row.instruction(angles, Array(qubits[controlCount...]))]
    case .defined(let syntax): result = try writtenOut(syntax, angles, Array(qubits[controlCount...]), at: mark)
    }
    // Modifiers work from the gate outwards; neighbouring controls go on together, in the order of their qubits.
    var place = modifiers.count
    var end = controlCount
    while place > 0 {
      let last = place
      while place > 0, case .controls = modifiers[place - 1] { place -= 1 }
      if place < last {
        let values = modifiers[place..<last].flatMap(\.controls)
        let controls = zip(qubits[(end - values.count)..<end], values).map { Control($0, isOne: $1) }
        end -= values.count
        result = result.map { $0.controlled(by: controls) }
        continue
      }
      place -= 1
      switch modifiers[place] {
      case .controls: break
      case .inverse: result = result.reversed().map(\.inverse)
      case .power(let exponent): result = try power(of: result, exponent, at: mark)
      }
    }
    return result
  }

  /// The instructions of a gate that is defined by others.
  func writtenOut(_ syntax: GateSyntax, _ angles: [Angle], _ qubits: [Int], at mark: Mark) throws(OpenQASMError) -> [Instruction] {
    try called(syntax.name, at: mark) { reader throws(OpenQASMError) in
      var scope = Scope(isClosed: true)
      let type = ValueType(kind: .angle, size: nil)
      for (name, angle) in zip(syntax.angles, angles) {
        scope.names[name] = Definition(binding: .variable(.number(angle), type, isConstant: true), mark: syntax.nameMark)
      }
      for (name, qubit) in zip(syntax.qubits, qubits) {
        scope.names[name] = Definition(binding: .qubits([qubit], isSingle: true), mark: syntax.nameMark)
      }
      reader.scopes.append(scope)
      let outer = reader.instructions
      reader.instructions = []
      reader.gateDepth += 1
      _ = try reader.carryOut(syntax.body)
      reader.gateDepth -= 1
      let inner = reader.instructions
      reader.instructions = outer
      reader.scopes.removeLast()
      // They are counted again when they reach the circuit.
      reader.instructionCount -= inner.count
      return inner
    }
  }

  /// Runs a gate or subroutine one call deeper.
  func called<Result>(
    _ name: String, at mark: Mark, _ body: (FileReader) throws(OpenQASMError) -> Result
  ) throws(OpenQASMError) -> Result {
    guard callDepth < Self.callLimit else {
      throw error(
        .limit(
          "\(name) is called too deep inside itself", limit: Self.callLimit, advice: "gates and subroutines cannot call themselves"),
        at: mark)
    }
    callDepth += 1
    let loops = loopDepth
    loopDepth = 0
    let result = try body(self)
    loopDepth = loops
    callDepth -= 1
    return result
  }

  /// Whether the reader is inside a gate definition.
  var isInGate: Bool { gateDepth > 0 }
}

/// A modifier with its number computed.
enum GateModifier {
  /// For each control whether it is on 1.
  case controls([Bool])
  case inverse
  case power(Angle)

  var controls: [Bool] {
    if case .controls(let values) = self { values } else { [] }
  }
}

extension FileReader {
  private func modifier(_ modifier: Modifier) throws(OpenQASMError) -> GateModifier {
    switch modifier.kind {
    case .inverse: return .inverse
    case .power: return .power(try gateAngle(modifier.argument!))
    case .control, .negativeControl:
      let count = try modifier.argument.map { (e) throws(OpenQASMError) in try integer(e, "the number of controls") } ?? 1
      guard 1...1000 ~= count else { throw error(.badSize(what: modifier.kind.rawValue, found: count), at: modifier.mark) }
      return .controls(Array(repeating: modifier.kind == .control, count: count))
    }
  }
}

extension GateEntry {
  var qubitCount: Int {
    switch self {
    case .table(let row): row.qubitCount
    case .defined(let syntax): syntax.qubits.count
    }
  }

  var angleCount: Int {
    switch self {
    case .table(let row): row.angleCount
    case .defined(let syntax): syntax.angles.count
    }
  }
}

extension TableGate {
  /// In version 2 U has determinant 1; in version 3 it has the phase of its matrix in the specification.
  static let versionTwoU = TableGate(.u3)
  static let versionThreeU = TableGate(.u)
  static let versionTwoCX = TableGate(.cx)
  static let globalPhase = TableGate(.gphase)
}
