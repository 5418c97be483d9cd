import LinearAlgebra
import QuantumCircuits

/// The compute-uncompute circuit of a feature map: `U(z)† U(x)`, with the features of x first and those of z behind them.
///
/// The probability of |0...0> after it is the fidelity of the two samples.
struct PairCircuit: Sendable {
  let circuit: Circuit
  /// Features of one sample.
  let featureCount: Int

  /// - Throws: `CompilationError.unsupported` for a map that has no inverse: with state preparations, channels, measurements.
  init(_ featureMap: Circuit) throws(CompilationError) {
    for instruction in featureMap.instructions {
      let isInvertible =
        switch instruction.kind {
        case .gate, .unitary, .diagonal, .permutation, .pauliRotation, .barrier: true
        default: false
        }
      guard isInvertible else {
        throw .unsupported(
          method: "Computing and uncomputing a feature map", reason: "\(instruction) has no inverse; take the exact fidelity kernel"
        )
      }
    }
    let count = featureMap.featureCount
    let second = featureMap.substituting { symbol in
      if case .feature(let index) = symbol { .feature(count + index) } else { .symbol(symbol) }
    }
    circuit = featureMap + second.inverse
    featureCount = count
  }

  /// The rows of features of some pairs.
  func features(_ pairs: [(Int, Int)], _ left: RealMatrix, _ right: RealMatrix) -> RealMatrix {
    var elements: [Double] = []
    elements.reserveCapacity(pairs.count * 2 * featureCount)
    for (i, j) in pairs {
      elements += left.elements[i * featureCount..<(i + 1) * featureCount]
      elements += right.elements[j * featureCount..<(j + 1) * featureCount]
    }
    // A map that does not use its last features has fewer than two samples bring.
    let width = circuit.featureCount
    guard width < 2 * featureCount else { return RealMatrix(rows: pairs.count, columns: width, elements: elements) }
    return RealMatrix((0..<pairs.count).map { Array(elements[$0 * 2 * featureCount..<$0 * 2 * featureCount + width]) })
  }

  /// Throws unless both sets of samples have the map's features, all finite.
  func check(_ left: RealMatrix, _ right: RealMatrix) throws(CompilationError) {
    for samples in [left, right] {
      guard samples.columns == featureCount else { throw .featureCount(found: samples.columns, expected: featureCount) }
      guard let bad = samples.elements.firstIndex(where: { !$0.isFinite }) else { continue }
      throw .nonFinite(what: "A feature", row: bad / samples.columns, column: bad % samples.columns)
    }
  }
}
