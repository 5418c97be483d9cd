import LinearAlgebra
import QuantumStates

/// Memory for the matrices of one step at a time; `width` samples side by side.
struct MatrixScratch {
  let width: Int
  private let buffer: UnsafeMutablePointer<Double>
  private let matrixCount: Int

  /// Numbers that a scratch for matrices of at most `dimension` rows needs: six matrices and three rows.
  static func count(dimension: Int, width: Int) -> Int { 6 * LaneMatrices.count(dimension: dimension, width: width) + 3 * width }

  init(dimension: Int, width: Int, buffer: UnsafeMutablePointer<Double>) {
    self.width = width
    self.buffer = buffer
    matrixCount = LaneMatrices.count(dimension: dimension, width: width)
  }

  func matrix(_ place: Int, dimension: Int) -> LaneMatrices {
    LaneMatrices(dimension: dimension, width: width, base: buffer + place * matrixCount)
  }
  func row(_ place: Int) -> UnsafeMutablePointer<Double> { buffer + 6 * matrixCount + place * width }
}

/// cos(w t) and sin(w t) of every angle t in every lane: angle a of lane l is at `rows[a] * width + l`.
struct AngleTables {
  let width: Int
  private let rows: UnsafeMutablePointer<Int>
  private let cosines: UnsafeMutablePointer<Double>
  private let sines: UnsafeMutablePointer<Double>
  /// Numbers in the rows that `evaluate` fills, a multiple of 8.
  private let evaluated: Int

  /// Numbers that the tables need.
  static func count(angles: Int, width: Int) -> Int { 2 * padded(angles, width) + angles }
  private static func padded(_ angles: Int, _ width: Int) -> Int { (angles * width + 7) & ~7 }

  /// - Parameters:
  ///   - evaluating: the angles of which `evaluate` takes sines and cosines; the others are set.
  ///   - buffer: 64-byte aligned.
  init(angles: Int, evaluating: [Int], width: Int, buffer: UnsafeMutablePointer<Double>) {
    self.width = width
    sines = buffer
    cosines = buffer + Self.padded(angles, width)
    evaluated = Self.padded(evaluating.count, width)
    rows = UnsafeMutableRawPointer(cosines + Self.padded(angles, width)).bindMemory(to: Int.self, capacity: max(1, angles))
    let others = Set(0..<angles).subtracting(evaluating).sorted()
    for (row, angle) in (evaluating + others).enumerated() { rows[angle] = row }
  }

  func cosine(_ angle: Int) -> UnsafePointer<Double> { UnsafePointer(cosines + rows[angle] * width) }
  func sine(_ angle: Int) -> UnsafePointer<Double> { UnsafePointer(sines + rows[angle] * width) }
  /// Where w t is put before `evaluate`.
  func turns(_ angle: Int) -> UnsafeMutablePointer<Double> { sines + rows[angle] * width }

  /// Replaces turns by their sines and cosines. Set the other angles afterwards: the last row may share eight numbers with one.
  func evaluate(kernels: Kernels) { kernels.sineCosine(sines, sines: sines, cosines: cosines, count: evaluated) }

  /// Whether no turn that was evaluated was infinite or not a number.
  var isFinite: Bool {
    var sum = 0.0
    for place in 0..<evaluated { sum += sines[place] - sines[place] }
    return sum == 0
  }

  /// Gives every lane the angle of a table with one lane.
  func set(_ angle: Int, from other: AngleTables) {
    (sines + rows[angle] * width).update(repeating: other.sine(angle)[0], count: width)
    (cosines + rows[angle] * width).update(repeating: other.cosine(angle)[0], count: width)
  }
}

extension Step {
  /// Writes the coefficients of the step and of its inverse.
  func bind(
    _ tables: AngleTables, scratch: MatrixScratch, forward: UnsafeMutableRawPointer, backward: UnsafeMutableRawPointer
  ) {
    if let rotation = sampleRotation {
      let (cosine, sine) = (tables.cosine(rotation.angle), tables.sine(rotation.angle))
      operation.fill(forward, terms: rotation.forward, cosine: cosine, sine: sine)
      inverse.fill(backward, terms: rotation.backward, cosine: cosine, sine: sine)
      return
    }
    if tables.width == 1, !qubitParts.isEmpty {
      let product = qubitParts.product(tables)
      product.withEntries { operation.fill(forward, entries: $0) }
      product.adjoint.withEntries { inverse.fill(backward, entries: $0) }
      return
    }
    switch form {
    case .matrix(let parts):
      let (product, adjoint) = (scratch.matrix(0, dimension: dimension), scratch.matrix(1, dimension: dimension))
      let spare = (scratch.matrix(2, dimension: dimension), scratch.matrix(3, dimension: dimension))
      setProduct(of: parts[...], product, spare: spare, tables, scratch)
      adjoint.setAdjoint(product)
      fill(operation, forward, product.base)
      fill(inverse, backward, adjoint.base)
    case .pauliRotation(let angle):
      // Entries are (own, word): cos(t/2) and -i sin(t/2); a batch has a sample rotation, so there is one lane.
      let (cosine, sine) = (tables.cosine(angle)[0], tables.sine(angle)[0])
      operation.fill(forward, entries: [Complex(cosine), Complex(0, -sine)])
      inverse.fill(backward, entries: [Complex(cosine), Complex(0, sine)])
    case .diagonal(let entries):
      operation.fill(forward, entries: entries)
      inverse.fill(backward, entries: entries.map(\.conjugate))
    case .permutation:
      operation.fill(forward, entries: nil)
      inverse.fill(backward, entries: nil)
    case .preparation, .phases: break
    }
  }

