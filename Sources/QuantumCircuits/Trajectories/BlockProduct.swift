import LinearAlgebra

/// The matrix of a block for one trajectory, multiplied up part by part in memory that is used again.
///
/// A class only because of the memory that it owns; it stays on one thread.
final class BlockProduct {
  private let memory: UnsafeMutablePointer<Complex<Double>>
  /// The product so far, row by row.
  var matrix: UnsafeMutablePointer<Complex<Double>> { memory }
  private var spare: UnsafeMutablePointer<Complex<Double>> { memory + Self.room }
  private var image: UnsafeMutablePointer<Complex<Double>> { memory + 2 * Self.room }
  private var dimension = 1

  /// Entries of the largest block: channels act on at most four qubits.
  private static let room = 256

  init() {
    memory = .allocate(capacity: 3 * Self.room)
    memory.initialize(repeating: 0, count: 3 * Self.room)
  }
  deinit { memory.deallocate() }

  func start(dimension: Int) {
    self.dimension = dimension
    for place in 0..<dimension * dimension { matrix[place] = place % (dimension + 1) == 0 ? 1 : 0 }
  }

  /// Continues a product that was left.
  func start(_ entries: [Complex<Double>], dimension: Int) {
    self.dimension = dimension
    for (place, entry) in entries.enumerated() { matrix[place] = entry }
  }

  var entries: [Complex<Double>] { Array(UnsafeBufferPointer(start: matrix, count: dimension * dimension)) }

  /// Multiplies an operator onto the product from the left.
  func apply(_ operation: ComplexMatrix, scale: Double = 1) {
    let d = dimension
    operation.elements.withUnsafeBufferPointer { left in
      for row in 0..<d {
        for column in 0..<d {
          var (re, im) = (0.0, 0.0)
          for k in 0..<d {
            let (a, b) = (left[row * d + k], matrix[k * d + column])
            re += a.real * b.real - a.imaginary * b.imaginary
            im += a.real * b.imaginary + a.imaginary * b.real
          }
          spare[row * d + column] = Complex(scale * re, scale * im)
        }
      }
    }
    matrix.update(from: spare, count: d * d)
  }

  /// Makes ρ after the product: M ρ M†, where `density[r * d + c]` is <c|ρ|r>, as overlaps give it.
  func moveDensity(_ density: UnsafePointer<Complex<Double>>) {
    let d = dimension
    for row in 0..<d {
      for column in 0..<d {
        // (M ρ)[row][column]
        var sum: Complex<Double> = 0
        for k in 0..<d { sum += matrix[row * d + k] * density[column * d + k] }
        spare[row * d + column] = sum
      }
    }
    for row in 0..<d {
      for column in 0..<d {
        var sum: Complex<Double> = 0
        for k in 0..<d { sum += spare[row * d + k] * matrix[column * d + k].conjugate }
        image[row * d + column] = sum
      }
    }
  }

  /// Tr(K ρ K†) with the density that was moved; K the identity where nil.
  func weight(of operation: ComplexMatrix? = nil) -> Double {
    let d = dimension
    guard let operation else { return (0..<d).reduce(0) { $0 + image[$1 * (d + 1)].real } }
    return operation.elements.withUnsafeBufferPointer { k in
      var sum = 0.0
      for row in 0..<d {
        for a in 0..<d where k[row * d + a] != 0 {
          for b in 0..<d { sum += (k[row * d + a] * image[a * d + b] * k[row * d + b].conjugate).real }
        }
      }
      return sum
    }
  }
}

extension TrajectoryBlock.Part {
  /// The operator for a draw that the bounds decide, with the scale of its square root.
  func boundedOutcome(_ draw: Double) -> Int? {
    var sum = 0.0
    for (index, bound) in bounds.enumerated() {
      sum += bound
      if draw < sum { return index }
    }
    // Rounding leaves a gap at the end of a mixture of unitaries.
    return sum > 1 - 1e-9 ? bounds.lastIndex { $0 > 0 } : nil
  }

  /// Probabilities of the operators beyond their bounds, for draws that the bounds do not decide.
  func excess(_ product: BlockProduct, _ density: UnsafePointer<Complex<Double>>) -> (excess: [Double], weights: [Double]) {
    product.moveDensity(density)
    let total = product.weight()
    let weights = operators.map { max(0, product.weight(of: $0)) }
    return (zip(weights, bounds).map { max(0, $0 / total - $1) }, weights)
  }

  /// The operator for a draw that the bounds do not decide.
  func outcome(_ draw: Double, excess: [Double]) -> Int {
    let sum = bounds.reduce(0, +)
    var left = (draw - sum) / (1 - sum) * excess.reduce(0, +)
    for (index, value) in excess.enumerated() {
      if left < value { return index }
      left -= value
    }
    return excess.lastIndex { $0 > 0 } ?? 0
  }
}
