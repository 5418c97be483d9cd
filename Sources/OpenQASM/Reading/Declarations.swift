import QuantumCircuits

// What a declaration makes.

extension FileReader {
  func declareQubits(_ name: String, _ size: Expression?, at mark: Mark) throws(OpenQASMError) {
    try requireOutermost("a register of qubits", at: mark)
    guard hardwareQubitCount == 0 else {
      throw error(
        .misplaced("declared qubits stand beside physical ones", advice: "use either declared qubits or physical ones"), at: mark)
    }
    let count = try size.map { (e) throws(OpenQASMError) in try integer(e, "a size") } ?? 1
    guard count >= 1 else { throw error(.badSize(what: name, found: count), at: size?.mark ?? mark) }
    let start = qubitRegisters.last?.qubits.upperBound ?? 0
    guard start + min(count, 1_000_000) <= 100_000 else {
      throw error(.limit("there are too many qubits", limit: 100_000, advice: "declare fewer"), at: size?.mark ?? mark)
    }
    try define(name, .qubits(Array(start..<start + count), isSingle: size == nil), at: mark)
    qubitRegisters.append(QubitRegister(name, qubits: start..<start + count))
  }

  func declare(_ name: String, _ type: ValueType, _ value: Expression?, isConstant: Bool, at mark: Mark) throws(OpenQASMError) {
    // Bits are bits of the circuit, everything else is known as long as no measurement comes in.
    if type.kind == .bit, type.dimensions.isEmpty, !isConstant {
      let isMeasurement: Expression? = if case .measurement(let operand)? = value?.kind { operand } else { nil }
      let known = isMeasurement == nil ? try value.map { (e) throws(OpenQASMError) in try evaluate(e) } : nil
      let isVariable = scopes.count > 1 || annotatedVariable
      annotatedVariable = false
      let bits = Array(try newBits(name, count: type.size ?? 1, isVariable: isVariable, at: mark))
      try define(name, .bits(bits, type), at: mark)
      if let operand = isMeasurement {
        let source = try qubits(operand)
        try checkDifferent(source.qubits, in: [operand])
        guard source.qubits.count == bits.count else {
          throw error(
            .sizesDiffer(what: "qubits and the bits that they are measured into", expected: source.qubits.count, found: bits.count),
            at: mark)
        }
        try emit(Instruction(.measurement(bits: bits), targets: source.qubits), at: mark)
      } else if let known, let value {
        try store(known, in: bits, isSingle: type.size == nil, nil, at: value.mark, mark)
      }
      return
    }
    guard let value else { return try define(name, .variable(nil, type, isConstant: false), at: mark) }
    let fitted = try cast(try evaluate(value), to: type, at: value.mark)
    guard case .measured = fitted else { return try define(name, .variable(fitted, type, isConstant: isConstant), at: mark) }
    if isConstant { throw error(.notKnown(what: "a constant", dependsOn: "measured bits"), at: value.mark) }
    try define(name, .variable(nil, type, isConstant: false), at: mark)
    try promote(name, at: mark)
    if let (bits, isSingle) = try storedBits(Expression(kind: .name(name), mark: mark)) {
      try store(fitted, in: bits, isSingle: isSingle, Expression(kind: .name(name), mark: mark), at: value.mark, mark)
    }
  }

  /// Moves a variable from the reader into bits of the circuit, because from here on it depends on measurements.
  func promote(_ name: String, at mark: Mark) throws(OpenQASMError) {
    guard case .variable(let value, let type, let isConstant)? = lookUp(name) else { return }
    if isConstant { throw error(.misplaced("\(name) is a constant", advice: "declare it without const to change it"), at: mark) }
    guard let width = type.width, type.dimensions.isEmpty else {
      throw error(
        .unsupported(feature: "\(type.name) that depends on measured bits", advice: "use int, uint, bool or bit"), at: mark)
    }
    // The bits belong to the scope of the variable, not to the block where it changes.
    let home = scopes.lastIndex { $0.names[name] != nil } ?? scopes.count - 1
    let inner = Array(scopes[(home + 1)...])
    scopes.removeSubrange((home + 1)...)
    let bits = Array(try newBits(name, count: width, isVariable: true, at: scopes[home].names[name]?.mark ?? mark))
    scopes += inner
    rebind(name, .bits(bits, type))
    if let value { try store(value, in: bits, isSingle: width == 1, Expression(kind: .name(name), mark: mark), at: mark, mark) }
  }

  func declareInput(_ name: String, _ type: ValueType, isFeature: Bool, at mark: Mark) throws(OpenQASMError) {
    try requireOutermost("an input", at: mark)
    if let given = options.values[name], type.dimensions.isEmpty {
      let value = Value.number(Angle(given))
      let number = type.kind == .bool ? .boolean(given != 0) : try cast(value, to: type, at: mark)
      return try define(name, .variable(number, type, isConstant: true), at: mark)
    }
    guard type.kind == .float || type.kind == .angle else { throw error(.missingInput(name: name, type: type.name), at: mark) }
    guard type.dimensions.count <= 1 else {
      throw error(.unsupported(feature: "an input of several dimensions", advice: "use one dimension"), at: mark)
    }
    let count = type.dimensions.first
    guard parameterCount + featureCount + (count ?? 1) <= CircuitFile.mostInputs else {
      throw error(.limit("there are too many inputs", limit: CircuitFile.mostInputs, advice: "declare fewer"), at: mark)
    }
    let symbols = (0..<(count ?? 1)).map { isFeature ? Angle.Symbol.feature(featureCount + $0) : .parameter(parameterCount + $0) }
    if isFeature { featureCount += symbols.count } else { parameterCount += symbols.count }
    inputs += symbols.enumerated().map { CircuitInput(count == nil ? name : "\(name)[\($0)]", $1) }
    let value = count == nil ? Value.number(.symbol(symbols[0])) : .array(symbols.map { .number(.symbol($0)) })
    try define(name, .variable(value, type, isConstant: true), at: mark)
  }

  func declareOutput(_ name: String, _ type: ValueType, at mark: Mark) throws(OpenQASMError) {
    try requireOutermost("an output", at: mark)
    guard type.kind == .bit, type.dimensions.isEmpty else {
      throw error(
        .unsupported(feature: "an output of type \(type.name)", advice: "declare the bits that hold the result as output"), at: mark
      )
    }
    try declare(name, type, nil, isConstant: false, at: mark)
    outputs.append(name)
  }

  /// A name for qubits, bits or known values that exist already.
  func declareAlias(_ name: String, _ value: Expression, at mark: Mark) throws(OpenQASMError) {
    if let (bits, isSingle) = try storedBits(value) {
      return try define(name, .bits(bits, ValueType(kind: .bit, size: isSingle ? nil : bits.count)), at: mark)
    }
    let operand = try qubits(value)
    try checkDifferent(operand.qubits, in: [value])
    try define(name, .qubits(operand.qubits, isSingle: operand.isSingle), at: mark)
  }
}
