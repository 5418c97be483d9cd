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
    if final.isEmpty { return self }
    var result = Circuit(qubits: qubitCount, registers: registers)
    result.reserveCapacity(instructions.count)
    for (place, instruction) in instructions.enumerated() where !final.contains(place) { result.add(instruction) }
    return result
  }

  /// The places of the measurements whose qubits and bits no later instruction uses.
  var finalMeasurements: Set<Int> {
    var isUsed = (qubits: Array(repeating: false, count: qubitCount), bits: Array(repeating: false, count: bitCount))
    var (unused, final) = (qubitCount, Set<Int>())
    for place in instructions.indices.reversed() {
      let instruction = instructions[place]
      if case .measurement(let bits) = instruction.kind, !instruction.targets.contains(where: { isUsed.qubits[$0] }),
        !bits.contains(where: { isUsed.bits[$0] })
      {
        final.insert(place)
      }
      if instruction.kind != .barrier {
        for qubit in instruction.qubits where !isUsed.qubits[qubit] {
          isUsed.qubits[qubit] = true
          unused -= 1
        }
      }
      // Every measurement before acts on a qubit that is used again.
      if unused == 0 { break }
      for bit in instruction.allBits { isUsed.bits[bit] = true }
    }
    return final
  }
}
