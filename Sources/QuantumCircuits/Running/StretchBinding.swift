import Execution
import LinearAlgebra
import QuantumStates

/// The numbers of a stretch on a batch.
///
/// Unchecked: its memory is written by `bind`, before the chunks run, and only read by them.
final class StretchBinding: BoundStretch, @unchecked Sendable {
  private let stretch: RotationStretch
  private var layout: AmplitudeLayout { stretch.layout }
  private let memory: AlignedBuffer<UInt8>
  private let backwardPlace: Int
  private let factorsPlace: Int
  private let factorBytes: Int
  private let products: UnsafeMutableBufferPointer<Complex<Double>>
  private var unitaries: [BoundUnitary] = []
  private var rotations: [TangentRotation] = []

  private struct BoundUnitary {
    /// The diagonals before and after the rotation, for even and for odd parity.
    let before: (Complex<Double>, Complex<Double>)
    let after: (Complex<Double>, Complex<Double>)
    let squaredScale: Double
    /// The diagonal after the rotation, for the values 0 and 1.
    let frame: (Complex<Double>, Complex<Double>)
  }

  init(_ stretch: RotationStretch) {
    self.stretch = stretch
    let layout = stretch.layout
    backwardPlace = stretch.forward.count * LayerPass.byteCount
    factorsPlace = (backwardPlace + stretch.backward.count * LayerPass.byteCount + 63) & ~63
    factorBytes = layout.precision.bytesPerAmplitude << layout.qubitCount
    memory = AlignedBuffer(zeroed: factorsPlace + (stretch.layers.count + 1) * factorBytes)
    products = .allocate(capacity: 2 << layout.qubitCount)
    products.initialize(repeating: 1)
  }

  deinit { products.deallocate() }

  /// Writes all numbers for the angles in the tables.
  func bind(_ circuit: CompiledCircuit, _ tables: AngleTables) {
    unitaries.removeAll(keepingCapacity: true)
    rotations.removeAll(keepingCapacity: true)
    for unitary in stretch.unitaries {
      let matrix = circuit.steps[unitary.step].qubitParts.product(tables)
      let split = SplitUnitary(matrix.m00, matrix.m01, matrix.m10, matrix.m11)
      let rotation = TangentRotation(cosine: split.cosine, sine: split.sine)
      rotations.append(rotation)
      // With the scale of the rotation and the sign of its quarter turn.
      let before = (
        split.before.0 * Complex(rotation.scale), split.before.1 * Complex(rotation.isTurned ? -rotation.scale : rotation.scale)
      )
      let isInverted = unitary.qubit.isInverted
      unitaries.append(
        BoundUnitary(
          before: isInverted ? (before.1, before.0) : before, after: isInverted ? (split.after.1, split.after.0) : split.after,
          squaredScale: rotation.scale * rotation.scale, frame: split.after))
    }
    rotations.withUnsafeBufferPointer { rotations in
      for (passes, place) in [(stretch.forward, 0), (stretch.backward, backwardPlace)] {
        for (index, pass) in passes.enumerated() {
          pass.kernel.fill(
            base + place + index * LayerPass.byteCount, rotations: rotations.baseAddress! + pass.unitaries.lowerBound,
            factors: pass.isScaled ? factors(pass.layer) : nil)
        }
      }
    }
    switch layout.precision {
    case .float: fillFactors(Float.self)
    case .double: fillFactors(Double.self)
    }
  }

  private var base: UnsafeMutableRawPointer { UnsafeMutableRawPointer(memory.base) }
  /// The diagonal before the rotations of a layer; after the last, the one that is left.
  private func factors(_ layer: Int) -> UnsafeMutableRawPointer { base + factorsPlace + layer * factorBytes }

  // MARK: - Diagonals

  private func fillFactors<Scalar: BinaryFloatingPoint>(_ type: Scalar.Type) {
    let count = 1 << layout.qubitCount
    let (before, after) = (products.baseAddress!, products.baseAddress! + count)
    for layer in 0...stretch.layers.count {
      let isLast = layer == stretch.layers.count
      if !isLast { setProducts(before, layer) { $0.before } }
      let out = factors(layer).bindMemory(to: Scalar.self, capacity: 2 * count)
      stretch.withValues(layer: isLast ? layer - 1 : layer) { own in
        stretch.withValues(layer: max(0, layer - 1)) { last in
          for index in 0..<count {
            let factor =
              isLast
              ? after[Int(last[index])]
              : layer == 0 ? before[Int(own[index])] : before[Int(own[index])] * after[Int(last[index])]
            (out[2 * index], out[2 * index + 1]) = (Scalar(factor.real), Scalar(factor.imaginary))
          }
        }
      }
      if !isLast { setProducts(after, layer) { $0.after } }
    }
  }

  /// table[parities of the layer's qubits] = the product of their factors.
  private func setProducts(
    _ table: UnsafeMutablePointer<Complex<Double>>, _ layer: Int,
    _ factor: (BoundUnitary) -> (Complex<Double>, Complex<Double>)
  ) {
    table[0] = 1
    for (place, index) in stretch.layers[layer].enumerated() {
      let (even, odd) = factor(unitaries[index])
      for parities in 0..<1 << place {
        table[parities | 1 << place] = table[parities] * odd
        table[parities] *= even
      }
    }
  }

  // MARK: - Running

  func forward(_ ket: UnsafeMutableRawPointer, _ run: StretchRun) {
    for index in stretch.forward.indices { LayerPass.apply(base + index * LayerPass.byteCount, to: ket, kernels: run.kernels) }
    stretch.relabelling?.apply(to: ket, factors: factors(stretch.layers.count), isInverse: false, kernels: run.kernels)
  }

  func backward(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, sums: UnsafeMutablePointer<Double>, _ run: StretchRun
  ) {
    if let relabelling = stretch.relabelling {
      for state in [bra, ket] {
        relabelling.apply(to: state, factors: factors(stretch.layers.count), isInverse: true, kernels: run.kernels)
      }
    }
    for (index, pass) in stretch.backward.enumerated() {
      LayerPass.applyBackward(
        base + backwardPlace + index * LayerPass.byteCount, bra: bra, ket: ket,
        sums: sums + pass.unitaries.lowerBound * LayerPass.sumCount, kernels: run.kernels)
    }
  }

  func forEachFrame(_ body: (Int, Int, (Complex<Double>, Complex<Double>), Double) -> Void) {
    // Backward, what is undone first leaves both states divided by its scale, until the layer's diagonal puts it back.
    var (scale, layer) = (1.0, -1)
    for pass in stretch.backward {
      if pass.layer != layer { (scale, layer) = (1, pass.layer) }
      for index in pass.unitaries { body(index, stretch.unitaries[index].step, unitaries[index].frame, scale) }
      for index in pass.unitaries { scale *= unitaries[index].squaredScale }
    }
  }
}