  private func fill(_ operation: KernelOperation, _ destination: UnsafeMutableRawPointer, _ entries: UnsafeMutablePointer<Double>) {
    if source == .samples, operation.layout.isBatched {
      operation.fill(destination, sampleEntries: entries)
    } else {
      withUnsafeTemporaryAllocation(of: Complex<Double>.self, capacity: operation.entryCount) { complex in
        for entry in 0..<operation.entryCount {
          complex.initializeElement(at: entry, to: Complex(entries[2 * entry], entries[2 * entry + 1]))
        }
        operation.fill(destination, entries: complex.baseAddress)
      }
    }
  }

  /// result = the product of the parts, the first acting first.
  private func setProduct(
    of parts: ArraySlice<Part>, _ result: LaneMatrices, spare: (LaneMatrices, LaneMatrices), _ tables: AngleTables,
    _ scratch: MatrixScratch
  ) {
    guard let first = parts.first else { return result.setConstant(ComplexMatrix.identity(dimension).elements) }
    set(result, to: first, order: 0, tables, scratch)
    for part in parts.dropFirst() {
      set(spare.0, to: part, order: 0, tables, scratch)
      spare.1.setProduct(spare.0, result)
      result.set(spare.1)
    }
  }

  /// A part's matrix, or with order 1 its derivative by the part's angle.
  private func set(_ matrix: LaneMatrices, to part: Part, order: Int, _ tables: AngleTables, _ scratch: MatrixScratch) {
    switch part {
    case .fixed(let entries): matrix.setConstant(entries)
    case .rotation(let generator, let square, let frequency, let angle):
      matrix.setRotation(
        generator, square, frequency: frequency, order: order, cosine: tables.cosine(angle), sine: tables.sine(angle),
        scratch: scratch.row(0))
    }
  }

  /// Calls `body` with each angle of the step and dL/d(angle) in each lane, from the overlaps by entry.
  ///
  /// dL = 2 Re <bra|dU|ket before>, with dU = (later parts) (derivative of one part) (earlier parts).
  func forEachAngleGradient(
    overlaps: UnsafePointer<Double>, _ tables: AngleTables, scratch: MatrixScratch,
    _ body: (_ angle: Int, _ gradient: UnsafeMutablePointer<Double>) -> Void
  ) {
    let width = scratch.width
    let sums = scratch.row(2)
    if width == 1, !qubitParts.isEmpty {
      let entries = overlaps.withMemoryRebound(to: Complex<Double>.self, capacity: 4) { QubitMatrix($0) }
      return qubitParts.forEachGradient(overlaps: entries, tables) {
        sums[0] = $1
        body($0, sums)
      }
    }
    switch form {
    case .pauliRotation(let angle):
      // dU = -i/2 P U, so dL = 2 Re(-i/2 <bra|P|ket after>) = Im <bra|P|ket after>.
      for lane in 0..<width { sums[lane] = overlaps[3 * width + lane] }
      body(angle, sums)
    case .matrix(let parts):
      let derivative = scratch.matrix(0, dimension: dimension), others = scratch.matrix(1, dimension: dimension)
      let spare = (scratch.matrix(2, dimension: dimension), scratch.matrix(3, dimension: dimension))
      let product = scratch.matrix(4, dimension: dimension)
      for (place, part) in parts.enumerated() {
        guard let angle = part.angle else { continue }
        set(derivative, to: part, order: 1, tables, scratch)
        if place > 0 {
          setProduct(of: parts[..<place], others, spare: spare, tables, scratch)
          product.setProduct(derivative, others)
          derivative.set(product)
        }
        if place + 1 < parts.count {
          setProduct(of: parts[(place + 1)...], others, spare: spare, tables, scratch)
          product.setProduct(others, derivative)
          derivative.set(product)
        }
        derivative.contract(overlaps, into: sums)
        body(angle, sums)
      }
    case .diagonal, .permutation, .preparation, .phases: break
    }
  }
}
