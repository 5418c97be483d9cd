import LinearAlgebra
import QuantumStates

/// Turns gates and channels into steps on Pauli components, each on at most four qubits; runs on the same qubits become one step.
struct TransferLowering {
  private(set) var angles: [CompiledAngle] = []
  private(set) var channels: [(channel: Channel, angles: [Int])] = []
  private(set) var preparations: [(preparation: AmplitudePreparation, targets: [Int])] = []
  private var drafts: [(qubits: [Int], parts: [TransferPart])] = []
  /// For each qubit the last step on it.
  private var last: [Int: Int] = [:]
  /// Parts of instructions without symbols that came before, with their qubits among the instruction's: circuits repeat few gates
  /// and channels many times.
  private var known: [Key: [(part: TransferPart, places: [Int])]] = [:]
  /// Parts since the instruction began, with their qubits.
  private var added: [(part: TransferPart, qubits: [Int])] = []

  private struct Key: Hashable {
    let kind: Instruction.Kind
    let controls: [Bool]
    /// How many of the instruction's qubits are below each: matrices are written for ascending ones.
    let ranks: [Int]

    init(_ instruction: Instruction, _ qubits: [Int]) {
      kind = instruction.kind
      controls = instruction.controls.map(\.isOne)
      ranks = qubits.map { qubit in qubits.count { $0 < qubit } }
    }
  }

  init(_ circuit: Circuit) throws(CompilationError) {
    for instruction in circuit.instructions {
      let qubits = instruction.qubits
      // What is wider is seldom repeated, and as large to compare as to make.
      let key = qubits.count <= 4 ? Key(instruction, qubits) : nil
      if let key, let parts = known[key] {
        for (part, places) in parts { append(part, on: places.map { qubits[$0] }) }
        continue
      }
      let (angleCount, channelCount, preparationCount) = (angles.count, channels.count, preparations.count)
      added = []
      defer {
        if let key, (angles.count, channels.count, preparations.count) == (angleCount, channelCount, preparationCount) {
          known[key] = added.map { part, own in (part, own.map { qubits.firstIndex(of: $0)! }) }
        }
      }
      switch instruction.kind {
      case .preparation(let preparation): preparations.append((preparation, instruction.targets))
      case .channel(let channel): add(channel, on: instruction.targets)
      case .reset:
        for target in instruction.targets { add(.reset(p0: 1), on: [target]) }
      default:
        guard instruction.isUnitary else {
          throw .notUnitary(
            instruction: "\(instruction)", source: instruction.source.map { "\($0)" }, purpose: "a density matrix")
        }
        for factor in instruction.factors { try add(factor, controls: instruction.controls, of: instruction) }
      }
    }
  }

  /// The steps in order; neighbouring parts without symbols become one matrix.
  var steps: [TransferStep] {
    drafts.map { draft in
      var parts: [TransferPart] = []
      // A run of matrices is multiplied as numbers, and becomes one part at its end.
      var run: (matrix: [Double], isOrthogonal: Bool, single: TransferPart?)?
      func endRun() {
        guard let ended = run else { return }
        parts.append(
          ended.single ?? TransferPart(.fixed(ended.matrix), size: draft.parts[0].size, isOrthogonal: ended.isOrthogonal))
        run = nil
      }
      for part in draft.parts {
        guard case .fixed(let matrix) = part.form else {
          endRun()
          parts.append(part)
          continue
        }
        if let earlier = run {
          var product = [Double](repeating: 0, count: matrix.count)
          SmallMatrix.multiply(part.size, matrix, earlier.matrix, into: &product)
          run = (product, earlier.isOrthogonal && part.isOrthogonal, nil)
        } else {
          run = (matrix, part.isOrthogonal, part)
        }
      }
      endRun()
      let source = parts.flatMap { $0.angles.map { angles[$0].source } }.max() ?? .constant
      return TransferStep(qubits: draft.qubits, parts: parts, source: source)
    }
  }

  private mutating func index(of angle: Angle) -> Int {
    angles.append(CompiledAngle(angle, frequency: 1, frequencies: []))
    return angles.count - 1
  }

  /// A part joins the last step where that is on the same qubits, and one-qubit parts join nothing wider: a step stays sparse.
  private mutating func append(_ part: TransferPart, on qubits: [Int]) {
    added.append((part, qubits))
    if let step = last[qubits[0]], drafts[step].qubits == qubits, qubits.allSatisfy({ last[$0] == step }) {
      drafts[step].parts.append(part)
    } else {
      for qubit in qubits { last[qubit] = drafts.count }
      drafts.append((qubits, [part]))
    }
  }

