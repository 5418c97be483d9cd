import QuantumCircuits

// Which qubits and which bits an operand means.

extension FileReader {
  /// Qubits of an operand; a single qubit is no register of one.
  struct QubitOperand {
    let qubits: [Int]
    let isSingle: Bool
  }

  func qubits(_ operand: Expression) throws(OpenQASMError) -> QubitOperand {
    switch operand.kind {
    case .name(let name): return try qubits(ofName: name, at: operand.mark)
    case .hardwareQubit(let number):
      guard qubitRegisters.isEmpty else {
        let advice = "use either declared qubits or physical ones"
        throw error(.misplaced("$\(number) stands beside declared qubits", advice: advice), at: operand.mark)
      }
      guard number < 1000 else {
        throw error(.limit("$\(number) is too large", limit: 999, advice: "number qubits from $0"), at: operand.mark)
      }
      hardwareQubitCount = max(hardwareQubitCount, number + 1)
      return QubitOperand(qubits: [number], isSingle: true)
    case .element(let name, let index, let base, let place):
      let all = try qubits(ofName: name, at: base)
      guard !all.isSingle else {
        throw error(.misplaced("\(name) is a single qubit", advice: "remove the index"), at: operand.mark)
      }
      guard index < all.qubits.count else {
        throw error(.indexOutOfRange(index, name: name, size: all.qubits.count), at: place)
      }
      return QubitOperand(qubits: [all.qubits[index]], isSingle: true)
    case .index(let base, let items):
      let all = try qubits(base)
      let name = text(of: base.mark)
      guard !all.isSingle else {
        throw error(.misplaced("\(name) is a single qubit", advice: "remove the index"), at: operand.mark)
      }
      guard items.count == 1 else {
        throw error(.misplaced("a register of qubits has one index", advice: "write a set: \(name)[{0, 2}]"), at: operand.mark)
      }
      let places = try places(items[0], count: all.qubits.count, name: name)
      return QubitOperand(qubits: places.list.map { all.qubits[$0] }, isSingle: places.isSingle)
    case .binary(.concatenate, let left, let right):
      return QubitOperand(qubits: try qubits(left).qubits + qubits(right).qubits, isSingle: false)
    default: throw error(.wrongType(expected: "a qubit", found: text(of: operand.mark)), at: operand.mark)
    }
  }

  /// The qubits of operands that are elements of registers, each in range; nil where an operand is anything else.
  func elements(_ operands: [Expression]) -> [Int]? {
    var qubits: [Int] = []
    qubits.reserveCapacity(operands.count)
    for operand in operands {
      guard case .element(let name, let index, _, _) = operand.kind, case .qubits(let all, isSingle: false)? = lookUp(name),
        index < all.count
      else { return nil }
      qubits.append(all[index])
    }
    return qubits
  }

  private func qubits(ofName name: String, at mark: Mark) throws(OpenQASMError) -> QubitOperand {
    switch lookUp(name) {
    case .qubits(let qubits, let isSingle): return QubitOperand(qubits: qubits, isSingle: isSingle)
    case let other?: throw error(.wrongKind(name: name, found: other.name, expected: "a qubit"), at: mark)
    case nil:
      if scopes[0].names[name] != nil {
        let advice = "a gate or subroutine acts on its own qubits; pass it"
        throw error(.misplaced("\(name) is not visible here", advice: advice), at: mark)
      }
      throw unknown("qubit or register", name, at: mark, advice: "declare it: qubit[2] \(name);") {
        if case .qubits = $0 { true } else { false }
      }
    }
  }

  /// The bits of the circuit that a target means; nil where it names something else.
  func storedBits(_ target: Expression) throws(OpenQASMError) -> (bits: [Int], isSingle: Bool)? {
    switch target.kind {
    case .name(let name):
      guard case .bits(let bits, let type)? = lookUp(name) else { return nil }
      return (bits, type.size == nil && (type.kind == .bit || type.kind == .bool))
    case .index(let base, let items):
      guard let (bits, isSingle) = try storedBits(base) else { return nil }
      let name = text(of: base.mark)
      guard !isSingle else { throw error(.misplaced("\(name) is a single bit", advice: "remove the index"), at: target.mark) }
      guard items.count == 1 else {
        throw error(.misplaced("a register of bits has one index", advice: "write a set: \(name)[{0, 2}]"), at: target.mark)
      }
      let places = try places(items[0], count: bits.count, name: name)
      return (places.list.map { bits[$0] }, places.isSingle)
    case .binary(.concatenate, let left, let right):
      guard let a = try storedBits(left), let b = try storedBits(right) else { return nil }
      return (a.bits + b.bits, false)
    default: return nil
    }
  }

  /// Bits into which a measurement or an assignment goes.
  func targetBits(_ target: Expression) throws(OpenQASMError) -> [Int] {
    if let (bits, _) = try storedBits(target) { return bits }
    if case .name(let name) = target.kind, lookUp(name) == nil {
      throw unknown("bit or register", name, at: target.mark, advice: "declare it: bit[2] \(name);") {
        if case .bits = $0 { true } else { false }
      }
    }
    throw error(.wrongType(expected: "bits to store in", found: text(of: target.mark)), at: target.mark)
  }

  // MARK: Bits of the circuit

  /// New bits of the circuit under a name of their own; those of a block that is left are used again where it is entered again.
  ///
  /// - Parameter isVariable: whether they are none of the bits that the file declares for its results.
  func newBits(_ name: String, count: Int, isVariable: Bool, at mark: Mark) throws(OpenQASMError) -> Range<Int> {
    if let place = freeBits[mark]?.lastIndex(where: { $0.count == count }) {
      let bits = freeBits[mark]!.remove(at: place)
      if scopes.count > 1 { scopes[scopes.count - 1].localBits.append((mark, bits)) }
      return bits
    }
    let start = registers.last?.bits.upperBound ?? 0
    guard start + count <= 1_000_000, registers.count < 10_000 else {
      let advice = "declare registers outside of loops and subroutines"
      throw error(.limit("there are too many classical bits", limit: 1_000_000, advice: advice), at: mark)
    }
    var unique = name
    while let number = registerNames[unique] {
      registerNames[unique] = number + 1
      unique = "\(name)_\(number + 1)"
    }
    registerNames[unique] = 1
    let bits = start..<start + count
    registers.append(ClassicalRegister(unique, bits: bits))
    if isVariable { variables.append(unique) }
    if scopes.count > 1 { scopes[scopes.count - 1].localBits.append((mark, bits)) }
    return bits
  }

  /// Leaves a block; the bits that were declared in it are free unless its value needs them.
  func leaveScope(keeping value: Value? = nil) {
    let scope = scopes.removeLast()
    var kept: Set<Int> = []
    if case .measured(let expression, _)? = value { kept = Set(expression.usedBits) }
    for (mark, bits) in scope.localBits where kept.isDisjoint(with: bits) { freeBits[mark, default: []].append(bits) }
  }
}
