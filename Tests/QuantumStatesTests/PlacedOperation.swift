import CStateKernels
import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport

/// An operation on random states, in the library's form and in the reference's: the source of most kernel calls.
struct PlacedOperation {
  let name: String
  let operation: KernelOperation
  /// The matrix (or rotation) of each sample, as the list of entries that the library takes.
  let entries: [[Complex<Double>]]
  let isPerSample: Bool
  /// Entries that are not fixed by the structure: those that derivatives ask for.
  let freeEntries: [Int]
  let controls: [Int: Int]
  let states: [ReferenceState]
  /// The operation with given entries, by the reference.
  let act: (_ entries: [Complex<Double>], ReferenceState) -> ReferenceState

  private var layout: AmplitudeLayout { operation.layout }

  /// A matrix of some structure on random targets under random controls; one a sample, or one shared by all.
  static func matrix(
    _ structure: MatrixStructure, targetCount: Int, isPerSample: Bool, _ layout: AmplitudeLayout, _ source: inout RandomSource
  ) -> PlacedOperation {
    let order = RandomFixtures.distinct(layout.qubitCount, below: layout.qubitCount, &source)
    let targets = Array(order.prefix(targetCount))
    let conditions = Targeting.randomControls(on: Array(order.dropFirst(targetCount)), &source)
    let first = structure.matrix(qubits: targetCount, &source)
    let pattern = MatrixPattern(of: first)
    let free = first.elements.indices.filter { pattern.entries[$0] == .any }
    let entries = (0..<layout.samples).map { _ in
      var entries = first.elements
      if isPerSample { for entry in free { entries[entry] = RandomFixtures.complex(&source) } }
      return entries
    }
    return PlacedOperation(
      name: "\(structure) on \(targets)",
      operation: KernelOperation(
        pattern: pattern, targets: targets, controls: QuantumStatesTests.controls(conditions), layout: layout),
      entries: entries, isPerSample: isPerSample, freeEntries: free, controls: conditions, states: states(layout, &source)
    ) { entries, state in
      state.applying(
        ComplexMatrix(rows: first.rows, columns: first.rows, elements: entries), targets: targets, controls: conditions)
    }
  }

  /// own * I + word * P for a random Pauli word P under random controls.
  static func word(isPerSample: Bool, _ layout: AmplitudeLayout, _ source: inout RandomSource) -> PlacedOperation {
    var letters: [Int: Character] = [:]
    for qubit in 0..<layout.qubitCount { letters[qubit] = [nil, "X", "Y", "Z"][source.integer(below: 4)] }
    let conditions = Targeting.randomControls(on: (0..<layout.qubitCount).filter { letters[$0] == nil }, &source)
    let shared = [RandomFixtures.complex(&source), RandomFixtures.complex(&source)]
    let entries = (0..<layout.samples).map { _ in
      isPerSample ? [RandomFixtures.complex(&source), RandomFixtures.complex(&source)] : shared
    }
    let full = ReferenceOperators.pauliWord(letters, qubitCount: layout.qubitCount)
    let word = PauliWord(letters)
    return PlacedOperation(
      name: "word \(word)",
      operation: KernelOperation(
        xMask: word.xMask, zMask: word.zMask, controls: QuantumStatesTests.controls(conditions), layout: layout),
      entries: entries, isPerSample: isPerSample, freeEntries: [1], controls: conditions, states: states(layout, &source)
    ) { entries, state in
      let flipped = state.applying(full: full)
      var result = state
      for index in state.amplitudes.indices where ReferenceOperators.holds(conditions, at: index) {
        result.amplitudes[index] = entries[0] * state.amplitudes[index] + entries[1] * flipped.amplitudes[index]
      }
      return result
    }
  }

  static func states(_ layout: AmplitudeLayout, _ source: inout RandomSource) -> [ReferenceState] {
    (0..<layout.samples).map { _ in RandomFixtures.state(qubitCount: layout.qubitCount, &source) }
  }

  /// The kernel that applies the operation; nil if it needs none or has none.
  private var kernel: KernelCall.Kernel? {
    switch operation.kind {
    case .dense1: .dense1
    case .dense2: .dense2
    case .dense3: .dense3
    case .dense4: .dense4
    case .lane1: .lane1
    case .terms: .terms
    case .diagonal: .diagonal
    case .swaps: .swaps
    case .pauli: .pauli
    case .identity, .general, .permutation: nil
    }
  }

  /// The operation applied to the states.
  var application: KernelCall? {
    guard let kernel else { return nil }
    let expected = zip(entries, states).map(act)
    return call(kernel, coefficients: coefficients, count: operation.loopCount, KernelMemory(state: layout.encoded(states))) {
      layout.difference($0.state, expected)
    }
  }

  /// conj(bra) * ket for every entry; kept apart for each sample where the matrices are.
  func overlap(_ source: inout RandomSource) -> KernelCall? {
    guard let kernel, kernel != .swaps, !freeEntries.isEmpty else { return nil }
    let bras = Self.states(layout, &source)
    let check = overlapDifference(bras: bras, kets: states, &source)
    let memory = KernelMemory(state: layout.encoded(states), second: layout.encoded(bras), result: emptyResult)
    var call = call(kernel == .pauli ? .pauliOverlap : .overlap, count: operation.overlapLoopCount, memory, check)
    if kernel == .pauli { call.argument.fixed_mask = operation.controlMask }
    return call
  }