  // MARK: - Channels

  private mutating func add(_ channel: Channel, on targets: [Int]) {
    let order = targets.indices.sorted { targets[$0] < targets[$1] }
    let size = 1 << (2 * targets.count)
    /// The number of a component after its digits went to ascending qubits.
    func moved(_ component: Int) -> Int {
      order.enumerated().reduce(0) { sum, digit in
        sum | (component >> (2 * digit.element) & 3) << (2 * digit.offset)
      }
    }
    var strengths: [Int] = []
    if !channel.strengths.allSatisfy(\.isConstant) { strengths = channel.strengths.map { index(of: $0) } }
    let generic = strengths.isEmpty ? channel : channel.withArguments
    let entries = generic.transferEntries.map { TransferEntry(moved($0.row), moved($0.column), $0.value) }
    let part: TransferPart
    if strengths.isEmpty {
      var matrix = [Double](repeating: 0, count: size * size)
      for entry in entries { matrix[entry.row * size + entry.column] = entry.value.value() }
      part = TransferPart(.fixed(matrix), size: size, isOrthogonal: false)
    } else {
      channels.append((channel, strengths))
      let derivatives = strengths.indices.map { strength in
        entries.map { TransferEntry($0.row, $0.column, $0.value.derivative(withRespectTo: .parameter(strength))) }
          .filter { $0.value != .zero }
      }
      part = TransferPart(
        .channel(strengths: strengths, entries: entries, derivatives: derivatives), size: size, isOrthogonal: false)
    }
    append(part, on: targets.sorted())
  }

  // MARK: - Gates

  private mutating func add(
    _ factor: GateFactor, controls: [Control], of instruction: Instruction
  ) throws(CompilationError) {
    let qubits = factor.targets + controls.map(\.qubit)
    if qubits.isEmpty { return }  // a global phase
    if case .rotation(let rotation) = factor.action, case .pauli(let word) = rotation.generator, controls.isEmpty, word.weight > 2 {
      return addRotation(word.mapped(to: factor.targets), angle: 2 * Angle(rotation.frequency) * rotation.angle)
    }
    guard qubits.count > 4 else {
      switch factor.action {
      case .rotation(let rotation):
        let generator = embedded(
          rotation.generator.matrix(targetCount: factor.targets.count), factor.targets, controls, outside: 0)
        return append(.rotation(generator, frequency: rotation.frequency, angle: index(of: rotation.angle)), on: qubits.sorted())
      case .fixed, .diagonal, .permutation:
        return append(.unitary(embedded(factor.matrix { _ in 0 }, factor.targets, controls, outside: 1)), on: qubits.sorted())
      }
    }
    if case .rotation(let rotation) = factor.action, case .pauli(let word) = rotation.generator {
      return addRotation(word.mapped(to: factor.targets), angle: 2 * Angle(rotation.frequency) * rotation.angle, under: controls)
    }
    try addWide(factor, controls: controls, of: instruction)
  }

  /// The matrix on all qubits, ascending: where a control does not hold, `outside` on the diagonal.
  private func embedded(
    _ matrix: ComplexMatrix, _ targets: [Int], _ controls: [Control], outside: Complex<Double>
  ) -> ComplexMatrix {
    let qubits = (targets + controls.map(\.qubit)).sorted()
    let places = targets.map { qubits.firstIndex(of: $0)! }
    var result = ComplexMatrix(rows: 1 << qubits.count, columns: 1 << qubits.count)
    for column in 0..<result.columns {
      guard controls.allSatisfy({ (column >> qubits.firstIndex(of: $0.qubit)! & 1 == 1) == $0.isOne }) else {
        result[column, column] = outside
        continue
      }
      let local = places.enumerated().reduce(0) { $0 | (column >> $1.element & 1) << $1.offset }
      for row in 0..<matrix.rows {
        let image = places.enumerated().reduce(column) { ($0 & ~(1 << $1.element)) | (row >> $1.offset & 1) << $1.element }
        result[image, column] = matrix[row, local]
      }
    }
    return result
  }

