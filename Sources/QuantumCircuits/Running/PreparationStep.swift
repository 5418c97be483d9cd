import LinearAlgebra
import QuantumStates

/// State preparation inside a chunk: targets in |0...0> take the amplitudes of each sample.
///
/// Made once, when a circuit is placed on a layout. It runs amplitude by amplitude; every other step runs by kernels.
struct PreparationStep {
  let preparation: AmplitudePreparation
  let targets: [Int]
  let layout: AmplitudeLayout
  /// Where the values of the targets lie, from the index in which all targets are zero.
  private let offsets: [Int]

  init(_ preparation: AmplitudePreparation, targets: [Int], layout: AmplitudeLayout) {
    (self.preparation, self.targets, self.layout) = (preparation, targets, layout)
    offsets = (0..<1 << targets.count).map { value in
      targets.enumerated().reduce(0) { $0 | (value >> $1.offset & 1) << ($1.element + layout.sampleBits) }
    }
  }

  /// Calls `body` with every index of the first sample in which all targets are zero.
  private func forEachBase(_ body: (Int) -> Void) {
    let others = (1 << layout.qubitCount - 1) << layout.sampleBits & ~offsets[offsets.count - 1]
    var base = 0
    repeat {
      body(base)
      // Counts in the bits of the other qubits: a carry runs over all bits between them.
      base = ((base | ~others) &+ 1) & others
    } while base != 0
  }

  /// The normalised amplitudes of one sample.
  func amplitudes(
    _ parameters: [Double], _ features: [Double], sample: Int
  ) throws(CompilationError) -> [Complex<Double>] {
    do {
      return try preparation.amplitudes(targetCount: targets.count, parameters: parameters, features: features, sample: sample)
    } catch {
      throw .preparation(error)
    }
  }

  func apply(_ ket: UnsafeMutableRawPointer, lane: Int, _ amplitudes: [Complex<Double>]) {
    let state = AmplitudeAccess(base: ket, precision: layout.precision)
    forEachBase { base in
      let before = state[base | lane]
      for (offset, amplitude) in zip(offsets, amplitudes) { state[base | offset | lane] = amplitude * before }
    }
  }

  /// Takes the preparation back from bra and ket and returns h_t = sum of conj(bra at t) * (ket before): dL = 2 Re sum h_t da_t.
  func undo(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, lane: Int, _ amplitudes: [Complex<Double>]
  ) -> [Complex<Double>] {
    let kets = AmplitudeAccess(base: ket, precision: layout.precision)
    let bras = AmplitudeAccess(base: bra, precision: layout.precision)
    var sums = [Complex<Double>](repeating: 0, count: offsets.count)
    forEachBase { base in
      var (before, braBefore): (Complex<Double>, Complex<Double>) = (0, 0)
      for (offset, amplitude) in zip(offsets, amplitudes) {
        before += amplitude.conjugate * kets[base | offset | lane]
        braBefore += amplitude.conjugate * bras[base | offset | lane]
      }
      for (t, offset) in offsets.enumerated() {
        sums[t] += bras[base | offset | lane].conjugate * before
        kets[base | offset | lane] = t == 0 ? before : 0
        bras[base | offset | lane] = t == 0 ? braBefore : 0
      }
    }
    return sums
  }

  /// Calls `body` with each symbol and dL by it.
  ///
  /// With a = v / |v| and g = dL/da as real numbers, dL/dv = (g - a (a . g)) / |v|.
  func forEachDerivative(
    _ sums: [Complex<Double>], _ amplitudes: [Complex<Double>], parameters: [Double], features: [Double],
    _ body: (Angle.Symbol, Double) -> Void
  ) {
    let value = { (angles: [Angle], place: Int) in
      place < angles.count ? angles[place].value(parameters: parameters, features: features) : 0
    }
    let values = amplitudes.indices.map { Complex(value(preparation.real, $0), value(preparation.imaginary, $0)) }
    // Like the amplitudes: the largest entry is divided out first.
    let largest = values.map(\.magnitude).max() ?? 0
    let norm = largest * values.reduce(0) { $0 + ($1 / Complex(largest)).lengthSquared }.squareRoot()
    let gradient = sums.map { Complex(2 * $0.real, -2 * $0.imaginary) }
    let along = zip(amplitudes, gradient).reduce(0) { $0 + $1.0.real * $1.1.real + $1.0.imaginary * $1.1.imaginary }
    for (t, (amplitude, g)) in zip(amplitudes, gradient).enumerated() {
      for (angles, slope) in [
        (preparation.real, g.real - along * amplitude.real), (preparation.imaginary, g.imaginary - along * amplitude.imaginary),
      ] where t < angles.count {
        for symbol in angles[t].symbols {
          let derivative = angles[t].derivative(withRespectTo: symbol).value(parameters: parameters, features: features)
          body(symbol, slope / norm * derivative)
        }
      }
    }
  }
}
