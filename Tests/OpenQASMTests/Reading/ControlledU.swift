import LinearAlgebra
import OpenQASM
import QuantumCircuits
import TestSupport
import Testing

/// Under a control the phase of a gate is visible: these matrices are written from the specification's own formulas.
@Suite struct ControlledU {
  static let (theta, phi, lambda, gamma) = (0.3, 0.5, 0.7, 0.9)

  /// U of OpenQASM 3 (language, gates, built-in gates): 1/2 [[1 + e^{iθ}, -i e^{iλ}(1 - e^{iθ})], [i e^{iφ}(1 - e^{iθ}), ...]].
  static let versionThree: [Complex<Double>] = {
    func e(_ x: Double) -> Complex<Double> { Complex(.cos(x), .sin(x)) }
    let half = Complex<Double>(0.5)
    return [
      half * (1 + e(theta)), half * -Complex.i * e(lambda) * (1 - e(theta)), half * Complex.i * e(phi) * (1 - e(theta)),
      half * e(phi + lambda) * (1 + e(theta)),
    ]
  }()

  /// U of OpenQASM 2 (Cross et al. 2017, equation 2): RZ(φ) RY(θ) RZ(λ), determinant 1; u3 of stdgates.inc is the same.
  static let versionTwo: [Complex<Double>] = {
    func e(_ x: Double) -> Complex<Double> { Complex(.cos(x), .sin(x)) }
    let (c, s) = (Complex(Double.cos(theta / 2)), Complex(Double.sin(theta / 2)))
    return [e(-(phi + lambda) / 2) * c, -e(-(phi - lambda) / 2) * s, e((phi - lambda) / 2) * s, e((phi + lambda) / 2) * c]
  }()

  /// The matrix of the program's last gate where the control, qubit 0, is 1; the target is qubit 1.
  private func block(_ body: String) throws -> [Complex<Double>] {
    var columns: [[Complex<Double>]] = []
    for start in ["", "x q[1];"] {
      let state = try amplitudes(try read("qubit[2] q;\nx q[0];\n\(start)\n\(body)").circuit)
      #expect(state[0] == 0 && state[2] == 0)
      columns.append([state[1], state[3]])
    }
    return [columns[0][0], columns[1][0], columns[0][1], columns[1][1]]
  }

  @Test func theBuiltInGateHasItsPhase() throws {
    #expect(maximumDifference(try block("ctrl @ U(0.3, 0.5, 0.7) q[0], q[1];"), Self.versionThree) < Tolerance.double)
  }

  @Test func theOldGatesHaveDeterminantOne() throws {
    #expect(maximumDifference(try block("ctrl @ u3(0.3, 0.5, 0.7) q[0], q[1];"), Self.versionTwo) < Tolerance.double)
    // u2(φ, λ) is u3(π/2, φ, λ).
    let short = try block("ctrl @ u2(0.5, 0.7) q[0], q[1];")
    #expect(maximumDifference(short, try block("ctrl @ u3(pi / 2, 0.5, 0.7) q[0], q[1];")) < Tolerance.double)
  }

  @Test func theRootOfTheFlipHasItsPhase() throws {
    let expected: [Complex<Double>] = [Complex(0.5, 0.5), Complex(0.5, -0.5), Complex(0.5, -0.5), Complex(0.5, 0.5)]
    #expect(maximumDifference(try block("ctrl @ sx q[0], q[1];"), expected) < Tolerance.double)
    #expect(maximumDifference(try block("ctrl @ pow(0.5) @ x q[0], q[1];"), expected) < Tolerance.double)
  }

  @Test func theFourthAngleIsThePhaseOfTheControl() throws {
    // cu(θ, φ, λ, γ) is p(γ - θ/2) on the control and ctrl @ U(θ, φ, λ).
    let turn = Self.gamma - Self.theta / 2
    let expected = Self.versionThree.map { Complex(.cos(turn), .sin(turn)) * $0 }
    #expect(maximumDifference(try block("cu(0.3, 0.5, 0.7, 0.9) q[0], q[1];"), expected) < Tolerance.double)
  }

  @Test func aDefinitionCarriesItsPhase() throws {
    let body = "gate g a { gphase(0.4); z a; }"
    let columns = try amplitudes(try read("\(body)\nqubit[2] q;\nh q[0];\nctrl @ g q[0], q[1];").circuit)
    let expected = [Complex(0.5.squareRoot()), Complex(length: 0.5.squareRoot(), phase: 0.4), 0, 0]
    #expect(maximumDifference(columns, expected) < Tolerance.double)
  }
}
