import LinearAlgebra
import QuantumCircuits
import TestSupport
import Testing

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

  @Test(arguments: PublishedMatrices.all.keys.sorted { $0.rawValue < $1.rawValue })
  func equalsThePublishedMatrix(_ gate: Gate) throws {
    let formula = try #require(PublishedMatrices.all[gate])
    let published = ComplexMatrix(formula(Self.angles(of: gate)))
    #expect(maximumDifference(gate.matrix(angles: Self.angles(of: gate)), published) < 1e-14)
  }

  @Test(arguments: Gate.allCases)
  func isTheProductOfItsFactorsUnderItsControls(_ gate: Gate) {
    let row = gate.row
    let angles = Self.angles(of: gate)
    var product = ComplexMatrix.identity(1 << row.qubitCount)
    for factor in row.factors {
      let matrix = factor.matrix { $0.value(parameters: angles) }
      let controls = Dictionary(uniqueKeysWithValues: (0..<row.controlCount).map { ($0, 1) })
      let targets = factor.targets.map { $0 + row.controlCount }
      product = ReferenceOperators.kroneckerSum(matrix, targets: targets, controls: controls, qubitCount: row.qubitCount) * product
    }
    #expect(maximumDifference(gate.matrix(angles: angles), product) < 1e-14)
  }

  @Test(arguments: Gate.allCases)
  func inverseUndoesTheGate(_ gate: Gate) {
    let angles = Self.angles(of: gate)
    let inverse = gate.inverse(angles: angles.map { Angle($0) })
    let product = inverse.gate.matrix(angles: inverse.angles.map { $0.value() }) * gate.matrix(angles: angles)
    #expect(product.isClose(to: .identity(product.rows), tolerance: 1e-14))
  }

  @Test(arguments: Gate.allCases)
  func generatorsAreReflexive(_ gate: Gate) {
    for (generator, rotation) in Self.generators(of: gate) {
      #expect(generator.isHermitian(tolerance: 0))
      #expect((generator * generator * generator).isClose(to: generator, tolerance: 1e-15))
      #expect(rotation.angle.affine != nil)
    }
  }

  @Test(arguments: Gate.allCases)
  func rotationsAreExponentialsOfTheirGenerators(_ gate: Gate) throws {
    for (generator, rotation) in Self.generators(of: gate) {
      let count = generator.rows.trailingZeroBitCount
      let exponential = try (Complex(0, -rotation.frequency * 0.7310) * generator).exponential()
      #expect(maximumDifference(rotation.matrix(at: 0.7310, targetCount: count), exponential) < 1e-13)
    }
  }

  @Test(arguments: Gate.allCases)
  func derivativesEqualCentralDifferences(_ gate: Gate) {
    for (generator, rotation) in Self.generators(of: gate) {
      let count = generator.rows.trailingZeroBitCount
      let step = 1e-5
      let ahead = rotation.matrix(at: 0.7310 + step, targetCount: count)
      let behind = rotation.matrix(at: 0.7310 - step, targetCount: count)
      let difference = Complex(0.5 / step) * (ahead - behind)
      #expect(maximumDifference(rotation.derivative(at: 0.7310, targetCount: count), difference) < 1e-9)
    }
  }

  @Test(arguments: Gate.allCases)
  func eigenvaluesAndShiftFrequenciesAreThoseOfTheMatrix(_ gate: Gate) throws {
    for (generator, rotation) in Self.generators(of: gate) {
      let values = Set(try generator.hermitianEigen().values.map { $0.rounded() })
      #expect(rotation.generator.eigenvalues == values.sorted())
      for isControlled in [false, true] {
        let levels = isControlled ? values.union([0]) : values
        let gaps = Set(levels.flatMap { high in levels.map { rotation.frequency * (high - $0) } }.filter { $0 > 0 })
        #expect(rotation.shiftFrequencies(isControlled: isControlled) == gaps.sorted())
      }
    }
  }

  @Test(arguments: Gate.allCases)
  func rowsAreComplete(_ gate: Gate) {
    let row = gate.row
    #expect(!row.help.isEmpty && row.help.hasSuffix("."))
    #expect(!row.formula.isEmpty && !row.word.isEmpty)
    #expect(row.symbols.allSatisfy { !$0.isEmpty })
    #expect(row.factors.allSatisfy { $0.targets.allSatisfy { (0..<row.targetCount).contains($0) } })
    let used = Set(row.factors.flatMap { $0.angle?.symbols ?? [] })
    #expect(used == Set((0..<row.angleCount).map { .parameter($0) }), "each angle of a row is used")
  }

  @Test func wordsAndNamesAreUnique() {
    #expect(Set(Gate.allCases.map(\.row.word)).count == Gate.allCases.count)
    let identifier = /[A-Za-z][A-Za-z0-9_]*/
    #expect(Gate.allCases.allSatisfy { $0.rawValue.wholeMatch(of: identifier) != nil })
  }

  /// The rotations among the gate's factors with their generators as matrices.
  private static func generators(of gate: Gate) -> [(ComplexMatrix, Rotation)] {
    gate.row.factors.compactMap { factor in
      guard case .rotation(let rotation) = factor.action else { return nil }
      return (rotation.generator.matrix(targetCount: factor.targets.count), rotation)
    }
  }
}
