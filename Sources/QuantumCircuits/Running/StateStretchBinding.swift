import Execution
import LinearAlgebra
import QuantumStates

/// The numbers of a stretch on a single state.
///
/// Unchecked: its memory is written by `bind`, before the chunks run, and only read by them.
final class StateStretchBinding: BoundStretch, @unchecked Sendable {
  private let stretch: StateStretch
  private let memory: AlignedBuffer<UInt8>
  private let rotations: UnsafeMutablePointer<PassRotation>

  init(_ stretch: StateStretch) {
    self.stretch = stretch
    memory = AlignedBuffer(zeroed: stretch.byteCount)
    rotations = .allocate(capacity: stretch.unitaries.count)
  }

  deinit { rotations.deallocate() }

  func bind(_ circuit: CompiledCircuit, _ tables: AngleTables) {
    for pass in stretch.passes {
      for index in pass.unitaries {
        let matrix = circuit.steps[stretch.unitaries[index].step].qubitParts.product(tables)
        let split =
          stretch.isLeading[index]
          ? SplitUnitary(matrix.m00, matrix.m01, matrix.m10, matrix.m11)
          : SplitUnitary(rotationThenDiagonal: matrix.m00, matrix.m01, matrix.m10, matrix.m11)
        (rotations + index).initialize(
          to: PassRotation(split, isBlockTarget: index - pass.unitaries.lowerBound < pass.kernel.blockTargets))
      }
      pass.kernel.fill(
        address(pass), rotations: rotations + pass.unitaries.lowerBound, isLeading: pass.isLeading)
    }
  }

  private func address(_ pass: StateStretch.Pass) -> UnsafeMutableRawPointer { UnsafeMutableRawPointer(memory.base) + pass.place }

  func forward(_ ket: UnsafeMutableRawPointer, _ run: StretchRun) {
    for pass in stretch.passes { pass.kernel.apply(address(pass), to: ket, kernels: run.kernels, loop: run.loop) }
    stretch.relabelling?.apply(to: ket, isInverse: false, spare: run.work.spare)
  }

  func backward(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, sums: UnsafeMutablePointer<Double>, _ run: StretchRun
  ) {
    if let relabelling = stretch.relabelling {
      for state in [bra, ket] { relabelling.apply(to: state, isInverse: true, spare: run.work.spare) }
    }
    for pass in stretch.passes.reversed() {
      pass.kernel.applyBackward(
        address(pass), bra: bra, ket: ket, sums: sums + pass.unitaries.lowerBound * LayerPass.sumCount, stride: run.pieceStride,
        kernels: run.kernels, loop: run.loop)
    }
  }

  func forEachFrame(_ body: (Int, Int, (Complex<Double>, Complex<Double>), Double) -> Void) {
    for pass in stretch.passes {
      // Both states still had the scales of the pass.
      let scale = pass.unitaries.reduce(1) { $0 / (rotations[$1].scale * rotations[$1].scale) }
      for index in pass.unitaries { body(index, stretch.unitaries[index].step, rotations[index].frame, scale) }
    }
  }
}
