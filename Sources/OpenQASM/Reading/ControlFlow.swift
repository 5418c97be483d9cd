import QuantumCircuits

// Conditions, cases and loops: decided at once where they are known, kept in the circuit where measured bits decide.

extension FileReader {
  func conditional(
    _ condition: Expression, _ then: [Statement], _ otherwise: [Statement], at mark: Mark
  ) throws(OpenQASMError) -> Flow {
    let value = try evaluate(version == .two ? inVersionTwo(condition) : condition)
    if let known = try truth(value, at: condition.mark) {
      return try inBlock { reader throws(OpenQASMError) in try reader.carryOut(known ? then : otherwise) }
    }
    let test = try classical(value, at: condition.mark)
    try promote(assignedIn: [then, otherwise])
    let (first, second) = (try measuredBlock(then), try measuredBlock(otherwise))
    try emit(Instruction(.conditional(test, then: first, otherwise: second), targets: []), at: mark)
    return .next
  }

  /// Version 2 compares a register with a whole number, and its numbers are otherwise real.
  private func inVersionTwo(_ condition: Expression) throws(OpenQASMError) -> Expression {
    guard case .binary(.equal, let left, let right) = condition.kind, case .name = left.kind, case .integer = right.kind else {
      throw error(.expected("a register == a whole number", found: text(of: condition.mark)), at: condition.mark)
    }
    return condition
  }

  /// The first case that has the value; cases do not fall through.
  func switchCase(
    _ target: Expression, _ cases: [(values: [Expression], body: [Statement])], _ otherwise: [Statement], at mark: Mark
  ) throws(OpenQASMError) -> Flow {
    let value = try evaluate(target)
    var labels: [[Int]] = []
    var seen: Set<Int> = []
    for (values, _) in cases {
      var numbers: [Int] = []
      for label in values {
        let number = try integer(label, "a case")
        if !seen.insert(number).inserted {
          throw error(.misplaced("the case \(number) stands twice", advice: "remove one"), at: label.mark)
        }
        numbers.append(number)
      }
      labels.append(numbers)
    }
    guard case .measured = value else {
      let number = try integer(value, "the value of a switch", at: target.mark)
      let body = labels.firstIndex { $0.contains(number) }.map { cases[$0].body } ?? otherwise
      return try inBlock { reader throws(OpenQASMError) in try reader.carryOut(body) }
    }
    // The chain of conditions is as deep as there are cases, and each as long as its values.
    guard cases.count <= 100, labels.allSatisfy({ $0.count <= 200 }) else {
      throw error(.limit("a switch on measured bits has too many cases", limit: 100, advice: "use several switches"), at: mark)
    }
    let test = try classical(value, at: target.mark)
    try promote(assignedIn: cases.map(\.body) + [otherwise])
    // A chain of conditions, the last case innermost.
    var blocks: [[Instruction]] = []
    for (_, body) in cases { blocks.append(try measuredBlock(body)) }
    var rest = try measuredBlock(otherwise)
    for (numbers, block) in zip(labels, blocks).reversed() {
      let tests = numbers.map { ClassicalExpression.binary(.equal, test, .integer($0)) }
      let any = tests.dropFirst().reduce(tests[0]) { .binary(.or, $0, $1) }
      rest = [Instruction(.conditional(any, then: block, otherwise: rest), targets: [])]
    }
    for instruction in rest { try emit(instruction, at: mark) }
    return .next
  }

  /// The instructions of a block that happens or not by measured bits.
  private func measuredBlock(_ body: [Statement]) throws(OpenQASMError) -> [Instruction] {
    let outer = instructions
    let loops = loopDepth
    instructions = []
    measuredDepth += 1
    // Whether to leave a loop that is unrolled cannot depend on what is measured when it runs.
    loopDepth = 0
    let flow = try inBlock { reader throws(OpenQASMError) in try reader.carryOut(body) }
    if case .returnValue = flow {
      let feature = "return inside a block that depends on measured bits"
      throw error(
        .unsupported(feature: feature, advice: "assign the value to a variable and return it at the end"), at: body.last?.mark)
    }
    loopDepth = loops
    measuredDepth -= 1
    let inner = instructions
    instructions = outer
    return inner
  }

  // MARK: Loops

  func forLoop(
    _ type: ValueType, _ name: String, _ domain: Expression, _ body: [Statement], at mark: Mark
  ) throws(OpenQASMError) -> Flow {
    guard case .range(let start, let step, let stop) = domain.kind else {
      if let (bits, isSingle) = try storedBits(domain), !isSingle {
        return try unroll(bits.map { .measured(.bits([$0]), width: 1) }, type, name, body, at: domain.mark)
      }
      switch try evaluate(domain) {
      case .array(let values): return try unroll(values, type, name, body, at: domain.mark)
      case .bits(let bits): return try unroll(bits.map { .boolean($0) }, type, name, body, at: domain.mark)
      case let other:
        throw error(.wrongType(expected: "a range, a set, an array or a register", found: other.name), at: domain.mark)
      }
    }
    guard let start, let stop else {
      throw error(.expected("the first and the last number of the range", found: text(of: domain.mark)), at: domain.mark)
    }
    if type.kind == .float || type.kind == .angle { return try floatLoop(type, name, start, step, stop, body, at: domain.mark) }
    let first = try integer(start, "the start of a loop")
    let last = try integer(stop, "the end of a loop")
    let by = try step.map { (e) throws(OpenQASMError) in try integer(e, "the step of a loop") } ?? 1
    guard by != 0 else { throw error(.arithmetic("the step of a range is 0"), at: domain.mark) }
    return try unroll(stride(from: first, through: last, by: by).lazy.map { .integer($0) }, type, name, body, at: domain.mark)
  }

