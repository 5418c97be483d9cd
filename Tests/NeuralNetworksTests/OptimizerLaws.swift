import Foundation
import NeuralNetworks
import Testing

@Suite struct OptimizerLaws {
  /// Optimizers by the names of the paths in References/optimizers.json.
  static let referenceRows: [(name: String, optimizer: any GradientOptimizer)] = [
    ("sgd", SGD(learningRate: 0.05)),
    ("momentum", SGD(learningRate: 0.02, momentum: 0.9)),
    ("nesterov", SGD(learningRate: 0.02, momentum: 0.9, isNesterov: true)),
    ("weight decay", SGD(learningRate: 0.05, momentum: 0.5, weightDecay: 0.1)),
    ("adam", Adam(learningRate: 0.1)),
    ("adamw", AdamW(learningRate: 0.1, weightDecay: 0.05)),
    ("rmsprop", RMSprop(learningRate: 0.03)),
  ]

  @Test("the path of the published formulas", arguments: referenceRows.indices)
  func referencePaths(index: Int) throws {
    var (name, optimizer) = Self.referenceRows[index]
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "References/optimizers.json")
    let paths = try JSONDecoder().decode([String: [[Double]]].self, from: Data(contentsOf: file))
    var parameters = [0.3, 0.7, -1.2]
    for (step, expected) in try #require(paths[name]).enumerated() {
      let cosine = cos(parameters[0] * parameters[1])
      let gradient = [
        parameters[0] - 1 + parameters[1] * cosine, 10 * (parameters[1] + 2) + parameters[0] * cosine,
        0.1 * (parameters[2] - 3),
      ]
      optimizer.update(&parameters, along: gradient)
      for (found, wanted) in zip(parameters, expected) {
        #expect(abs(found - wanted) < 1e-12, "\(name), step \(step): \(parameters), expected \(expected)")
      }
    }
  }

  /// f(p) = sum_i (i + 1) (p_i - 1)^2, smallest at (1, 1, 1).
  static var quadratic: Objective {
    Objective { p in
      p.enumerated().reduce(0) { $0 + Double($1.offset + 1) * ($1.element - 1) * ($1.element - 1) }
    } gradient: { p in
      p.enumerated().map { 2 * Double($0.offset + 1) * ($0.element - 1) }
    }
  }

  /// How many steps each kind gets to come within 0.02 of the minimum, and at which rate.
  static let convergenceRows: [(kind: OptimizerKind, learningRate: Double, steps: Int)] = [
    (.sgd, 0.1, 60), (.momentum, 0.02, 200), (.nesterov, 0.02, 200), (.adam, 0.1, 300), (.adamW, 0.1, 300),
    (.rmsprop, 0.02, 400), (.lbfgs, 1, 8), (.spsa, 0.1, 2000),
  ]

  @Test("every kind finds the minimum of a quadratic", arguments: convergenceRows.indices)
  func convergence(index: Int) throws {
    let row = Self.convergenceRows[index]
    var optimizer = row.kind.optimizer(learningRate: row.learningRate, seed: 4)
    var parameters = [-1.0, 2, 0.5]
    for _ in 0..<row.steps {
      _ = try optimizer.step(&parameters, learningRate: optimizer.learningRate, objective: Self.quadratic)
    }
    #expect(parameters.allSatisfy { abs($0 - 1) < 0.02 }, "\(row.kind): \(parameters)")
  }

  @Test("every kind has a convergence row")
  func everyKind() { #expect(Set(Self.convergenceRows.map(\.kind)) == Set(OptimizerKind.allCases)) }

  @Test("L-BFGS solves Rosenbrock's valley to high accuracy")
  func rosenbrock() throws {
    let valley = Objective { p in
      100 * (p[1] - p[0] * p[0]) * (p[1] - p[0] * p[0]) + (1 - p[0]) * (1 - p[0])
    } gradient: { p in
      [-400 * p[0] * (p[1] - p[0] * p[0]) - 2 * (1 - p[0]), 200 * (p[1] - p[0] * p[0])]
    }
    var (optimizer, parameters) = (LBFGS(), [-1.2, 1.0])
    for _ in 0..<60 { _ = try optimizer.step(&parameters, learningRate: 1, objective: valley) }
    #expect(parameters.allSatisfy { abs($0 - 1) < 1e-6 }, "\(parameters)")
  }

  @Test("a copy with the state carried over continues bit for bit", arguments: OptimizerKind.allCases)
  func stateIsComplete(kind: OptimizerKind) throws {
    var original = kind.optimizer(learningRate: 0.05, seed: 3)
    var parameters = [-1.0, 2, 0.5]
    func advance(_ optimizer: inout any Optimizer, _ parameters: inout [Double]) throws {
      for _ in 0..<4 { _ = try optimizer.step(&parameters, learningRate: 0.05, objective: Self.quadratic) }
    }
    try advance(&original, &parameters)
    var (restored, copy) = (kind.optimizer(learningRate: 0.05, seed: 3), parameters)
    restored.state = original.state
    try advance(&original, &parameters)
    try advance(&restored, &copy)
    #expect(copy == parameters)
    #expect(restored.state == original.state)
  }

  /// A method of each type, and one for every number it is given that differs in that number alone.
  static let numberRows: [(base: any Optimizer, others: [String: any Optimizer])] = [
    (
      Adam(),
      [
        "learningRate": Adam(learningRate: 0.5), "firstDecay": Adam(firstDecay: 0.5), "secondDecay": Adam(secondDecay: 0.5),
        "epsilon": Adam(epsilon: 0.5), "weightDecay": Adam(weightDecay: 0.5),
      ]
    ),
    (
      SGD(momentum: 0.9),
      [
        "learningRate": SGD(learningRate: 0.5, momentum: 0.9), "momentum": SGD(momentum: 0.5),
        "isNesterov": SGD(momentum: 0.9, isNesterov: true), "weightDecay": SGD(momentum: 0.9, weightDecay: 0.5),
      ]
    ),
    (
      RMSprop(),
      ["learningRate": RMSprop(learningRate: 0.5), "decay": RMSprop(decay: 0.5), "epsilon": RMSprop(epsilon: 0.5)]
    ),
    (
      LBFGS(),
      ["learningRate": LBFGS(learningRate: 0.5), "memory": LBFGS(memory: 5), "lineSearchLimit": LBFGS(lineSearchLimit: 5)]
    ),
    (
      SPSA(),
      [
        "learningRate": SPSA(learningRate: 0.5), "perturbation": SPSA(perturbation: 0.5), "stability": SPSA(stability: 5),
        "alpha": SPSA(alpha: 0.5), "gamma": SPSA(gamma: 0.5), "seed": SPSA(seed: 5),
      ]
    ),
  ]

  @Test("every number that a method is given is among its hyperparameters", arguments: numberRows.indices)
  func hyperparameters(index: Int) {
    let (base, others) = Self.numberRows[index]
    let numbers = base.hyperparameters
    #expect(Set(numbers.keys) == Set(others.keys))
    for (name, other) in others {
      #expect(numbers.keys.filter { other.hyperparameters[$0] != numbers[$0] } == [name])
    }
  }

  @Test("the mean of SPSA's steps is the gradient's")
  func spsaIsUnbiased() throws {
    let draws = 4000
    var sum = [0.0, 0, 0]
    for seed in 0..<draws {
      var (optimizer, parameters) = (SPSA(learningRate: 1, seed: UInt64(seed)), [-1.0, 2, 0.5])
      _ = try optimizer.step(&parameters, learningRate: 1, objective: Self.quadratic)
      sum = zip(sum, zip([-1.0, 2, 0.5], parameters)).map { $0 + ($1.0 - $1.1) }
    }
    let gradient = try Self.quadratic.valueAndGradient([-1.0, 2, 0.5]).gradient
    // One component's deviation is at most the length of the others, 5.7 here; four standard errors of the mean.
    for (found, wanted) in zip(sum, gradient) {
      #expect(abs(found / Double(draws) - wanted) < 4 * 5.7 / Double(draws).squareRoot())
    }
  }
}

extension Objective {
  /// An objective of two formulas.
  fileprivate init(_ value: @escaping ([Double]) -> Double, gradient: @escaping ([Double]) -> [Double]) {
    self.init(value: value, valueAndGradient: { (value($0), gradient($0)) })
  }
}
