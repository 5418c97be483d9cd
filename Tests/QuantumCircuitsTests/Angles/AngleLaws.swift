import QuantumCircuits
import Testing

/// What holds for every angle expression: derivatives, the linear view, substitution, text.
struct AngleLaws {
  static let x = Features(3)
  static let w = Parameters(2)
  static let parameters = [0.613, -1.207]
  static let features = [0.311, 0.842, -0.277]

  static let nonlinear: [Angle] = [
    2 * (.pi - x[0]) * (.pi - x[1]), w[0] * x[0] + w[1] * x[1], x[0] / (2 + x[1] * w[0]), .square(x[0]) - w[1] * .sin(x[2]),
    .asin(x[0]) + .acos(x[1] * x[2]), .exp(-x[0]) * .log(2 + w[1]), .sqrt(1 + .square(w[0])) / .cos(x[2]), .atan(.tan(x[0]) - w[0]),
    .tanh(w[1] * x[0]) * .tanh(w[1]),
  ]
  static let linear: [(Angle, constant: Double, coefficients: [Angle.Symbol: Double])] = [
    (0.5, 0.5, [:]), (w[1], 0, [.parameter(1): 1]), (2 * x[0] - w[0] / 4 + .pi, .pi, [.feature(0): 2, .parameter(0): -0.25]),
    (-(x[2] - 3), 3, [.feature(2): -1]), (x[0] - x[0], 0, [:]), (.sin(.pi / 2) * w[0], 0, [.parameter(0): 1]),
  ]

  static func value(_ angle: Angle, _ parameters: [Double] = parameters, _ features: [Double] = features) -> Double {
    angle.value(parameters: parameters, features: features)
  }

  @Test(arguments: nonlinear + linear.map(\.0))
  func derivativesEqualCentralDifferences(_ angle: Angle) {
    let step = 1e-5
    for index in Self.parameters.indices {
      var (ahead, behind) = (Self.parameters, Self.parameters)
      (ahead[index], behind[index]) = (ahead[index] + step, behind[index] - step)
      let difference = (Self.value(angle, ahead) - Self.value(angle, behind)) / (2 * step)
      #expect((Self.value(angle.derivative(withRespectTo: .parameter(index))) - difference).magnitude < 1e-8)
    }
    for index in Self.features.indices {
      var (ahead, behind) = (Self.features, Self.features)
      (ahead[index], behind[index]) = (ahead[index] + step, behind[index] - step)
      let difference = (Self.value(angle, Self.parameters, ahead) - Self.value(angle, Self.parameters, behind)) / (2 * step)
      #expect((Self.value(angle.derivative(withRespectTo: .feature(index))) - difference).magnitude < 1e-8)
    }
  }

  @Test(arguments: AngleFunction.allCases)
  func everyFunctionHasItsDerivative(_ function: AngleFunction) {
    let angle = Angle.function(function, .feature(0))
    let difference = (function(0.611 + 1e-5) - function(0.611 - 1e-5)) / 2e-5
    #expect((angle.derivative(withRespectTo: .feature(0)).value(features: [0.611]) - difference).magnitude < 1e-8)
  }

  @Test(arguments: linear)
  func linearExpressionsHaveAnAffineView(_ angle: Angle, _ constant: Double, _ coefficients: [Angle.Symbol: Double]) throws {
    let affine = try #require(angle.affine)
    #expect(affine.constant == constant)
    #expect(affine.coefficients == coefficients)
    #expect(affine.terms.map(\.symbol) == coefficients.keys.sorted())
  }

  @Test(arguments: nonlinear)
  func otherExpressionsHaveNone(_ angle: Angle) { #expect(angle.affine == nil) }

  @Test(arguments: nonlinear + linear.map(\.0))
  func substitutionOfNumbersGivesTheValue(_ angle: Angle) throws {
    let bound = angle.substituting { $0 < .feature(0) ? Angle(Self.value(.symbol($0))) : .symbol($0) }
    #expect(bound.symbols == angle.symbols.filter { $0 >= .feature(0) })
    let constant = try #require(bound.substituting { Angle(Self.value(.symbol($0))) }.constantValue)
    #expect((constant - Self.value(angle)).magnitude < 1e-14)
  }

  @Test func variablesOfTypeDoubleMixWithAngles() {
    let scale = 3.5
    #expect(scale * Self.x[0] == 3.5 * Self.x[0])
    #expect((Self.x[0] + scale) / scale == (Self.x[0] + 3.5) / 3.5)
    #expect(((scale * Self.x[0] + scale) / scale).value(features: [2]) == 3)
  }

  @Test(
    arguments: [
      (2 * (.pi - x[0]) * (.pi - x[1]), "2 * (π - x[0]) * (π - x[1])"), (-w[0], "-w[0]"),
      (x[0] - 2 * w[1] + 0.5, "x[0] - 2 * w[1] + 0.5"),
      (x[0] / (w[0] * w[1]), "x[0] / (w[0] * w[1])"), (.pi / 2 * x[0], "π/2 * x[0]"), (-3 * .pi / 4, "-3π/4"), (1.25, "1.25"),
      (2, "2"),
      (.asin(x[0] + 1), "asin(x[0] + 1)"), (x[0] * 2 * 3, "6 * x[0]"), (0 * x[0] + 1 * w[0], "w[0]"), (1e-20, "1e-20"),
      (-(2 * x[0]), "-2 * x[0]"), (x[0] - (x[1] - x[2]), "x[0] - (x[1] - x[2])"),
    ] as [(Angle, String)])
  func readsAsItIsWritten(_ angle: Angle, _ text: String) { #expect(angle.description == text) }

  @Test func parametersAreACollection() {
    #expect(Parameters(8)[4..<6].map(\.description) == ["w[4]", "w[5]"])
    #expect(Array(Features(2)) == [.feature(0), .feature(1)])
    #expect(AngleLaws.nonlinear[1].symbols == [.parameter(0), .parameter(1), .feature(0), .feature(1)])
  }
}
