import QuantumStates
import Randomness
import Stabilizers

/// The errors of readout of some measured bits, ready to be drawn: reported values in place of true ones.
struct Confusion: Sendable {
  /// Where the reported value goes, the lowest bit first.
  let bits: [Int]
  /// For each true value the probabilities of the reported ones.
  private let columns: [[Double]]
  private let choices: [WeightedChoice]

  private init(_ block: ReadoutError.Block, bits: [Int]) {
    self.bits = bits
    columns = (0..<block.matrix.columns).map { block.matrix.column($0) }
    choices = columns.map { WeightedChoice(weights: $0) }
  }

  /// The same for stabilizer programs.
  var ofFrames: BitConfusion { BitConfusion(columns) }

  /// The errors of qubits that are measured together.
  ///
  /// - Throws: `CompilationError.unsupported` where only some qubits of a block are among them.
  static func all(
    of readout: ReadoutError?, measured: [(qubit: Int, bit: Int)], at place: String
  ) throws(CompilationError) -> [Confusion] {
    var result: [Confusion] = []
    for block in readout?.blocks ?? [] {
      let bits = block.qubits.compactMap { qubit in measured.last { $0.qubit == qubit }?.bit }
      if bits.isEmpty { continue }
      guard bits.count == block.qubits.count else {
        throw .unsupported(
          method: "A readout error of qubits \(block.qubits) together",
          reason: "\(place) reads only some of them, and what they report depends on the others; measure them in one instruction")
      }
      result.append(Confusion(block, bits: bits))
    }
    return result
  }

  /// The value that is reported for a draw from 0..<1.
  func reported(_ value: Int, draw: Double) -> Int { choices[value].place(of: draw) }

  /// Replaces the bits of a row.
  func report(_ row: Int, of rows: inout BitRows, draw: Double) {
    let value = reported(rows.value(row, bits), draw: draw)
    for (place, bit) in bits.enumerated() { rows[row, bit] = value >> place & 1 == 1 }
  }
}
