extension Circuit {
  /// Whether every instruction is unitary, so that the circuit has one final state.
  public var isUnitary: Bool { instructions.allSatisfy(\.isUnitary) }

  /// The circuit with bit b moved to `places[b]`, among other registers.
  public func mapped(toBits places: [Int], registers: [ClassicalRegister]) -> Circuit {
    precondition(
      places.count == bitCount && Set(places).count == bitCount,
      "Circuit.mapped(toBits: \(places)): name a different place for each of the \(bitCount) bits")
    var result = Circuit(qubits: qubitCount, registers: registers)
    result.append(instructions.map { $0.mappingBits { places[$0] } })
    return result
  }

  /// The name, with a number behind it where a register has it already.
  func freeName(_ name: String) -> String {
    let taken = Set(registers.map(\.name))
    if !taken.contains(name) { return name }
    return (2...).lazy.map { "\(name)_\($0)" }.first { !taken.contains($0) }!
  }

  /// The circuit with a measurement of all qubits at its end: qubit j into bit j of a new register.
  public func measured(into name: String = "measured") -> Circuit {
    var result = self
    let register = result.addRegister(name, size: qubitCount)
    result.append(Measure(Array(0..<qubitCount), into: register))
    return result
  }

  /// The circuit without the measurements after which nothing happens to their qubits and bits; the registers stay.
  public var removingFinalMeasurements: Circuit {
    let final = finalMeasurements
    var result = Circuit(qubits: qubitCount, registers: registers)
    result.append(instructions.indices.filter { !final.contains($0) }.map { instructions[$0] })
    return result
  }

  /// The places of the measurements whose qubits and bits no later instruction uses.
  var finalMeasurements: Set<Int> {
    var (usedQubits, usedBits, final): (Set<Int>, Set<Int>, Set<Int>) = ([], [], [])
    for (place, instruction) in instructions.enumerated().reversed() {
      if case .measurement(let bits) = instruction.kind, usedQubits.isDisjoint(with: instruction.targets),
        usedBits.isDisjoint(with: bits)
      {
        final.insert(place)
      }
      if instruction.kind != .barrier { usedQubits.formUnion(instruction.qubits) }
      usedBits.formUnion(instruction.allBits)
    }
    return final
  }
}
