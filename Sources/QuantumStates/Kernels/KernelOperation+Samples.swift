import LinearAlgebra

/// A matrix whose entries are `a + b cos + c sin` of one angle: six numbers an entry, (a, b, c) of the real part, then of the
/// imaginary part.
package struct TrigonometricEntries: Sendable {
  package var numbers: [Double]

  package init(_ numbers: [Double]) { self.numbers = numbers }

  /// Entry `index` times a complex factor.
  func scaled(_ index: Int, by factor: Complex<Double>) -> [Double] {
    let (re, im) = (numbers[6 * index..<6 * index + 3], numbers[6 * index + 3..<6 * index + 6])
    return zip(re, im).map { factor.real * $0 - factor.imaginary * $1 }
      + zip(re, im).map { factor.real * $1 + factor.imaginary * $0 }
  }
}

/// Matrices that differ from sample to sample, on a batched layout: all lanes of a coefficient hold the same entry.
extension KernelOperation {
  /// Writes the coefficients of one matrix a sample for a batched layout.
  ///
  /// Shape: entry e of sample b is `entries[2 * e * samples + b]` + i `entries[(2 * e + 1) * samples + b]`.
  package func fill(_ destination: UnsafeMutableRawPointer, sampleEntries entries: UnsafePointer<Double>) {
    switch layout.precision {
    case .float: fill(destination.assumingMemoryBound(to: Float.self), entries)
    case .double: fill(destination.assumingMemoryBound(to: Double.self), entries)
    }
  }

  @inline(__always)
  private func fill<Scalar: BinaryFloatingPoint>(_ destination: UnsafeMutablePointer<Scalar>, _ entries: UnsafePointer<Double>) {
    let (lanes, samples) = (layout.lanes, layout.samples)
    sources.withUnsafeBufferPointer { sources in
      for term in 0..<coefficientBlocks {
        let source = sources[term * lanes]
        for block in 0..<layout.sampleBlocks {
          let real = destination + (block * coefficientBlocks + term) * 2 * lanes
          let imaginary = real + lanes
          guard source.index >= 0 else {
            real.update(repeating: Scalar(source.scale.real), count: lanes)
            imaginary.update(repeating: Scalar(source.scale.imaginary), count: lanes)
            continue
          }
          let re = entries + 2 * Int(source.index) * samples + block * lanes
          let im = re + samples
          let (a, b) = (source.scale.real, source.scale.imaginary)
          for lane in 0..<lanes {
            real[lane] = Scalar(a * re[lane] - b * im[lane])
            imaginary[lane] = Scalar(a * im[lane] + b * re[lane])
          }
        }
      }
    }
  }

  /// Overlaps by entry for each sample, from results kept apart; see `reduce`.
  ///
  /// Shape: entry e of sample b is `entries[2 * e * samples + b]` + i `entries[(2 * e + 1) * samples + b]`; overwritten.
  package func reduce(_ result: UnsafeRawPointer, intoSamples entries: UnsafeMutablePointer<Double>) {
    entries.update(repeating: 0, count: 2 * entryCount * layout.samples)
    switch layout.precision {
    case .float: add(result.assumingMemoryBound(to: Float.self), toSamples: entries)
    case .double: add(result.assumingMemoryBound(to: Double.self), toSamples: entries)
    }
  }

  @inline(__always)
  private func add<Scalar: BinaryFloatingPoint>(_ result: UnsafePointer<Scalar>, toSamples entries: UnsafeMutablePointer<Double>) {
    let (lanes, samples) = (layout.lanes, layout.samples)
    let first = kind == .pauli ? lanes : 0
    sources.withUnsafeBufferPointer { sources in
      for term in 0..<overlapBlocks {
        let source = sources[first + term * lanes]
        guard source.index >= 0 else { continue }
        let (a, b) = (source.scale.real, source.scale.imaginary)
        for block in 0..<layout.sampleBlocks {
          let real = result + (block * overlapBlocks + term) * 2 * lanes
          let imaginary = real + lanes
          let re = entries + 2 * Int(source.index) * samples + block * lanes
          let im = re + samples
          for lane in 0..<lanes {
            re[lane] += a * Double(real[lane]) - b * Double(imaginary[lane])
            im[lane] += a * Double(imaginary[lane]) + b * Double(real[lane])
          }
        }
      }
    }
  }

  /// The entries of every coefficient, for the two methods below.
  package func terms(_ entries: TrigonometricEntries) -> [Double] {
    (0..<coefficientBlocks).flatMap { term -> [Double] in
      let source = sources[term * layout.lanes]
      return source.index >= 0
        ? entries.scaled(Int(source.index), by: source.scale) : [source.scale.real, 0, 0, source.scale.imaginary, 0, 0]
    }
  }