  private func floatLoop(
    _ type: ValueType, _ name: String, _ start: Expression, _ step: Expression?, _ stop: Expression, _ body: [Statement],
    at mark: Mark
  ) throws(OpenQASMError) -> Flow {
    func known(_ expression: Expression) throws(OpenQASMError) -> Double {
      guard let value = try gateAngle(expression).constantValue else {
        throw error(.notKnown(what: "a loop's range", dependsOn: "an input"), at: expression.mark)
      }
      return value
    }
    let (first, last) = (try known(start), try known(stop))
    let by = try step.map { (e) throws(OpenQASMError) in try known(e) } ?? 1
    guard by != 0 else { throw error(.arithmetic("the step of a range is 0"), at: mark) }
    return try unroll(stride(from: first, through: last, by: by).lazy.map { .number(Angle($0)) }, type, name, body, at: mark)
  }

  /// The body once for each value.
  private func unroll(
    _ values: some Sequence<Value>, _ type: ValueType, _ name: String, _ body: [Statement], at mark: Mark
  ) throws(OpenQASMError) -> Flow {
    loopDepth += 1
    defer { loopDepth -= 1 }
    for value in values {
      try step(at: mark)
      let fitted: Value
      if case .measured = value { fitted = value } else { fitted = try cast(value, to: type, at: mark) }
      let flow = try inBlock { reader throws(OpenQASMError) in
        reader.scopes[reader.scopes.count - 1].names[name] =
          Definition(binding: .variable(fitted, type, isConstant: false), mark: mark)
        return try reader.carryOut(body)
      }
      switch flow {
      case .next, .continueLoop: continue
      case .breakLoop: return .next
      case .end, .returnValue: return flow
      }
    }
    return .next
  }

  /// Rounds that are known are carried out; as soon as measured bits decide, the rest is a loop of the circuit.
  func whileLoop(_ condition: Expression, _ body: [Statement], at mark: Mark) throws(OpenQASMError) -> Flow {
    let limit = annotatedLimit ?? options.loopLimit
    annotatedLimit = nil
    loopDepth += 1
    defer { loopDepth -= 1 }
    while true {
      try step(at: mark)
      let value = try evaluate(condition)
      guard let known = try truth(value, at: condition.mark) else {
        if condition.measures {
          let feature = "a measurement in the condition of a loop"
          throw error(.unsupported(feature: feature, advice: "measure into a bit at the end of the body"), at: condition.mark)
        }
        try promote(assignedIn: [body])
        let test = try classical(try evaluate(condition), at: condition.mark)
        let inner = try measuredBlock(body)
        try emit(Instruction(.loop(test, limit: limit, body: inner), targets: []), at: mark)
        return .next
      }
      guard known else { return .next }
      let flow = try inBlock { reader throws(OpenQASMError) in try reader.carryOut(body) }
      switch flow {
      case .next, .continueLoop: continue
      case .breakLoop: return .next
      case .end, .returnValue: return flow
      }
    }
  }

  // MARK: Variables that change

  /// Variables that a block changes live in bits of the circuit from before the block on, since it may happen or not.
  private func promote(assignedIn blocks: [[Statement]]) throws(OpenQASMError) {
    var names: [(name: String, mark: Mark)] = []
    for statement in blocks.joined() { statement.collectAssigned(into: &names) }
    for (name, mark) in names {
      if case .variable(_, _, isConstant: false)? = lookUp(name) { try promote(name, at: mark) }
    }
  }
}

extension Statement {
  /// The names that the statement, or one inside it, stores into.
  fileprivate func collectAssigned(into names: inout [(name: String, mark: Mark)]) {
    switch kind {
    case .assignment(let target, _, _), .measurement(_, into: let target?):
      var base = target
      while case .index(let inner, _) = base.kind { base = inner }
      if case .name(let name) = base.kind { names.append((name, target.mark)) }
    case .conditional(_, let then, let otherwise): for statement in then + otherwise { statement.collectAssigned(into: &names) }
    case .forLoop(_, _, _, let body), .whileLoop(_, let body), .block(let body):
      for statement in body { statement.collectAssigned(into: &names) }
    case .switchCase(_, let cases, let otherwise):
      for statement in cases.flatMap(\.body) + otherwise { statement.collectAssigned(into: &names) }
    default: break
    }
  }
}

extension Expression {
  /// Whether a measurement stands inside.
  var measures: Bool {
    switch kind {
    case .measurement: true
    case .unary(_, let operand), .cast(_, let operand): operand.measures
    case .binary(_, let left, let right): left.measures || right.measures
    case .call(_, let arguments): arguments.contains { $0.measures }
    default: false
    }
  }
}
