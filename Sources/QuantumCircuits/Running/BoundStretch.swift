import Execution
import LinearAlgebra
import QuantumStates

/// The numbers of a stretch for one set of parameters.
protocol BoundStretch: AnyObject, Sendable {
  /// Writes all numbers for the angles in the tables.
  func bind(_ circuit: CompiledCircuit, _ tables: AngleTables)
  func forward(_ ket: UnsafeMutableRawPointer, _ run: StretchRun)
  /// Takes bra and ket back; `sums` gains `LayerPass.sumCount` numbers for each unitary, in each of its pieces.
  func backward(bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, sums: UnsafeMutablePointer<Double>, _ run: StretchRun)
  /// Calls `body` with each unitary, the diagonal after its rotation where its sums were taken, and what they are to be multiplied
  /// by.
  func forEachFrame(_ body: (_ unitary: Int, _ step: Int, _ frame: (Complex<Double>, Complex<Double>), _ scale: Double) -> Void)
}

/// With what a stretch runs.
struct StretchRun {
  let kernels: Kernels
  let loop: ParallelLoop
  /// Sums in a piece: `LayerPass.sumCount` for each unitary of the circuit.
  let pieceStride: Int
  /// Has memory for one more state.
  let work: Workspace
}

extension BoundStretch {
  /// Calls `body` with each angle of the stretch and dL/d(angle), from the sums over a batch: three numbers for each unitary.
  ///
  /// For a factor exp(-i w t G) under later factors V of its step, dL = 2 w Im <bra|V G V'|ket>, and V G V' is a sum of Pauli
  /// matrices. Bra and ket were taken between the rotation and the diagonal after it, which belongs to V.
  func forEachAngleGradient(
    _ sums: UnsafePointer<Double>, _ circuit: CompiledCircuit, _ tables: AngleTables,
    _ body: (_ angle: Int, _ gradient: Double) -> Void
  ) {
    forEachFrame { unitary, index, frame, scale in
      let step = circuit.steps[index]
      guard step.hasGradient else { return }
      let own = sums + 3 * unitary
      let (x, y, z) = (own[0] * scale, own[1] * scale, own[2] * scale)
      var later = QubitMatrix(frame.0.conjugate, 0, 0, frame.1.conjugate)
      step.qubitParts.withUnsafeBufferPointer { parts in
        for place in parts.indices.reversed() {
          if let angle = parts[place].angle {
            let axis = parts[place].axis(under: later)
            body(angle, 2 * parts[place].frequency * (axis.x * x + axis.y * y + axis.z * z))
          }
          if place > 0 { later = later * parts[place].matrix(tables) }
        }
      }
    }
  }
}
