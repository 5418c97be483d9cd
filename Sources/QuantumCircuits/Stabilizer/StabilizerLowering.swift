import LinearAlgebra
import QuantumStates
import Stabilizers

extension Circuit {
  /// The circuit as a stabilizer program, which samples thousands of qubits.
  ///
  /// Gates must be Clifford gates at the given angles, channels mixtures of Pauli words (see `pauliTwirled`), conditions parities
  /// of bits with Pauli gates in their blocks.
  ///
  /// - Parameter readout: errors of what every measurement reports; conditions see what is reported. Qubits that are confused
  ///   together are measured together, with nothing but barriers between.
  /// - Throws: `CompilationError` for wrong counts and values that are not finite, and for the first instruction that does not fit,
  ///   by name.
  public func stabilizerProgram(
    parameters: [Double] = [], features: [Double] = [], readout: ReadoutError? = nil
  ) throws(CompilationError) -> StabilizerProgram {
    try CompilationError.check(
      parameters: parameters, features: RealMatrix(rows: 1, columns: features.count, elements: features),
      parameterCount: parameterCount, featureCount: featureCount)
    var lowering = StabilizerLowering(self, parameters: parameters, features: features, readout: readout)
    for instruction in instructions { try lowering.add(instruction) }
    try lowering.addConfusions()
    return lowering.program
  }
}

/// A circuit on its way to a stabilizer program.
private struct StabilizerLowering {
  private(set) var program: StabilizerProgram
  private let parameters: [Double]
  private let features: [Double]
  private let readout: ReadoutError?
  /// Measured since the last errors of readout.
  private var measured: [(qubit: Int, bit: Int)] = []
  private var lastMeasurement = ""
  /// Elements of matrices that came before: circuits repeat few gates many times.
  private var known: [Key: Clifford] = [:]

  private struct Key: Hashable {
    let kind: Instruction.Kind
    let controls: [Bool]
  }

  init(_ circuit: Circuit, parameters: [Double], features: [Double], readout: ReadoutError?) {
    program = StabilizerProgram(qubits: circuit.qubitCount, bits: circuit.bitCount)
    self.parameters = parameters
    self.features = features
    self.readout = readout
  }

  mutating func add(_ instruction: Instruction) throws(CompilationError) {
    if !goesOnMeasuring(instruction) { try addConfusions() }
    switch instruction.kind {
    case .gate, .unitary, .diagonal, .permutation, .pauliRotation:
      guard let clifford = try clifford(of: instruction) else { break }
      program.append(.gate(clifford, instruction.qubits))
    case .barrier: break
    case .measurement(let bits):
      for (qubit, bit) in zip(instruction.targets, bits) {
        program.append(.measure(qubit, bit: bit))
        measured.append((qubit, bit))
      }
      if readout != nil { lastMeasurement = "\(instruction)" }
    case .reset: for qubit in instruction.targets { program.append(.reset(qubit)) }
    case .channel(let channel): program.append(.noise(try noise(of: channel, in: instruction), instruction.targets))
    case .conditional(let condition, let then, let otherwise):
      guard let (bits, isInverted) = condition.parity else {
        throw Self.refusal(instruction, "its condition is no parity of bits")
      }
      try addFeedback(then, bits, isInverted: isInverted)
      try addFeedback(otherwise, bits, isInverted: !isInverted)
    case .preparation, .assignment, .loop, .snapshot: throw Self.refusal(instruction, Self.hasNoForm)
    }
  }

  /// Whether qubits that were just measured are left alone, so that what they report together can wait.
  private func goesOnMeasuring(_ instruction: Instruction) -> Bool {
    switch instruction.kind {
    case .barrier: true
    case .measurement(let bits):
      measured.allSatisfy { !instruction.targets.contains($0.qubit) && !bits.contains($0.bit) }
    default: false
    }
  }

  /// Reports what was measured.
  mutating func addConfusions() throws(CompilationError) {
    guard !measured.isEmpty else { return }
    for confusion in try Confusion.all(of: readout, measured: measured, at: lastMeasurement) {
      program.append(.confuse(confusion.ofFrames, bits: confusion.bits))
    }
    measured = []
  }

