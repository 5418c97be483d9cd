import LinearAlgebra
import Testing

import QuantumCircuits

/// What must hold for every row of the gate table; a new row is tested as soon as it stands there.
struct GateLaws {
  /// Angles without symmetry, so that a wrong sign or order shows.
  static let angles = [0.7310, -1.3129, 2.0474, 0.4361]

  static func angles(of gate: Gate) -> [Double] { Array(angles.prefix(gate.angleCount)) }

  @Test(arguments: Gate.allCases)
  func isUnitary(_ gate: Gate) {
    let matrix = gate.matrix(angles: Self.angles(of: gate))
    #expect(matrix.rows == 1 << gate.qubitCount)
    #expect(matrix.isUnitary(tolerance: 1e-14))
  }

  @Test(arguments: Gate.allCases)
  func inverseUndoesTheGate(_ gate: Gate) {
    let angles = Self.angles(of: gate)
    let inverse = gate.inverse(angles: angles.map { Angle($0) })
    let product = inverse.gate.matrix(angles: inverse.angles.map { $0.value() }) * gate.matrix(angles: angles)
    #expect(product.isClose(to: .identity(product.rows), tolerance: 1e-14))
  }

  @Test(arguments: Gate.allCases)
  func generatorsHaveEigenvaluesOneZeroAndMinusOne(_ gate: Gate) {
    for factor in gate.row.factors {
      guard case .rotation(let rotation) = factor.action else { continue }
      let generator = rotation.generator.matrix(targetCount: factor.targets.count)
      #expect(generator.isHermitian(tolerance: 0))
      #expect((generator * generator * generator).isClose(to: generator, tolerance: 1e-15))
      #expect(rotation.angle.affine != nil)
    }
  }
}
