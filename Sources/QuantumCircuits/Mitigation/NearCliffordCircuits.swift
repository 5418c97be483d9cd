import LinearAlgebra
import QuantumStates
import Randomness
import Stabilizers

extension Circuit {
  /// A training circuit for `CliffordRegression`: Clifford gates in place of all others but a few.
  ///
  /// Angles go to multiples of a quarter turn with which their gate is a Clifford gate (RX at any, CRX at half turns), drawn with
  /// weights `exp(-(distance / 0.5)^2)`. Other gates on one qubit, T and matrices, become one of the 24 Clifford gates in the same
  /// way, by the angle of the rotation between the two. Gates in the blocks of conditionals and loops count too; what is no gate
  /// stays as it is.
  ///
  /// - Parameters:
  ///   - kept: how many of the gates that are no Clifford gates stay as they are. Gates on several qubits without an angle, such as
  ///     CCX, can only stay; which others do is drawn.
  /// - Throws: `MitigationError.regression` where more gates have to stay or fewer can, and for angles without a number.
  ///
  /// Source: Czarnik, Arrasmith, Coles, Cincio, "Error mitigation with Clifford quantum-circuit data", 2021.
  public func nearClifford(keeping kept: Int, using source: inout RandomSource) throws(MitigationError) -> Circuit {
    let gates = try CliffordSubstitutes.all(for: instructions)
    let (fixed, free) = (gates.filter { $0.count == 0 }, gates.indices.filter { gates[$0].count > 0 })
    guard fixed.count <= kept else {
      throw .regression(
        reason: "\(fixed[0].instruction) is no Clifford gate and has no angle to change; decompose it, or keep at least "
          + "\(fixed.count)")
    }
    guard kept <= gates.count else {
      throw .regression(reason: "\(kept) gates are to be kept, and \(gates.count) are no Clifford gates")
    }
    let stays = Set(source.choose(kept - fixed.count, from: free.count).map { free[$0] })
    var next = 0
    let replaced = Self.replacing(instructions) {
      let gate = gates[next]
      next += 1
      return gate.count == 0 || stays.contains(next - 1) ? gate.instruction : gate.draw(&source)
    }
    var result = Circuit(qubits: qubitCount, registers: registers)
    result.append(replaced)
    return result
  }

  /// Replaces the gates that are no Clifford gates, in the order of `CliffordSubstitutes.all`.
  private static func replacing(_ instructions: [Instruction], _ substitute: () -> Instruction) -> [Instruction] {
    instructions.map { instruction in
      if !instruction.blocks.isEmpty { return instruction.mappingWholeBlocks { replacing($0, substitute) } }
      return instruction.isCliffordOrNoGate ? instruction : substitute()
    }
  }
}

extension Instruction {
  /// Gates on so many qubits are not looked at.
  private static let widest = 6

  /// Whether the instruction takes Pauli words to Pauli words, or is none that acts as a gate; the numbers of its angles must be
  /// known.
  fileprivate var isCliffordOrNoGate: Bool {
    switch kind {
    case .gate, .unitary, .diagonal, .permutation, .pauliRotation:
      return qubits.isEmpty || qubits.count <= Self.widest && Clifford(matrix: matrix()) != nil
    case .preparation: return false
    default: return true
    }
  }

  /// The instruction with its angles replaced.
  fileprivate func replacingAngles(_ values: [Double]) -> Instruction {
    var result = self
    switch kind {
    case .gate(let gate, _): result.kind = .gate(gate, angles: values.map { Angle($0) })
    case .pauliRotation(let word, _): result.kind = .pauliRotation(word, Angle(values[0]))
    default: break
    }
    return result
  }
}

/// What can stand in place of a gate that is no Clifford gate.
private struct CliffordSubstitutes {
  let instruction: Instruction
  private typealias Choice = (substitute: Instruction, distance: Double)
  private let choices: [Choice]
  var count: Int { choices.count }

  /// In the order in which the gates stand, those of blocks too.
  static func all(for instructions: [Instruction]) throws(MitigationError) -> [CliffordSubstitutes] {
    var result: [CliffordSubstitutes] = []
    for instruction in instructions {
      for block in instruction.blocks { result += try all(for: block) }
      if !instruction.blocks.isEmpty || instruction.isChannel { continue }
      guard instruction.angles.allSatisfy(\.isConstant) else {
        throw .regression(reason: "\(instruction) has an angle without a number; bind the circuit first")
      }
      if !instruction.isCliffordOrNoGate { result.append(CliffordSubstitutes(instruction)) }
    }
    return result
  }

  private init(_ instruction: Instruction) {
    self.instruction = instruction
    let angles = instruction.isUnitary ? instruction.angles.compactMap(\.constantValue) : []
    if case .preparation = instruction.kind {
      choices = []
    } else if !angles.isEmpty {
      // Excitations are Clifford gates at few angles: then the window grows.
      choices = [4, 8, 16].lazy.map { Self.turned(instruction, angles, window: $0) }.first { !$0.isEmpty } ?? []
    } else if instruction.qubits.count == 1 {
      let matrix = instruction.matrix()
      choices = Self.oneQubit.map { clifford -> Choice in
        let overlap = min(1, (matrix.adjoint * clifford).trace.length / 2)
        return (.unitary(clifford, on: instruction.qubits[0]), 2 * Double.acos(overlap))
      }
    } else {
      choices = []
    }
  }

  /// The gate with multiples of a quarter turn, `window` of them around each angle, where it is a Clifford gate.
  private static func turned(_ instruction: Instruction, _ angles: [Double], window: Int) -> [Choice] {
    let quarter = Double.pi / 2
    let combinations = angles.indices.reduce(1) { count, _ in count * window }
    return (0..<combinations).compactMap { index -> Choice? in
      var (rest, squares) = (index, 0.0)
      let values = angles.map { angle in
        let value = ((angle / quarter).rounded(.down) + Double(rest % window - window / 2 + 1)) * quarter
        rest /= window
        squares += (value - angle) * (value - angle)
        return value
      }
      let candidate = instruction.replacingAngles(values)
      return candidate.isCliffordOrNoGate ? (candidate, squares.squareRoot()) : nil
    }
  }

  /// The Clifford gates on one qubit, up to phases: all products of H and S.
  private static let oneQubit: [ComplexMatrix] = {
    let generators = [Gate.h.matrix(), Gate.s.matrix()]
    var found = [ComplexMatrix.identity(2)]
    var next = 0
    while next < found.count {
      for generator in generators {
        let product = generator * found[next]
        if !found.contains(where: { ($0.adjoint * product).trace.length > 2 - 1e-9 }) { found.append(product) }
      }
      next += 1
    }
    return found
  }()

  func draw(_ source: inout RandomSource) -> Instruction {
    let nearest = choices.map(\.distance).min()!
    let weights = choices.map { Double.exp(-4 * ($0.distance * $0.distance - nearest * nearest)) }
    var left = source.uniform() * weights.reduce(0, +)
    for (choice, weight) in zip(choices, weights) {
      left -= weight
      if left < 0 { return choice.substitute }
    }
    return choices[weights.firstIndex(of: 1)!].substitute
  }
}