  private static let hasNoForm = "it has no stabilizer form"

  private static func refusal(_ instruction: Instruction, _ reason: String) -> CompilationError {
    .unsupported(
      method: "The stabilizer method", reason: "\(instruction)\(instruction.source.map { " at \($0)" } ?? ""): \(reason)")
  }

  /// What a gate makes of Pauli matrices; nil where it acts on no qubit.
  private mutating func clifford(of instruction: Instruction) throws(CompilationError) -> Clifford? {
    let qubits = instruction.qubits
    guard !qubits.isEmpty else { return nil }
    let key = Key(kind: instruction.kind, controls: instruction.controls.map(\.isOne))
    if let clifford = known[key] { return clifford }
    guard qubits.count <= 6 else { throw Self.refusal(instruction, "gates on more than 6 qubits are not looked at") }
    guard let clifford = Clifford(matrix: instruction.matrix(parameters: parameters, features: features)) else {
      throw Self.refusal(instruction, "it is no Clifford gate")
    }
    known[key] = clifford
    return clifford
  }

  private func noise(of channel: Channel, in instruction: Instruction) throws(CompilationError) -> PauliNoise {
    do {
      let transfer = try channel.transfer(parameters: parameters, features: features)
      for row in 0..<transfer.rows {
        for column in 0..<transfer.columns where row != column && abs(transfer[row, column]) > 1e-12 {
          throw Self.refusal(
            instruction, "the channel is no mixture of Pauli words; take the circuit's Pauli twirl (Circuit.pauliTwirled)")
        }
      }
      let probabilities = try channel.twirledProbabilities(parameters: parameters, features: features)
      return PauliNoise(
        qubits: channel.qubitCount,
        zip(PauliBasis.words(qubitCount: channel.qubitCount), probabilities).dropFirst()
          .map { (SignedPauli(x: $0.xMask, z: $0.zMask), $1) })
    } catch let error as CompilationError {
      throw error
    } catch let error as ChannelError {
      throw .channel(error, row: 0)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// The Pauli gates of a block where the parity of bits is 1, or where it is 0: always, and once more where it is 1.
  private mutating func addFeedback(
    _ block: [Instruction], _ bits: [Int], isInverted: Bool
  ) throws(CompilationError) {
    for instruction in block where instruction.kind != .barrier {
      if instruction.isSnapshot { throw Self.refusal(instruction, Self.hasNoForm) }
      // A phase of the whole state is on no qubit.
      if instruction.isUnitary, instruction.qubits.isEmpty { continue }
      guard instruction.isUnitary, let clifford = try clifford(of: instruction), clifford.isPauli else {
        throw Self.refusal(instruction, "in a condition only Pauli gates can stand")
      }
      // P X P = -X where P has Z or Y there, and the other way round.
      var pauli = SignedPauli.identity
      for qubit in 0..<clifford.qubitCount {
        if clifford.x[qubit].isNegative { pauli = pauli * .z(qubit) }
        if clifford.z[qubit].isNegative { pauli = pauli * .x(qubit) }
      }
      if isInverted { program.append(.gate(clifford, instruction.qubits)) }
      program.append(.feedback(pauli, instruction.qubits, bits: bits))
    }
  }
}

extension ClassicalExpression {
  /// The bits whose parity the expression is, and whether it is its opposite; nil for other expressions.
  fileprivate var parity: (bits: [Int], isInverted: Bool)? {
    switch self {
    case .bits(let bits) where bits.count == 1: return (bits, false)
    case .not(let operand): return operand.parity.map { ($0.bits, !$0.isInverted) }
    case .binary(.bitXor, let left, let right), .binary(.notEqual, let left, let right):
      guard let left = left.parity, let right = right.parity else { return nil }
      return (Array(Set(left.bits).symmetricDifference(right.bits)).sorted(), left.isInverted != right.isInverted)
    case .binary(.equal, let left, let right):
      guard let left = left.parity, let right = right.parity else { return nil }
      return (Array(Set(left.bits).symmetricDifference(right.bits)).sorted(), left.isInverted == right.isInverted)
    case .integer(let value) where 0...1 ~= value: return ([], value == 1)
    default: return nil
    }
  }
}