  /// The operation applied to bra and ket, with the overlaps of the bra before and the ket after.
  func backward(_ source: inout RandomSource) -> KernelCall? {
    guard operation.hasBackwardKernel else { return nil }
    let bras = Self.states(layout, &source)
    let expectedKets = zip(entries, states).map(act)
    let expectedBras = zip(entries, bras).map(act)
    let check = overlapDifference(bras: bras, kets: expectedKets, &source)
    let memory = KernelMemory(state: layout.encoded(states), second: layout.encoded(bras), result: emptyResult)
    let kernel = operation.kind == .dense1 ? KernelCall.Kernel.backwardDense1 : .backwardLane1
    return call(kernel, coefficients: coefficients, count: operation.loopCount, memory) {
      max(check($0), layout.difference($0.state, expectedKets), layout.difference($0.second, expectedBras))
    }
  }

  /// result += word * P|state>, for a Pauli word.
  func accumulation(_ source: inout RandomSource) -> KernelCall? {
    guard operation.kind == .pauli else { return nil }
    let sums = Self.states(layout, &source)
    let expected = sums.indices.map { sample in
      var sum = sums[sample]
      let term = act([0, entries[sample][1]], states[sample]).masked(controls)
      for index in sum.amplitudes.indices { sum.amplitudes[index] += term.amplitudes[index] }
      return sum
    }
    // Coefficients are (own, word) pairs; the kernel takes the second and visits every block, not one of each pair.
    var call = call(
      .pauliAccumulate, coefficients: Array(coefficients.dropFirst(Precision.blockBytes)),
      count: layout.blockCount >> operation.controlMask.nonzeroBitCount,
      KernelMemory(state: layout.encoded(states), result: layout.encoded(sums))
    ) { layout.difference($0.result, expected) }
    call.argument.fixed_mask = operation.controlMask
    return call
  }

  private func call(
    _ kernel: KernelCall.Kernel, coefficients: [UInt8] = [], count: Int, _ memory: KernelMemory,
    _ difference: @escaping (KernelMemory) -> Double
  ) -> KernelCall {
    // The address of the coefficients is put in when the call is made.
    let placeholder = Coefficients(base: UnsafeRawPointer(bitPattern: 64)!, isShared: !isPerSample)
    return KernelCall(
      description: "\(kernel): \(name), controls \(controls), \(isPerSample ? "one a sample" : "shared"), \(layout)",
      kernel: kernel, layout: layout, operation: operation, argument: operation.argument(placeholder, apart: isPerSample),
      coefficients: coefficients, count: count, memory: memory, difference: difference)
  }

  private var coefficients: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: operation.coefficientBytes * (isPerSample ? layout.sampleBlocks : 1))
    bytes.withUnsafeMutableBytes { memory in
      guard let base = memory.baseAddress else { return }
      guard isPerSample else { return operation.fill(base, entries: entries[0]) }
      let samples = layout.samples
      var planes = [Double](repeating: 0, count: 2 * entries[0].count * samples)
      for (sample, list) in entries.enumerated() {
        for (entry, value) in list.enumerated() {
          planes[2 * entry * samples + sample] = value.real
          planes[(2 * entry + 1) * samples + sample] = value.imaginary
        }
      }
      operation.fill(base, sampleEntries: planes)
    }
    return bytes
  }

  private var emptyResult: [UInt8] {
    let blocks = operation.overlapBlocks * (isPerSample ? layout.sampleBlocks : 1)
    return [UInt8](repeating: 0, count: blocks * Precision.blockBytes)
  }

  /// Compares sum over e of D[e] R[e] with <bra|D|ket> for a random matrix D of the free entries; see `KernelOperation`'s overlaps.
  private func overlapDifference(
    bras: [ReferenceState], kets: [ReferenceState], _ source: inout RandomSource
  ) -> (KernelMemory) -> Double {
    var derivative = [Complex<Double>](repeating: .zero, count: entries[0].count)
    for entry in freeEntries { derivative[entry] = RandomFixtures.complex(&source) }
    let exact = zip(bras, kets).map { bra, ket in bra.masked(controls).innerProduct(act(derivative, ket)) }
    let expected = isPerSample ? exact : [exact.reduce(.zero, +)]
    return { memory in
      var result = memory.result
      let sums = result.withUnsafeMutableBytes { overlaps(UnsafeRawPointer($0.baseAddress!)) }
      let found = sums.map { zip($0, derivative).reduce(.zero) { $0 + $1.0 * $1.1 } }
      return maximumDifference(found, expected)
    }
  }

  /// R[e] as the library reads it: of each sample, or of all together.
  private func overlaps(_ result: UnsafeRawPointer) -> [[Complex<Double>]] {
    let count = entries[0].count
    guard isPerSample else {
      var sums = [Complex<Double>](repeating: .zero, count: count)
      operation.reduce(result, into: &sums)
      return [sums]
    }
    var planes = [Double](repeating: 0, count: 2 * count * layout.samples)
    operation.reduce(result, intoSamples: &planes)
    return (0..<layout.samples).map { sample in
      (0..<count).map { Complex(planes[2 * $0 * layout.samples + sample], planes[(2 * $0 + 1) * layout.samples + sample]) }
    }
  }
}

extension ReferenceState {
  /// The part of the state in which the controls hold.
  fileprivate func masked(_ controls: [Int: Int]) -> ReferenceState {
    var result = self
    for index in amplitudes.indices where !ReferenceOperators.holds(controls, at: index) { result.amplitudes[index] = .zero }
    return result
  }
}
