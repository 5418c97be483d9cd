import LinearAlgebra
import QuantumStates

/// A step placed on the qubits of a tile.
///
/// Qubits that it only reads may lie outside the tile, where they are constants: a control decides whether the step is run,
/// the targets of a diagonal matrix choose among variants with a part of its entries, Z factors of a Pauli word give a sign.
final class TileStep: Sendable {
  /// The step for one value of the qubits outside.
  struct Variant: Sendable {
    let operation: KernelOperation
    let inverse: KernelOperation
    /// For each entry of the operation, the entry of the step's matrix.
    let entries: [Int]
    /// Of a Pauli word, from its factors outside the tile.
    let sign: Double
    /// Where its coefficients lie.
    var forward = 0
    var backward = 0
  }

  /// The number of the step in the circuit.
  let index: Int
  /// Bits of the basis index outside the tile, and the value they must have for the step to act.
  private let controlMask: Int
  private let controlValue: Int
  /// Qubits outside whose values, as bits of a number, choose the variant; or whose parity does.
  private let selecting: [Int]
  private let parityMask: Int
  let variants: [Variant]

  /// - Parameters:
  ///   - places: for each qubit of the state its place in the tile, nil outside.
  ///   - place: reserves bytes for coefficients.
  init(_ draft: StepDraft, index: Int, places: [Int?], layout: AmplitudeLayout, place: (Int) -> Int) {
    self.index = index
    let outerControls = draft.controls.filter { places[$0.qubit] == nil }
    controlMask = outerControls.reduce(0) { $0 | 1 << $1.qubit }
    controlValue = outerControls.reduce(0) { $0 | ($1.isOne ? 1 << $1.qubit : 0) }
    let controls = draft.controls.compactMap { control in
      places[control.qubit].map { Control($0, isOne: control.isOne) }
    }
    let targets = draft.targets.compactMap { places[$0] }
    var outside = draft.targets.indices.filter { places[draft.targets[$0]] == nil }
    var parity = 0
    var variants: [Variant] = []

    /// A diagonal matrix, of which a variant takes the entries with the given target bits outside.
    func addDiagonals(_ pattern: [MatrixPattern.Entry], entryNumber: (Int) -> Int) {
      let inside = draft.targets.indices.filter { places[draft.targets[$0]] != nil }
      for value in 0..<1 << outside.count {
        let fixed = outside.enumerated().reduce(0) { $0 | (value >> $1.offset & 1) << $1.element }
        let rows = (0..<1 << inside.count).map { row in
          inside.enumerated().reduce(fixed) { $0 | (row >> $1.offset & 1) << $1.element }
        }
        let operation = KernelOperation(diagonal: rows.map { pattern[$0] }, targets: targets, controls: controls, layout: layout)
        variants.append(Variant(operation: operation, inverse: operation, entries: rows.map(entryNumber), sign: 1))
      }
    }

    switch draft.form {
    case .diagonal(let entries): addDiagonals(entries.map { $0 == 1 ? .one : .any }) { $0 }
    case .matrix(_, let pattern) where pattern.isDiagonal:
      let step = pattern.dimension + 1
      addDiagonals((0..<pattern.dimension).map { pattern[$0, $0] }) { $0 * step }
    case .matrix(_, let pattern):
      variants = [
        Variant(
          operation: KernelOperation(pattern: pattern, targets: targets, controls: controls, layout: layout),
          inverse: KernelOperation(pattern: pattern.transposed, targets: targets, controls: controls, layout: layout),
          entries: Array(pattern.entries.indices), sign: 1)
      ]
    case .permutation(let images):
      var origins = images
      for (row, image) in images.enumerated() { origins[image] = row }
      variants = [
        Variant(
          operation: .permutation(images, targets: targets, controls: controls, layout: layout),
          inverse: .permutation(origins, targets: targets, controls: controls, layout: layout), entries: [], sign: 1)
      ]
    case .pauliRotation(let word, _):
      func mapped(_ mask: UInt64) -> UInt64 {
        places.indices.reduce(0) { result, qubit in
          places[qubit].map { result | (mask >> UInt64(qubit) & 1) << UInt64($0) } ?? result
        }
      }
      parity = outside.reduce(0) { $0 | 1 << draft.targets[$1] }
      outside = []
      let operation = KernelOperation(xMask: mapped(word.xMask), zMask: mapped(word.zMask), controls: controls, layout: layout)
      variants = (parity == 0 ? [1] : [1, -1]).map {
        Variant(operation: operation, inverse: operation, entries: [0, 1], sign: $0)
      }
    case .preparation: preconditionFailure("TileStep: a preparation is no unitary step")
    case .phases: preconditionFailure("TileStep: phases are gathered in batches alone")
    }
    selecting = outside.map { draft.targets[$0] }
    parityMask = parity
    for number in variants.indices {
      variants[number].forward = place(variants[number].operation.coefficientBytes)
      variants[number].backward = place(variants[number].inverse.coefficientBytes)
    }
    self.variants = variants
  }

  /// The variant for the tile whose qubits outside have the values of `base`; nil where a control does not hold.
  func variant(at base: Int) -> Variant? {
    guard base & controlMask == controlValue else { return nil }
    if parityMask != 0 { return variants[(base & parityMask).nonzeroBitCount & 1] }
    var number = 0
    for (bit, qubit) in selecting.enumerated() { number |= (base >> qubit & 1) << bit }
    return variants[number]
  }
}

extension TileStep.Variant {
  /// Writes the coefficients of the step, given its entries.
  func bindForward(_ step: [Complex<Double>], to coefficients: UnsafeMutableRawPointer) {
    fill(operation, coefficients + forward, step)
  }

  /// Writes the coefficients of the inverse, given its entries.
  func bindBackward(_ step: [Complex<Double>], to coefficients: UnsafeMutableRawPointer) {
    fill(inverse, coefficients + backward, step)
  }

  private func fill(_ operation: KernelOperation, _ destination: UnsafeMutableRawPointer, _ step: [Complex<Double>]) {
    var own = entries.map { step[$0] }
    if sign < 0 { own[1] = -own[1] }
    own.withUnsafeBufferPointer { operation.fill(destination, entries: $0.baseAddress) }
  }

  /// Adds overlaps by entry of the operation to those of the step.
  func add(_ overlaps: [Complex<Double>], to sums: UnsafeMutablePointer<Complex<Double>>) {
    for (number, entry) in entries.enumerated() {
      sums[entry] += sign < 0 && number == 1 ? -overlaps[number] : overlaps[number]
    }
  }
}
