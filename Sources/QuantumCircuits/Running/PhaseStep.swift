import Execution
import LinearAlgebra
import QuantumStates

/// A run of phases placed on a layout: the angles of its words, sample by sample, and the way back to the gradients of its angles.
struct PhaseStep: Sendable {
  let run: PhaseRun
  let pass: PhasePass
  /// The angles of the run, and for each the words it stands in.
  let angles: [Int]
  private let uses: [[(word: Int, coefficient: Double)]]

  init(_ run: PhaseRun, layout: AmplitudeLayout) {
    self.run = run
    pass = PhasePass(words: run.words, layout: layout)
    angles = run.angles
    uses = angles.map { angle in
      run.terms.enumerated().flatMap { word, terms in
        terms.filter { $0.angle == angle }.map { (word, $0.coefficient) }
      }
    }
  }

  /// Writes the cosines and sines of every word and sample, from the w t of the angles in the tables.
  func bind(_ memory: PhaseMemory, _ tables: AngleTables, kernels: Kernels) {
    let width = tables.width
    for (word, terms) in run.terms.enumerated() {
      let row = memory.sines + word * width
      row.update(repeating: 0, count: width)
      for term in terms {
        guard let angle = term.angle else {
          for lane in 0..<width { row[lane] += term.coefficient }
          continue
        }
        let turns = tables.turns(angle)
        for lane in 0..<width { row[lane] += term.coefficient * turns[lane] }
      }
    }
    kernels.sineCosine(memory.sines, sines: memory.sines, cosines: memory.cosines, count: run.words.count * width)
  }

  func apply(to ket: UnsafeMutableRawPointer, _ memory: PhaseMemory, kernels: Kernels) {
    pass.apply(to: ket, cosines: memory.cosines, sines: memory.sines, scratch: memory.scratch, kernels: kernels)
  }

  /// Takes bra and ket back and leaves the overlaps of the words in the memory.
  func undo(bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, _ memory: PhaseMemory, kernels: Kernels) {
    pass.applyBackward(
      bra: bra, ket: ket, cosines: memory.cosines, sines: memory.sines, overlaps: memory.overlaps, scratch: memory.scratch,
      kernels: kernels)
  }

  /// Calls `body` with each angle and dL/d(w t) in each lane: for exp(i θ w), dL/dθ = 2 Re <bra|i w|ket> = -2 Im <bra|w|ket>.
  func forEachGradient(
    _ memory: PhaseMemory, width: Int, row: UnsafeMutablePointer<Double>, _ body: (_ angle: Int) -> Void
  ) {
    for (angle, uses) in zip(angles, uses) {
      row.update(repeating: 0, count: width)
      for (word, coefficient) in uses {
        let overlaps = memory.overlaps + word * width
        for lane in 0..<width { row[lane] -= 2 * coefficient * overlaps[lane] }
      }
      body(angle)
    }
  }
}

/// The memory of a phase step in one thread's workspace.
///
/// Unchecked: part of a workspace.
struct PhaseMemory: @unchecked Sendable {
  let cosines: UnsafeMutablePointer<Double>
  let sines: UnsafeMutablePointer<Double>
  let overlaps: UnsafeMutablePointer<Double>
  let scratch: UnsafeMutableRawPointer

  /// - Parameter take: gives memory of so many bytes, 64-byte aligned.
  init(_ step: PhaseStep, width: Int, _ take: (Int) -> UnsafeMutableRawPointer) {
    let count = step.run.words.count * width
    func rows() -> UnsafeMutablePointer<Double> { take(8 * count).bindMemory(to: Double.self, capacity: count) }
    (cosines, sines, overlaps) = (rows(), rows(), rows())
    scratch = take(step.pass.scratchBytes)
  }
}
