import Execution
import Foundation
import NeuralNetworks
import Testing

/// One line an operation: shapes of its inputs, the operation, and its value written out naively.
struct OperationRow: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let shapes: [[Int]]
  let operation: @Sendable ([Variable<Double>]) -> Variable<Double>
  let value: @Sendable ([Tensor<Double>]) -> Tensor<Double>

  init(
    _ name: String, _ shapes: [[Int]], _ operation: @escaping @Sendable ([Variable<Double>]) -> Variable<Double>,
    _ value: @escaping @Sendable ([Tensor<Double>]) -> Tensor<Double>
  ) {
    (testDescription, self.shapes, self.operation, self.value) = (name, shapes, operation, value)
  }
}

@Suite struct OperationLaws {
  static let rows: [OperationRow] = [
    .init("+", [[2, 3], [2, 3]], { $0[0] + $0[1] }) { x in at([2, 3]) { x[0][$0[0], $0[1]] + x[1][$0[0], $0[1]] } },
    .init("+ broadcasts a row", [[2, 3], [3]], { $0[0] + $0[1] }) { x in at([2, 3]) { x[0][$0[0], $0[1]] + x[1][$0[1]] } },
    .init("+ broadcasts both", [[2, 1], [1, 3]], { $0[0] + $0[1] }) { x in at([2, 3]) { x[0][$0[0], 0] + x[1][0, $0[1]] } },
    .init("-", [[3], [2, 3]], { $0[0] - $0[1] }) { x in at([2, 3]) { x[0][$0[1]] - x[1][$0[0], $0[1]] } },
    .init("*", [[2, 3], [2, 1]], { $0[0] * $0[1] }) { x in at([2, 3]) { x[0][$0[0], $0[1]] * x[1][$0[0], 0] } },
    .init("* over channels", [[2, 3, 2], [1, 3, 1]], { $0[0] * $0[1] }) { x in
      at([2, 3, 2]) { x[0][$0[0], $0[1], $0[2]] * x[1][0, $0[1], 0] }
    },
    .init("/", [[4], [4]], { $0[0] / $0[1] }) { x in at([4]) { x[0][$0[0]] / x[1][$0[0]] } },
    .init("scale", [[4]], { 2.5 * $0[0] }) { x in at([4]) { 2.5 * x[0][$0[0]] } },
    .init("negate", [[4]], { -$0[0] }) { x in at([4]) { -x[0][$0[0]] } },
    .init("product", [[3, 4], [4, 2]], { $0[0].product($0[1]) }) { x in
      at([3, 2]) { i in (0..<4).reduce(0) { $0 + x[0][i[0], $1] * x[1][$1, i[1]] } }
    },
    .init("product, transposed", [[3, 4], [2, 4]], { $0[0].product(transposing: $0[1]) }) { x in
      at([3, 2]) { i in (0..<4).reduce(0) { $0 + x[0][i[0], $1] * x[1][i[1], $1] } }
    },
    .init("square of itself", [[3]], { $0[0] * $0[0] }) { x in at([3]) { x[0][$0[0]] * x[0][$0[0]] } },
    .init("sum", [[2, 3]], { $0[0].sum() }) { x in Tensor(x[0].scalars.reduce(0, +)) },
    .init("mean", [[2, 3]], { $0[0].mean() }) { x in Tensor(x[0].scalars.reduce(0, +) / 6) },
    .init("sum of an axis", [[2, 3, 2]], { $0[0].sum(axis: 1) }) { x in
      at([2, 2]) { i in (0..<3).reduce(0) { $0 + x[0][i[0], $1, i[1]] } }
    },
    .init("reshaped", [[2, 3]], { $0[0].reshaped(to: [3, 2]) }) { x in at([3, 2]) { x[0].scalars[$0[0] * 2 + $0[1]] } },
    .init("permuted", [[2, 3, 4]], { $0[0].permuted([2, 0, 1]) }) { x in at([4, 2, 3]) { x[0][$0[1], $0[2], $0[0]] } },
    .init("sliced", [[2, 5, 2]], { $0[0].sliced(axis: 1, 1..<3) }) { x in at([2, 2, 2]) { x[0][$0[0], $0[1] + 1, $0[2]] } },
    .init("concatenated", [[2, 1], [2, 2]], { .concatenated($0, axis: 1) }) { x in
      at([2, 3]) { $0[1] < 1 ? x[0][$0[0], 0] : x[1][$0[0], $0[1] - 1] }
    },
    .init("softmax", [[2, 3]], { $0[0].softmax() }) { x in
      at([2, 3]) { i in exp(x[0][i[0], i[1]]) / (0..<3).reduce(0) { $0 + exp(x[0][i[0], $1]) } }
    },
    .init("log softmax", [[2, 3]], { $0[0].logSoftmax() }) { x in
      at([2, 3]) { i in x[0][i[0], i[1]] - log((0..<3).reduce(0) { $0 + exp(x[0][i[0], $1]) }) }
    },
  ]

