import LinearAlgebra

extension Circuit {
  /// The largest entry of |U†U - I| that a given matrix may have.
  public static let unitarityTolerance = 1e-8

  /// Checks that the instruction fits into the circuit at its end.
  /// - Throws: `CircuitError`, which names the instruction and its line.
  public func check(_ instruction: Instruction) throws(CircuitError) {
    if let reason = fault(of: instruction) {
      throw CircuitError(
        instruction: instruction.description, source: instruction.source.map { "\($0)" }, reason: reason)
    }
    for inner in instruction.blocks.joined() {
      var located = inner
      located.source = inner.source ?? instruction.source
      if case .preparation = inner.kind {
        throw CircuitError(
          instruction: inner.description, source: located.source.map { "\($0)" }, reason: .preparationInBlock)
      }
      try check(located)
    }
  }

  private func fault(of instruction: Instruction) -> CircuitError.Reason? {
    // The instructions of blocks are checked one by one.
    if !instruction.blocks.isEmpty { return faultOfBits(instruction) ?? faultOfKind(instruction) }
    return faultOfQubits(instruction) ?? faultOfAngles(instruction) ?? faultOfBits(instruction) ?? faultOfKind(instruction)
  }

  private func faultOfBits(_ instruction: Instruction) -> CircuitError.Reason? {
    let written = instruction.writtenBits
    if let bad = (written + instruction.readBits).first(where: { !(0..<bitCount).contains($0) }) {
      return .bitOutOfRange(bad, bitCount: bitCount)
    }
    if let wide = instruction.readValue?.numbers.first(where: { $0.count > ClassicalExpression.mostBits }) {
      return .tooManyBits(wide.count)
    }
    return Self.firstRepeated(written).map { .repeatedBit($0) }
  }

  private func faultOfQubits(_ instruction: Instruction) -> CircuitError.Reason? {
    let qubits = instruction.qubits
    if let bad = qubits.first(where: { !(0..<qubitCount).contains($0) }) { return .qubitOutOfRange(bad, qubitCount: qubitCount) }
    return Self.firstRepeated(qubits).map { .repeatedQubit($0) }
  }

  /// The first number that stands before; a barrier may have as many as the circuit has qubits.
  private static func firstRepeated(_ numbers: [Int]) -> Int? {
    guard numbers.count > 16 else { return numbers.indices.first { numbers[..<$0].contains(numbers[$0]) }.map { numbers[$0] } }
    var seen: Set<Int> = []
    return numbers.first { !seen.insert($0).inserted }
  }

  private func faultOfAngles(_ instruction: Instruction) -> CircuitError.Reason? {
    for angle in instruction.angles {
      if let value = angle.constantValue, !value.isFinite { return .angleNotFinite("\(value)") }
    }
    return nil
  }

  private func faultOfKind(_ instruction: Instruction) -> CircuitError.Reason? {
    let targetCount = instruction.targets.count
    // Of more targets than a number has bits, no list is as long.
    let dimension = targetCount < Int.bitWidth - 1 ? 1 << targetCount : .max
    switch instruction.kind {
    case .gate(let gate, let angles):
      let row = gate.row
      if angles.count != row.angleCount { return .wrongAngleCount(names: row.angleNames, found: angles.count) }
      if targetCount != row.targetCount || instruction.controls.count < row.controlCount {
        return .wrongQubitCount(expected: row.qubitCount, found: instruction.qubits.count)
      }
      return nil
    case .unitary(let matrix):
      guard matrix.rows == dimension, matrix.columns == dimension else {
        return .wrongSize(
          of: "a matrix", expected: "\(dimension) rows and columns", found: "\(matrix.rows) x \(matrix.columns)",
          targetCount: targetCount)
      }
      return faultOfUnitarity((matrix.adjoint * matrix - .identity(dimension)).elements)
    case .diagonal(let entries):
      guard entries.count == dimension else {
        return .wrongSize(of: "a diagonal", expected: "\(dimension) entries", found: "\(entries.count)", targetCount: targetCount)
      }
      return faultOfUnitarity(entries.map { $0.conjugate * $0 - 1 })
    case .permutation(let images):
      guard images.count == dimension else {
        return .wrongSize(of: "a permutation", expected: "\(dimension) images", found: "\(images.count)", targetCount: targetCount)
      }
      var seen = Array(repeating: false, count: dimension)
      for image in images {
        guard (0..<dimension).contains(image), !seen[image] else { return .notPermutation(image: image) }
        seen[image] = true
      }
      return nil
    case .pauliRotation(let word, _):
      return word.qubitCount <= targetCount ? nil : .wrongQubitCount(expected: word.qubitCount, found: targetCount)
    case .preparation(let preparation):
      if !instruction.controls.isEmpty { return .notControllable("a state preparation") }
      guard 1...dimension ~= preparation.count else {
        return .tooManyAmplitudes(found: preparation.count, targetCount: targetCount)
      }
      return instruction.targets.first { isTouched[$0] }.map { .qubitInUse($0) }
    case .channel(let channel):
      if !instruction.controls.isEmpty { return .notControllable("a channel") }
      if targetCount != channel.qubitCount { return .wrongQubitCount(expected: channel.qubitCount, found: targetCount) }
      let values = channel.strengths.compactMap(\.constantValue)
      return values.count == channel.strengths.count ? channel.error(of: values).map { .channel($0) } : nil
    case .measurement(let bits):
      if !instruction.controls.isEmpty { return .notControllable("a measurement") }
      return bits.count == targetCount ? nil : .wrongBitCount(qubits: targetCount, bits: bits.count)
    case .reset: return instruction.controls.isEmpty ? nil : .notControllable("a reset")
    case .loop(_, let limit, _): return limit >= 1 ? nil : .noLimit(limit)
    case .snapshot(let snapshot):
      guard case .expectation(let observable) = snapshot.content, observable.qubitCount > targetCount else { return nil }
      return .wrongQubitCount(expected: observable.qubitCount, found: targetCount)
    case .barrier, .assignment, .conditional: return nil
    }
  }

  private func faultOfUnitarity(_ differences: [Complex<Double>]) -> CircuitError.Reason? {
    // `max` could lose an entry that is not a number.
    guard let worst = differences.map(\.length).first(where: { !($0 <= Self.unitarityTolerance) }) else { return nil }
    let defect = differences.map(\.length).reduce(worst) { $1 > $0 ? $1 : $0 }
    return .notUnitary(defect: defect, tolerance: Self.unitarityTolerance)
  }
}
