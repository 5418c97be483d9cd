import LinearAlgebra

/// Operations that no kernel does: amplitude by amplitude, for matrices on more than four block qubits.
extension KernelOperation {
  func applyWithoutKernel(to state: UnsafeMutableRawPointer, coefficients: Coefficients?) {
    precondition(coefficients?.isShared ?? true, "KernelOperation: a matrix a sample has at most 16 rows")
    let amplitudes = AmplitudeAccess(base: state, precision: layout.precision)
    let matrix = coefficients.map {
      AmplitudeAccess(base: UnsafeMutableRawPointer(mutating: $0.base), precision: layout.precision)
    }
    let rows = 1 << targets.count
    let offsets = (0..<rows).map { row in
      targets.enumerated().reduce(0) { $0 | (row >> $1.offset & 1) << ($1.element + layout.sampleBits) }
    }
    let entries = (0..<entryCount).map { matrix![$0] }
    let controlMask = controls.reduce(0) { $0 | 1 << ($1.qubit + layout.sampleBits) }
    let controlValue = controls.reduce(0) { $0 | ($1.isOne ? 1 << ($1.qubit + layout.sampleBits) : 0) }
    let fixed = offsets[rows - 1] | controlMask
    let total = 1 << (layout.qubitCount + layout.sampleBits)
    var held = [Complex<Double>](repeating: 0, count: rows)
    var base = 0
    while base < total {
      let first = base | controlValue
      for row in 0..<rows { held[row] = amplitudes[first | offsets[row]] }
      for row in 0..<rows {
        if kind == .permutation {
          amplitudes[first | offsets[permutation[row]]] = held[row]
        } else {
          var sum: Complex<Double> = 0
          for column in 0..<rows { sum += entries[row * rows + column] * held[column] }
          amplitudes[first | offsets[row]] = sum
        }
      }
      base = ((base | fixed) + 1) & ~fixed
    }
  }
}
