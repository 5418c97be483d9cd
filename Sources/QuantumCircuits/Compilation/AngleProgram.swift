/// An angle as a list of instructions for a stack of rows, one number a sample in each.
///
/// Sums of symbols with coefficients are one instruction; so `2 (π - x) (π - y)` is four.
struct AngleProgram: Sendable {
  private enum Instruction: Sendable {
    case affine(constant: Double, terms: Range<Int>)
    case scale(Double)
    case add, multiply, divide
    case function(AngleFunction)
  }

  private var instructions: [Instruction] = []
  private var terms: [(symbol: Angle.Symbol, coefficient: Double)] = []
  /// Rows that the stack holds beside the result.
  private var depth = 0

  init(_ angle: Angle) { append(angle, at: 0) }

  private mutating func append(_ angle: Angle, at height: Int) {
    depth = max(depth, height)
    if let affine = angle.affine {
      let start = terms.count
      terms += affine.terms
      return instructions.append(.affine(constant: affine.constant, terms: start..<terms.count))
    }
    switch angle {
    case .product(.constant(let factor), let rest):
      append(rest, at: height)
      instructions.append(.scale(factor))
    case .sum(let left, let right): append(left, right, .add, at: height)
    case .product(let left, let right): append(left, right, .multiply, at: height)
    case .quotient(let left, let right): append(left, right, .divide, at: height)
    case .function(let function, let argument):
      append(argument, at: height)
      instructions.append(.function(function))
    case .constant, .symbol: preconditionFailure("AngleProgram: \(angle) is affine")
    }
  }

  private mutating func append(_ left: Angle, _ right: Angle, _ instruction: Instruction, at height: Int) {
    append(left, at: height)
    append(right, at: height + 1)
    instructions.append(instruction)
  }

  /// Writes the value in each of `width` lanes; lane l reads the row of sample min(l, last).
  func evaluate(_ inputs: AngleInputs, into values: UnsafeMutablePointer<Double>, width: Int, last: Int) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: depth * width) { stack in
      // Row 0 of the stack is the result itself.
      func row(_ place: Int) -> UnsafeMutablePointer<Double> { place == 0 ? values : stack.baseAddress! + (place - 1) * width }
      var height = 0
      for instruction in instructions {
        switch instruction {
        case .affine(let constant, let range):
          inputs.sum(terms[range], from: constant, into: row(height), width: width, last: last)
          height += 1
        case .scale(let factor):
          let own = row(height - 1)
          for lane in 0..<width { own[lane] *= factor }
        case .function(let function):
          let own = row(height - 1)
          for lane in 0..<width { own[lane] = function(own[lane]) }
        case .add, .multiply, .divide:
          height -= 1
          let (own, other) = (row(height - 1), row(height))
          switch instruction {
          case .add: for lane in 0..<width { own[lane] += other[lane] }
          case .multiply: for lane in 0..<width { own[lane] *= other[lane] }
          default: for lane in 0..<width { own[lane] /= other[lane] }
          }
        }
      }
    }
  }
}
