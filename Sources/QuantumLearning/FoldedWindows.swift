import Execution
import NeuralNetworks
import QuantumStates

/// A folded circuit slid over images: what a convolution does with weights, this does with the coefficients of a polynomial.
///
/// Sample by sample, cosine and sine of every pixel are laid out as rows, one a feature, with a column for each window; a term is a
/// product of rows, and every output a sum of terms. Pixels outside the image are 0, their cosine 1.
struct FoldedWindows<Scalar: TensorScalar>: Sendable {
  let circuit: FoldedCircuit
  /// One set of coefficients a filter, each 3^features x outputs.
  let coefficients: [[Scalar]]
  private let inputCount: Int
  private let windows: Int
  /// The pixel that feature f sees in window w, at f windows + w; outside the image, the number of its pixels.
  private let pixels: [Int]

  /// - Parameter shape: of the images, `[samples, channels, height, width]`.
  init(_ circuit: FoldedCircuit, coefficients: [[Double]], patches: Patches, shape: [Int]) {
    self.circuit = circuit
    self.coefficients = coefficients.map { $0.map { Scalar($0) } }
    inputCount = shape[1...].reduce(1, *)
    windows = patches.outputLength(shape[2]) * patches.outputLength(shape[3])
    pixels = patches.pixels(shape)
  }

  private var filters: Int { coefficients.count }
  private var outputCount: Int { filters * circuit.outputCount * windows }

  /// Samples in one piece of work: about 16 pieces, whatever the number of threads.
  private func slice(_ samples: Int) -> Int { max(1, (samples + 15) / 16) }

