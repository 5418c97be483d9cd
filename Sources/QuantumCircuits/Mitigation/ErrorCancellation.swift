import LinearAlgebra
import QuantumStates
import Randomness

extension Circuit {
  /// Probabilistic error cancellation: the expectation value without the circuit's Pauli channels, from runs with them.
  ///
  /// The inverse of a Pauli channel is a sum of Pauli words with weights that add up to 1, some negative. Each run inserts words
  /// drawn by the size of their weights behind the channels, and counts with the product of the signs; the mean is unbiased, and
  /// its error larger by the overhead, the product of the sums of |weights|. That is so for the channels of conditionals too: where
  /// a branch is not taken, its weights are 1 on average.
  ///
  /// - Parameters:
  ///   - runs: how many circuits are drawn, each run as one trajectory.
  ///   - source: draws the words, and gives one number for each run.
  /// - Returns: the estimate, and the overhead.
  /// - Throws: `MitigationError.notInvertible` for channels that apply more than Pauli words, or with a vanishing Pauli component,
  ///   for channels in loops, and for errors of readout.
  ///
  /// Source: Temme, Bravyi, Gambetta, "Error mitigation for short-depth quantum circuits", 2017; van den Berg, Minev, Kandala,
  /// Temme, "Probabilistic error cancellation with sparse Pauli-Lindblad models", 2023.
  public func estimateCancellingErrors(
    of observable: PauliSum, runs: Int, parameters: [Double] = [], features: [Double] = [], using source: inout RandomSource,
    settings: TrajectorySettings = TrajectorySettings()
  ) throws(MitigationError) -> (estimate: Estimate, overhead: Double) {
    precondition(runs >= 2, "Circuit.estimateCancellingErrors: \(runs) runs, at least 2")
    guard settings.readout == nil else {
      throw .notInvertible(
        instruction: "An error of readout", reason: "it is no channel of the circuit; correct the outcomes with ReadoutCorrection")
    }
    let bound: Circuit
    do {
      try CompilationError.check(
        parameters: parameters, features: RealMatrix(rows: 1, columns: features.count, elements: features),
        parameterCount: parameterCount, featureCount: featureCount)
      bound = self.bound(parameters: parameters, features: features)
    } catch {
      throw .compilation(error)
    }
    let inverses = try QuasiMixture.all(undoing: bound.instructions)
    let overhead = inverses.reduce(1) { $0 * $1.size }
    // Circuits with the same insertions are run together.
    var drawn: [[Int]: Int] = [:]
    for _ in 0..<runs { drawn[inverses.map { $0.draw(&source) }, default: 0] += 1 }
    var (sum, squares) = (0.0, 0.0)
    for (choice, count) in drawn.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let weight = zip(inverses, choice).reduce(overhead) { $0 * $1.0.sign($1.1) }
      var words = zip(inverses, choice).map { $0.words[$1] }[...]
      var circuit = Circuit(qubits: qubitCount, registers: registers)
      circuit.append(Self.inserting(&words, into: bound.instructions))
      do {
        let part = try circuit.estimates(of: [observable], trajectories: count, using: &source, settings: settings)[0]
        let variance = count > 1 ? part.standardError * part.standardError * Double(count - 1) : 0
        sum += Double(count) * weight * part.value
        squares += Double(count) * weight * weight * (part.value * part.value + variance)
      } catch {
        throw .compilation(error)
      }
    }
    return (Estimate(count: runs, sum: sum, squares: squares), overhead)
  }

  /// A word behind every channel, in the order in which they stand.
  private static func inserting(_ words: inout ArraySlice<PauliWord>, into instructions: [Instruction]) -> [Instruction] {
    instructions.flatMap { instruction -> [Instruction] in
      guard instruction.containsChannel else { return [instruction] }
      guard instruction.isChannel else { return [instruction.mappingWholeBlocks { inserting(&words, into: $0) }] }
      return [instruction] + words.removeFirst().mapped(to: instruction.targets).factors.map(\.instruction)
    }
  }
}

/// The inverse of a Pauli channel: words with weights that add up to 1.
private struct QuasiMixture {
  let words: [PauliWord]
  private let weights: [Double]

  /// Of every channel, in the order in which they stand.
  static func all(undoing instructions: [Instruction]) throws(MitigationError) -> [QuasiMixture] {
    var result: [QuasiMixture] = []
    for instruction in instructions where instruction.containsChannel {
      if case .channel(let channel) = instruction.kind { result.append(try QuasiMixture(undoing: channel, of: instruction)) }
      if case .loop = instruction.kind {
        throw .notInvertible(
          instruction: "\(instruction)", reason: "its channels act in every round, and a word is drawn once; write the rounds out")
      }
      for block in instruction.blocks { result += try all(undoing: block) }
    }
    return result
  }

  init(undoing channel: Channel, of instruction: Instruction) throws(MitigationError) {
    let transfer: RealMatrix
    do { transfer = try channel.transfer() } catch { throw .notInvertible(instruction: "\(instruction)", reason: "\(error)") }
    let diagonal = transfer.diagonal
    let offDiagonal = transfer.elements.enumerated().filter { $0.offset % (transfer.columns + 1) != 0 }.map(\.element.magnitude)
      .max()
    guard (offDiagonal ?? 0) < 1e-10 else {
      throw .notInvertible(instruction: "\(instruction)", reason: "it applies more than Pauli words; twirl it first")
    }
    guard diagonal.allSatisfy({ $0 > 1e-9 }) else {
      throw .notInvertible(instruction: "\(instruction)", reason: "a Pauli component does not survive it")
    }
    let words = PauliBasis.words(qubitCount: channel.qubitCount)
    self.words = words
    weights = words.map { word in
      zip(words, diagonal).reduce(0) { $0 + ($1.0.commutes(with: word) ? 1 : -1) / $1.1 } / Double(words.count)
    }
  }

  /// The sum of |weights|, at least 1.
  var size: Double { weights.reduce(0) { $0 + $1.magnitude } }
  func sign(_ index: Int) -> Double { weights[index] < 0 ? -1 : 1 }

  func draw(_ source: inout RandomSource) -> Int {
    var left = source.uniform() * size
    for (index, weight) in weights.enumerated() {
      left -= weight.magnitude
      if left < 0 { return index }
    }
    return 0
  }
}