  @Test("value and gradient", arguments: rows)
  func valueAndGradient(row: OperationRow) throws {
    let points: [Tensor<Double>] = row.shapes.enumerated().map { randomTensor($1, seed: UInt64($0 + 1), in: 0.3...1.7) }
    let tape = Tape<Double>()
    expectClose(row.operation(points.map { tape.variable($0) }).value, row.value(points))
    try checkGradients(of: row.operation, at: points)
  }

  /// Values by their textbook formulas, at points on both sides of zero where the function allows.
  static let textbook: [ElementwiseFunction: @Sendable (Double) -> Double] = [
    .exponential: { exp($0) }, .logarithm: { log($0) }, .squareRoot: { $0.squareRoot() }, .square: { $0 * $0 },
    .absolute: { abs($0) }, .reciprocal: { 1 / $0 }, .sine: { sin($0) }, .cosine: { cos($0) },
    .relu: { max(0, $0) }, .leakyReLU: { max(0.01 * $0, $0) }, .elu: { $0 > 0 ? $0 : exp($0) - 1 },
    .gelu: { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) }, .silu: { $0 / (1 + exp(-$0)) },
    .softplus: { log(1 + exp($0)) }, .sigmoid: { 1 / (1 + exp(-$0)) }, .tanh: { tanh($0) },
  ]

  @Test("elementwise function", arguments: ElementwiseFunction.allCases)
  func elementwise(function: ElementwiseFunction) throws {
    let formula = try #require(Self.textbook[function])
    let positive = function == .logarithm || function == .squareRoot
    let x: Tensor<Double> = randomTensor([17], seed: 5, in: positive ? 0.5...2 : -2...2, apartFromZero: 0.1)
    expectClose(function(x), Tensor(shape: x.shape, scalars: x.scalars.map(formula)))
    expectClose(
      function(x.converted(to: Float.self)), Tensor(shape: x.shape, scalars: x.scalars.map { Float(formula($0)) }), tolerance: 1e-5)
    try checkGradients(of: { $0[0].applying(function) }, at: [x])
  }

  @Test("products and functions that are cut into strips give the bits of one thread", arguments: [false, true], [false, true])
  func strips(transposeA: Bool, transposeB: Bool) {
    // Both the tall and the wide product are above the size from which strips are cut.
    for (m, n) in [(300, 70), (70, 300)] {
      let a: Tensor<Double> = randomTensor(transposeA ? [40, m] : [m, 40], seed: 1)
      let b: Tensor<Double> = randomTensor(transposeB ? [n, 40] : [40, n], seed: 2)
      let found = Tensor.product(a, b, transposeA: transposeA, transposeB: transposeB, loop: ParallelLoop(threads: 4))
      #expect(found == .product(a, b, transposeA: transposeA, transposeB: transposeB, loop: .serial))
      let (left, right) = (transposeA ? a.transposed : a, transposeB ? b.transposed : b)
      expectClose(found, at([m, n]) { i in (0..<40).reduce(0) { $0 + left[i[0], $1] * right[$1, i[1]] } })
    }
    let x: Tensor<Float> = randomTensor([3, 20_011], seed: 3)
    #expect(ElementwiseFunction.tanh(x, loop: ParallelLoop(threads: 4)) == ElementwiseFunction.tanh(x))
  }

  @Test("large arguments stay finite", arguments: [ElementwiseFunction.softplus, .sigmoid, .tanh, .gelu, .silu, .elu, .relu])
  func largeArguments(function: ElementwiseFunction) throws {
    let tape = Tape<Float>()
    let x = tape.variable(Tensor(shape: [2], scalars: [-500, 500]))
    let y = x.applying(function)
    #expect(y.value.isFinite)
    let gradient = try tape.gradients(of: y.sum())[x]
    #expect(gradient?.isFinite == true)
  }
}

/// A tensor from a formula of its indices.
private func at(_ shape: [Int], _ entry: ([Int]) -> Double) -> Tensor<Double> {
  var result = Tensor<Double>(shape: shape)
  for position in result.scalars.indices {
    var (rest, index) = (position, shape)
    for axis in shape.indices.reversed() {
      index[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    result.scalars[position] = entry(index)
  }
  return result
}