  /// Writes the coefficients `a + b cos + c sin` of every sample.
  package func fill(
    _ destination: UnsafeMutableRawPointer, terms: UnsafePointer<Double>, cosine: UnsafePointer<Double>, sine: UnsafePointer<Double>
  ) {
    switch layout.precision {
    case .float: fill(destination.assumingMemoryBound(to: Float.self), terms, cosine, sine)
    case .double: fill(destination.assumingMemoryBound(to: Double.self), terms, cosine, sine)
    }
  }

  @inline(__always)
  private func fill<Scalar: BinaryFloatingPoint>(
    _ destination: UnsafeMutablePointer<Scalar>, _ terms: UnsafePointer<Double>, _ cosine: UnsafePointer<Double>,
    _ sine: UnsafePointer<Double>
  ) {
    let lanes = layout.lanes
    for block in 0..<layout.sampleBlocks {
      let (c, s) = (cosine + block * lanes, sine + block * lanes)
      for row in 0..<2 * coefficientBlocks {
        let out = destination + (block * 2 * coefficientBlocks + row) * lanes
        let (a, b, d) = (terms[3 * row], terms[3 * row + 1], terms[3 * row + 2])
        for lane in 0..<lanes { out[lane] = Scalar(a + b * c[lane] + d * s[lane]) }
      }
    }
  }

  /// The same for the first column of a dense matrix on one qubit, all that a product of one-qubit states needs.
  package func fillColumn(
    _ destination: UnsafeMutableRawPointer, terms: UnsafePointer<Double>, cosine: UnsafePointer<Double>, sine: UnsafePointer<Double>
  ) {
    precondition(kind == .dense1, "KernelOperation: the first column of a \(kind)")
    switch layout.precision {
    case .float: fillColumn(destination.assumingMemoryBound(to: Float.self), terms, cosine, sine)
    case .double: fillColumn(destination.assumingMemoryBound(to: Double.self), terms, cosine, sine)
    }
  }

  @inline(__always)
  private func fillColumn<Scalar: BinaryFloatingPoint>(
    _ destination: UnsafeMutablePointer<Scalar>, _ terms: UnsafePointer<Double>, _ cosine: UnsafePointer<Double>,
    _ sine: UnsafePointer<Double>
  ) {
    let lanes = layout.lanes
    for block in 0..<layout.sampleBlocks {
      let (c, s) = (cosine + block * lanes, sine + block * lanes)
      // Real and imaginary parts of coefficients 0 and 2.
      for half in 0..<4 {
        let row = half + (half & 2)
        let out = destination + (block * 2 * coefficientBlocks + row) * lanes
        let (a, b, d) = (terms[3 * row], terms[3 * row + 1], terms[3 * row + 2])
        for lane in 0..<lanes { out[lane] = Scalar(a + b * c[lane] + d * s[lane]) }
      }
    }
  }

  /// 2 Re sum of D * overlap for every sample, D the derivative `frequency * (-b sin + c cos)` of the matrix by its angle.
  package func contract(
    _ result: UnsafeRawPointer, terms: UnsafePointer<Double>, frequency: Double, cosine: UnsafePointer<Double>,
    sine: UnsafePointer<Double>, into sums: UnsafeMutablePointer<Double>
  ) {
    switch layout.precision {
    case .float: contract(result.assumingMemoryBound(to: Float.self), terms, 2 * frequency, cosine, sine, sums)
    case .double: contract(result.assumingMemoryBound(to: Double.self), terms, 2 * frequency, cosine, sine, sums)
    }
  }

  @inline(__always)
  private func contract<Scalar: BinaryFloatingPoint>(
    _ result: UnsafePointer<Scalar>, _ terms: UnsafePointer<Double>, _ factor: Double, _ cosine: UnsafePointer<Double>,
    _ sine: UnsafePointer<Double>, _ sums: UnsafeMutablePointer<Double>
  ) {
    let lanes = layout.lanes
    sums.update(repeating: 0, count: layout.samples)
    for block in 0..<layout.sampleBlocks {
      let (c, s, sum) = (cosine + block * lanes, sine + block * lanes, sums + block * lanes)
      for row in 0..<2 * coefficientBlocks {
        let overlap = result + (block * 2 * coefficientBlocks + row) * lanes
        // Re(D * overlap) takes the imaginary parts with a minus.
        let sign = row % 2 == 0 ? factor : -factor
        let (b, d) = (sign * terms[3 * row + 1], sign * terms[3 * row + 2])
        if b == 0, d == 0 { continue }
        for lane in 0..<lanes { sum[lane] += (d * c[lane] - b * s[lane]) * Double(overlap[lane]) }
      }
    }
  }
}