  /// `exp(-i angle/2 P)`: fliped to Z on every qubit, gathered on the last one by CX, rotated there, and back.
  private mutating func addRotation(_ word: PauliWord, angle: Angle) {
    let qubits = word.qubits
    guard !qubits.isEmpty else { return }
    let half = Complex(0.5.squareRoot())
    /// From the eigenbasis of a factor to that of Z.
    func basis(_ pauli: Pauli) -> ComplexMatrix? {
      switch pauli {
      case .x: half * [[1, 1], [1, -1]]
      case .y: half * ComplexMatrix([[1, -Complex.i], [1, Complex.i]])
      case .z: nil
      }
    }
    // CX whose control is the lower digit, as qubits ascend.
    let flip: ComplexMatrix = [[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0]]
    let pairs = zip(qubits, qubits.dropFirst())
    for qubit in qubits { if let matrix = basis(word[qubit]!) { append(.unitary(matrix), on: [qubit]) } }
    for (control, target) in pairs { append(.unitary(flip), on: [control, target]) }
    append(.rotation(Pauli.z.matrix, frequency: 0.5, angle: index(of: angle)), on: [qubits.last!])
    for (control, target) in Array(pairs).reversed() { append(.unitary(flip), on: [control, target]) }
    for qubit in qubits { if let matrix = basis(word[qubit]!) { append(.unitary(matrix.adjoint), on: [qubit]) } }
  }

  /// The same under controls: their projector is a sum of words of Z, and so the rotation a product of rotations.
  private mutating func addRotation(_ word: PauliWord, angle: Angle, under controls: [Control]) {
    for subset in 0..<1 << controls.count {
      let chosen = controls.indices.filter { subset >> $0 & 1 == 1 }.map { controls[$0] }
      let sign: Double = chosen.filter(\.isOne).count % 2 == 0 ? 1 : -1
      addRotation(
        PauliWord(word.factors + chosen.map { Z($0.qubit) }), angle: Angle(sign / Double(1 << controls.count)) * angle)
    }
  }

  /// A gate on more than four qubits: diagonalised on its targets; what is diagonal is a product of rotations about words of Z.
  private mutating func addWide(
    _ factor: GateFactor, controls: [Control], of instruction: Instruction
  ) throws(CompilationError) {
    let qubits = factor.targets + controls.map(\.qubit)
    let isDiagonal: Bool
    if case .diagonal = factor.action { isDiagonal = true } else { isDiagonal = false }
    guard qubits.count <= 12, isDiagonal || factor.targets.count <= 4 else {
      throw .unsupported(
        method: "A density matrix",
        reason: "\(instruction) acts on \(qubits.count) qubits; write it as gates of at most 4 targets and 12 qubits")
    }
    var basis: ComplexMatrix?
    /// Phases of basis states of the targets, and the expression that they are multiplied by.
    let phases: [Double]
    var scale: Angle = 1
    do {
      switch factor.action {
      case .diagonal(let entries): phases = entries.map(\.phase)
      case .rotation(let rotation):
        let eigen = try rotation.generator.matrix(targetCount: factor.targets.count).hermitianEigen()
        (basis, phases) = (eigen.vectors, eigen.values.map { -rotation.frequency * $0 })
        scale = rotation.angle
      case .fixed, .permutation:
        let unitary = factor.matrix { _ in 0 }
        // The Hermitian parts of a unitary commute; a generic sum of them has the eigenvectors of both.
        let real = Complex(0.5) * (unitary + unitary.adjoint)
        let imaginary = Complex(0, -0.5) * (unitary - unitary.adjoint)
        let vectors = try (real + Complex(0.7320508) * imaginary).hermitianEigen().vectors
        (basis, phases) = (vectors, (vectors.adjoint * unitary * vectors).diagonal.map(\.phase))
      }
    } catch {
      throw .state(.linearAlgebra(error))
    }
    if let basis { append(.unitary(embedded(basis.adjoint, factor.targets, [], outside: 1)), on: factor.targets.sorted()) }
    let targetCount = factor.targets.count
    let values = (0..<1 << qubits.count).map { state -> Double in
      let holds = controls.enumerated().allSatisfy { (state >> (targetCount + $0.offset) & 1 == 1) == $0.element.isOne }
      return holds ? phases[state & (1 << targetCount - 1)] : 0
    }
    for mask in 1..<values.count {
      var sum = 0.0
      for (state, value) in values.enumerated() { sum += (state & mask).nonzeroBitCount % 2 == 0 ? value : -value }
      guard abs(sum) > 1e-14 else { continue }
      let word = PauliWord(qubits.indices.filter { mask >> $0 & 1 == 1 }.map { Z(qubits[$0]) })
      addRotation(word, angle: Angle(-2 * sum / Double(values.count)) * scale)
    }
    if let basis { append(.unitary(embedded(basis, factor.targets, [], outside: 1)), on: factor.targets.sorted()) }
  }
}

extension Channel {
  /// The channel with its strengths replaced by the parameters 0, 1, ...
  var withArguments: Channel {
    var place = -1
    return replacingStrengths { _ in
      place += 1
      return .argument(place)
    }
  }
}