  /// The outputs of every filter.
  ///
  /// - Parameter shape: of the result, `[samples, filters outputs, h, w]`.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func outputs(_ images: Tensor<Scalar>, shape: [Int], loop: ParallelLoop) -> Tensor<Scalar> {
    Tensor(shape: shape) { target in
      images.withBase { source in
        loop.run(count: shape[0], inSlicesOf: slice(shape[0])) { slice in
          let rows = Rows(self)
          for sample in slice {
            rows.read(source + sample * inputCount, self)
            let target = target + sample * outputCount
            target.initialize(repeating: 0, count: outputCount)
            for term in circuit.terms {
              rows.multiply(term.factors)
              rows.add(term, self, to: target)
            }
          }
        }
      }
    }
  }

  /// The cotangents of the coefficients, filter by filter, and of the images where they are asked for; slices are added in their
  /// order.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func cotangents(
    _ cotangent: Tensor<Scalar>, images: Tensor<Scalar>, ofImages: Bool, loop: ParallelLoop
  ) -> (coefficients: [[Double]], images: Tensor<Scalar>?) {
    let samples = images.shape[0]
    let (length, size) = (slice(samples), coefficients[0].count)
    var partial = Tensor<Double>(shape: [(samples + length - 1) / length, filters * size])
    var slopes = Tensor<Scalar>(shape: ofImages ? images.shape : [1])
    partial.withMutableBase { sums in
      slopes.withMutableBase { slopes in
        images.withBase { source in
          cotangent.withBase { cotangent in
            loop.run(count: samples, inSlicesOf: length) { slice in
              let rows = Rows(self)
              for sample in slice {
                rows.read(source + sample * inputCount, self)
                let own = cotangent + sample * outputCount
                for term in circuit.terms {
                  rows.multiply(term.factors)
                  rows.collect(term, own, self, into: sums + slice.lowerBound / length * filters * size)
                  if ofImages { rows.spread(term.factors) }
                }
                if ofImages { rows.scatter(self, into: slopes + sample * inputCount) }
              }
            }
          }
        }
      }
    }
    let sums = partial.sum(axis: 0).scalars
    return ((0..<filters).map { Array(sums[$0 * size..<($0 + 1) * size]) }, ofImages ? slopes : nil)
  }

  /// What one thread works with: rows of one sample.
  private final class Rows {
    private let windows: Int
    private let pixelCount: Int
    private let kernels = SIMDLevel.current.kernels(.double)
    /// Angles, then sines, of the pixels and of one outside; and cosines.
    private let angles, pixelCosines: UnsafeMutablePointer<Double>
    private let cosines, sines: UnsafeMutablePointer<Scalar>
    /// The term at every window.
    let product: UnsafeMutablePointer<Scalar>
    /// The cotangent of the term.
    private let weight: UnsafeMutablePointer<Scalar>
    /// The cotangents of the features.
    private let slopes: UnsafeMutablePointer<Scalar>

    init(_ owner: FoldedWindows) {
      windows = owner.windows
      // Kernels take eight angles at a time, in aligned memory.
      pixelCount = (owner.inputCount + 8) / 8 * 8
      let places = owner.pixels.count
      angles = UnsafeMutableRawPointer.allocate(byteCount: 16 * pixelCount, alignment: 64).bindMemory(
        to: Double.self, capacity: 2 * pixelCount)
      angles.initialize(repeating: 0, count: 2 * pixelCount)
      pixelCosines = angles + pixelCount
      cosines = .allocate(capacity: 3 * places + 2 * windows)
      cosines.initialize(repeating: 0, count: 3 * places + 2 * windows)
      (sines, slopes) = (cosines + places, cosines + 2 * places)
      (product, weight) = (slopes + places, slopes + places + windows)
    }

    deinit {
      UnsafeMutableRawPointer(angles).deallocate()
      cosines.deallocate()
    }

    @inline(__always)
    func read(_ image: UnsafePointer<Scalar>, _ owner: FoldedWindows) {
      let (angles, pixelCosines, cosines, sines) = (angles, pixelCosines, cosines, sines)
      for pixel in 0..<owner.inputCount { angles[pixel] = Double(image[pixel]) }
      for pixel in owner.inputCount..<pixelCount { angles[pixel] = 0 }
      kernels.sineCosine(angles, sines: angles, cosines: pixelCosines, count: pixelCount)
      owner.pixels.withUnsafeBufferPointer { pixels in
        for place in pixels.indices {
          cosines[place] = Scalar(pixelCosines[pixels[place]])
          sines[place] = Scalar(angles[pixels[place]])
        }
      }
    }

    /// Makes `product` the product of the factors' rows, but for one factor.
    @inline(__always)
    func multiply(_ factors: [FoldedCircuit.Factor], without left: Int? = nil) {
      let (product, windows) = (product, windows)
      var isEmpty = true
      for (number, factor) in factors.enumerated() where number != left {
        let row = (factor.isSine ? sines : cosines) + factor.feature * windows
        if isEmpty {
          product.update(from: row, count: windows)
          isEmpty = false
        } else {
          for window in 0..<windows { product[window] *= row[window] }
        }
      }
      if isEmpty { product.update(repeating: 1, count: windows) }
    }

    /// Adds the term, times its coefficients, to the outputs of every filter.
    @inline(__always)
    func add(_ term: FoldedCircuit.Term, _ owner: FoldedWindows, to target: UnsafeMutablePointer<Scalar>) {
      let (product, windows, outputs) = (product, windows, owner.circuit.outputCount)
      for filter in 0..<owner.filters {
        for output in term.outputs {
          let factor = owner.coefficients[filter][term.place * outputs + output]
          let row = target + (filter * outputs + output) * windows
          for window in 0..<windows { row[window] += factor * product[window] }
        }
      }
    }

    /// Adds the cotangents of a term's coefficients, and makes `weight` the term's own.
    @inline(__always)
    func collect(
      _ term: FoldedCircuit.Term, _ cotangent: UnsafePointer<Scalar>, _ owner: FoldedWindows,
      into sums: UnsafeMutablePointer<Double>
    ) {
      let (product, weight, windows, outputs) = (product, weight, windows, owner.circuit.outputCount)
      weight.update(repeating: 0, count: windows)
      for filter in 0..<owner.filters {
        for output in term.outputs {
          let place = term.place * outputs + output
          let row = cotangent + (filter * outputs + output) * windows
          let factor = owner.coefficients[filter][place]
          var sum: Scalar = 0
          for window in 0..<windows {
            sum += product[window] * row[window]
            weight[window] += factor * row[window]
          }
          sums[filter * owner.coefficients[filter].count + place] += Double(sum)
        }
      }
    }

    /// Adds the cotangents of the features in a term, factor by factor.
    @inline(__always)
    func spread(_ factors: [FoldedCircuit.Factor]) {
      let (product, weight, windows) = (product, weight, windows)
      for (number, factor) in factors.enumerated() {
        multiply(factors, without: number)
        let target = slopes + factor.feature * windows
        let row = (factor.isSine ? cosines : sines) + factor.feature * windows
        let sign: Scalar = factor.isSine ? 1 : -1
        for window in 0..<windows { target[window] += sign * weight[window] * product[window] * row[window] }
      }
    }

    /// Adds the cotangents of the features to those of their pixels, and forgets them.
    @inline(__always)
    func scatter(_ owner: FoldedWindows, into target: UnsafeMutablePointer<Scalar>) {
      for (place, pixel) in owner.pixels.enumerated() where pixel < owner.inputCount { target[pixel] += slopes[place] }
      slopes.update(repeating: 0, count: owner.pixels.count)
    }
  }
}
