import Execution
import LinearAlgebra
import QuantumStates

/// The numbers of a stretch of rotations for one set of parameters.
///
/// Unchecked: its memory is written by the initializer and only read afterwards.
final class StretchBinding: @unchecked Sendable {
  let stretch: RotationStretch
  private let layout: AmplitudeLayout
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

  init(_ stretch: RotationStretch, layout: AmplitudeLayout) {
    self.stretch = stretch
    self.layout = layout
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
    let count = 1 << stretch.qubitCount
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

  func forward(_ ket: UnsafeMutableRawPointer, kernels: Kernels) {
    for index in stretch.forward.indices { LayerPass.apply(base + index * LayerPass.byteCount, to: ket, kernels: kernels) }
    stretch.relabelling.apply(to: ket, factors: factors(stretch.layers.count), isInverse: false, kernels: kernels)
  }

  /// Takes bra and ket back; `sums` gains `LayerPass.sumCount` numbers for each unitary.
  func backward(bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, sums: UnsafeMutablePointer<Double>, kernels: Kernels) {
    for state in [bra, ket] {
      stretch.relabelling.apply(to: state, factors: factors(stretch.layers.count), isInverse: true, kernels: kernels)
    }
    for (index, pass) in stretch.backward.enumerated() {
      LayerPass.applyBackward(
        base + backwardPlace + index * LayerPass.byteCount, bra: bra, ket: ket,
        sums: sums + pass.unitaries.lowerBound * LayerPass.sumCount, kernels: kernels)
    }
  }

  // MARK: - Gradients

  /// Calls `body` with each angle of the stretch and dL/d(angle), from the sums over a batch: three numbers for each unitary.
  ///
  /// For a factor exp(-i w t G) under later factors V of its step, dL = 2 w Im <bra|V G V'|ket>, and V G V' is a sum of Pauli
  /// matrices. Bra and ket were taken between the rotation and the diagonal after it, which belongs to V.
  func forEachAngleGradient(
    _ sums: UnsafePointer<Double>, _ circuit: CompiledCircuit, _ tables: AngleTables,
    _ body: (_ angle: Int, _ gradient: Double) -> Void
  ) {
    // Backward, what is undone first leaves both states divided by its scale, until the layer's diagonal puts it back.
    var (scale, layer) = (1.0, -1)
    for pass in stretch.backward {
      if pass.layer != layer { (scale, layer) = (1, pass.layer) }
      for index in pass.unitaries {
        let step = circuit.steps[stretch.unitaries[index].step]
        guard step.hasGradient else { continue }
        let (x, y, z) = (sums[3 * index] * scale, sums[3 * index + 1] * scale, sums[3 * index + 2] * scale)
        let after = unitaries[index].frame
        var later = QubitMatrix(after.0.conjugate, 0, 0, after.1.conjugate)
        for part in step.qubitParts.reversed() {
          if let angle = part.angle {
            let axis = (later * part.generator * later.adjoint).axis
            body(angle, 2 * part.frequency * (axis.x * x + axis.y * y + axis.z * z))
          }
          later = later * part.matrix(tables)
        }
      }
      for index in pass.unitaries { scale *= unitaries[index].squaredScale }
    }
  }
}
