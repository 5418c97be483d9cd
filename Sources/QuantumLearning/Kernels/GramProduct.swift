import Execution
import LinearAlgebra
import NeuralNetworks
import QuantumCircuits

/// |<x_i|x_j>|^2 of the states of a batch, cut into tiles of the upper triangle that threads share.
///
/// With the planes R and I of the states, Re <x|y> is a product of [R I] with itself and Im <x|y> is R I' - I R': real products,
/// which reach more of what the machine can do than complex ones, and on the diagonal half of them is enough.
///
/// Unchecked: the states are only read, and every entry of `result` belongs to one tile.
struct GramProduct<Scalar: GramScalar>: @unchecked Sendable {
  private let planes: StatePlanes
  private let result: UnsafeMutablePointer<Double>
  private let real: UnsafePointer<Scalar>
  private var samples: Int { planes.samples }

  init(_ planes: StatePlanes, result: UnsafeMutablePointer<Double>) {
    self.planes = planes
    self.result = result
    real = UnsafePointer(planes.base.assumingMemoryBound(to: Scalar.self))
    side = planes.samples > 512 ? 128 : 64
  }

  /// Samples on one side of a tile: the product is then much dearer than packing its factors, and a tile stays in the cache.
  private let side: Int
  private var sides: Int { (samples + side - 1) / side }

  func run(_ loop: ParallelLoop) { loop.run(count: sides * (sides + 1) / 2) { fill($0) } }

  private func range(_ place: Int) -> Range<Int> { place * side..<min(samples, (place + 1) * side) }

  private func fill(_ tile: Int) {
    var (row, rest) = (0, tile)
    while rest >= sides - row { (row, rest) = (row + 1, rest - (sides - row)) }
    let (top, left) = (range(row), range(row + rest))
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * top.count * left.count) { memory in
      let (overlaps, imaginary) = (memory.baseAddress!, memory.baseAddress! + top.count * left.count)
      if rest == 0 {
        Scalar.syrk(
          transpose: planes.isByAmplitude, n: top.count, k: 2 * planes.dimension, a: address(top), lda: planes.stride,
          c: overlaps, ldc: top.count)
        multiply(address(top), address(top, imaginary: true), top.count, top.count, planes.dimension, into: imaginary)
        writeDiagonal(top, overlaps, imaginary)
      } else {
        if planes.isByAmplitude {
          multiplyAtOnce(top, left, into: overlaps)
        } else {
          multiply(address(top), address(left), top.count, left.count, 2 * planes.dimension, into: overlaps)
          multiply(address(top), address(left, imaginary: true), top.count, left.count, planes.dimension, into: imaginary)
          multiply(
            address(top, imaginary: true), address(left), top.count, left.count, planes.dimension, subtracting: true,
            into: imaginary)
        }
        write(top, left, overlaps, imaginary)
      }
    }
  }

  private func address(_ range: Range<Int>, imaginary: Bool = false) -> UnsafePointer<Scalar> {
    real + range.lowerBound * (planes.isByAmplitude ? 1 : planes.stride) + (imaginary ? planes.imaginaryOffset : 0)
  }

  /// Re <x|y> and below it Im <x|y> as one product of [R I; -I R] with [R I]': for small states, where packing is dear and a copy
  /// is not.
  private func multiplyAtOnce(_ top: Range<Int>, _ left: Range<Int>, into overlaps: UnsafeMutablePointer<Scalar>) {
    let (dimension, width, offset) = (planes.dimension, top.count, planes.imaginaryOffset)
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 4 * dimension * width) { memory in
      for index in 0..<dimension {
        let (from, re) = (address(top) + index * planes.stride, memory.baseAddress! + 2 * index * width)
        let im = re + 2 * dimension * width
        re.update(from: from, count: width)
        im.update(from: from + offset, count: width)
        for sample in 0..<width {
          re[width + sample] = -im[sample]
          im[width + sample] = re[sample]
        }
      }
      Scalar.gemm(
        transposeA: true, transposeB: false, m: 2 * width, n: left.count, k: 2 * dimension, alpha: 1, a: memory.baseAddress!,
        lda: 2 * width, b: address(left), ldb: planes.stride, beta: 0, c: overlaps, ldc: left.count)
    }
  }

  private func multiply(
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ rows: Int, _ columns: Int, _ length: Int, subtracting: Bool = false,
    into c: UnsafeMutablePointer<Scalar>
  ) {
    Scalar.gemm(
      transposeA: planes.isByAmplitude, transposeB: !planes.isByAmplitude, m: rows, n: columns, k: length,
      alpha: subtracting ? -1 : 1, a: a, lda: planes.stride, b: b, ldb: planes.stride, beta: subtracting ? 1 : 0, c: c, ldc: columns
    )
  }

  /// On the diagonal the real part is symmetric and the imaginary part R I' minus its transpose.
  private func writeDiagonal(_ range: Range<Int>, _ overlaps: UnsafePointer<Scalar>, _ products: UnsafePointer<Scalar>) {
    let count = range.count
    for i in 0..<count {
      for j in i..<count {
        let (re, im) = (Double(overlaps[i * count + j]), Double(products[i * count + j] - products[j * count + i]))
        let fidelity = re * re + im * im
        result[(range.lowerBound + i) * samples + range.lowerBound + j] = fidelity
        result[(range.lowerBound + j) * samples + range.lowerBound + i] = fidelity
      }
    }
  }

  private func write(
    _ top: Range<Int>, _ left: Range<Int>, _ overlaps: UnsafePointer<Scalar>, _ imaginary: UnsafePointer<Scalar>
  ) {
    let width = left.count
    // Eight rows of the tile at a time, so that a line of memory below the diagonal is written whole and while its numbers are at
    // hand.
    for first in stride(from: 0, to: top.count, by: 8) {
      let rows = first..<min(first + 8, top.count)
      for i in rows {
        let (re, im, to) = (overlaps + i * width, imaginary + i * width, result + (top.lowerBound + i) * samples + left.lowerBound)
        for j in 0..<width { to[j] = Double(re[j]) * Double(re[j]) + Double(im[j]) * Double(im[j]) }
      }
      for (j, column) in left.enumerated() {
        let (from, to) = (result + left.lowerBound + j, result + column * samples + top.lowerBound)
        for i in rows { to[i] = from[(top.lowerBound + i) * samples] }
      }
    }
  }
}

/// A precision in which Gram matrices are computed.
protocol GramScalar: TensorScalar {
  /// The upper triangle of A A^T, or transposed A^T A.
  static func syrk(
    transpose: Bool, n: Int, k: Int, a: UnsafePointer<Self>, lda: Int, c: UnsafeMutablePointer<Self>, ldc: Int)
}

extension Float: GramScalar {
  static func syrk(
    transpose: Bool, n: Int, k: Int, a: UnsafePointer<Float>, lda: Int, c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    BLAS.syrk(transpose: transpose, n: n, k: k, a: a, lda: lda, c: c, ldc: ldc)
  }
}

extension Double: GramScalar {
  static func syrk(
    transpose: Bool, n: Int, k: Int, a: UnsafePointer<Double>, lda: Int, c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    BLAS.syrk(transpose: transpose, n: n, k: k, a: a, lda: lda, c: c, ldc: ldc)
  }
}
