import LinearAlgebra

/// Projects samples on the directions in which the training samples vary most.
///
/// With mean `m` and covariance `C = sum (x - m)(x - m)^T / (samples - 1)`, component `j` of a sample is `v_j · (x - m)`, where
/// `v_j` is the unit eigenvector of `C` with the j-th largest eigenvalue. The entry of largest magnitude of every `v_j` is
/// positive, so that the projection does not depend on the sign an eigensolver happens to choose.
public struct PrincipalComponents: FeatureTransform, Hashable, Codable {
  /// How many components a sample is projected on.
  public let count: Int
  /// The mean training sample.
  public let mean: [Float]
  /// - Shape: components x features, row-major.
  public let directions: [Float]
  /// The share of the training set's variance that lies along each component, descending.
  public let explainedVariance: [Double]

  /// - Parameter count: 1 to the number of features.
  /// - Throws: `DatasetError.unsupported` where there are fewer features or only one sample.
  /// - Complexity: O(samples · features² + features³).
  public init(fitting training: TrainingSet, count: Int) throws(DatasetError) {
    let size = training.sampleSize
    guard count >= 1, count <= size, training.count >= 2 else {
      throw .unsupported(
        path: training.name, found: "\(count) principal components asked of \(training.count) samples with \(size) features",
        advice: "Ask for 1 to \(size) of at least 2 samples.")
    }
    let mean = Standardizer(fitting: training).means
    let eigen = Self.eigen(of: Self.covariance(of: training, mean: mean))
    let total = eigen.values.reduce(0) { $0 + max(0, $1) }
    // Eigenvalues come in ascending order.
    let chosen = (1...count).map { size - $0 }
    self.count = count
    self.mean = mean
    explainedVariance = chosen.map { total > 0 ? max(0, eigen.values[$0]) / total : 0 }
    directions = chosen.flatMap { column -> [Float] in
      let vector = eigen.vectors.column(column)
      let largest = vector.max { abs($0) < abs($1) }!
      return vector.map { Float(largest < 0 ? -$0 : $0) }
    }
  }

  public func outputShape(for sampleShape: [Int]) -> [Int] { [count] }

  public func transforming(_ features: [Float], sampleShape: [Int]) -> [Float] {
    let size = mean.count
    requireSize(size, sampleShape, of: "PrincipalComponents")
    let samples = features.count / size
    let centred = features.enumerated().map { index, value in value - mean[index % size] }
    var result = [Float](repeating: 0, count: samples * count)
    result.withUnsafeMutableBufferPointer { target in
      guard let c = target.baseAddress else { return }
      BLAS.gemm(transposeB: true, m: samples, n: count, k: size, a: centred, lda: size, b: directions, ldb: size, c: c, ldc: count)
    }
    return result
  }

  /// The mean squared error of samples' numbers when they are put together again from their components: no linear compression to as
  /// many numbers has a smaller one on the training samples.
  ///
  /// `(||x - m||² - ||z||²) / features`, averaged over samples, z being the components of x.
  public func reconstructionError<Role>(of samples: SampleSet<Role>) -> Double {
    let (size, z) = (mean.count, transforming(samples.features, sampleShape: samples.sampleShape))
    func squares(_ values: some Sequence<Float>) -> Double { values.reduce(0) { $0 + Double($1) * Double($1) } }
    let whole = squares(samples.features.enumerated().lazy.map { index, value in value - mean[index % size] })
    return max(0, whole - squares(z)) / Double(samples.features.count)
  }

  /// A covariance matrix is finite and symmetric, so the solver has no reason to refuse it.
  private static func eigen(of covariance: RealMatrix) -> HermitianEigen<Double> {
    do { return try covariance.symmetricEigen() } catch { preconditionFailure("PrincipalComponents: \(error)") }
  }

  /// The covariance matrix, summed over blocks of samples so that only a block is held in double precision.
  private static func covariance(of training: TrainingSet, mean: [Float]) -> RealMatrix {
    let (size, samples, block) = (mean.count, training.count, 1024)
    var sum = [Double](repeating: 0, count: size * size)
    for first in stride(from: 0, to: samples, by: block) {
      let rows = min(block, samples - first)
      let centred = training.features[first * size..<(first + rows) * size].enumerated()
        .map { index, value in Double(value) - Double(mean[index % size]) }
      sum.withUnsafeMutableBufferPointer { target in
        BLAS.gemm(
          transposeA: true, m: size, n: size, k: rows, alpha: 1 / Double(samples - 1), a: centred, lda: size, b: centred, ldb: size,
          beta: 1, c: target.baseAddress!, ldc: size)
      }
    }
    return RealMatrix(rows: size, columns: size, elements: sum)
  }
}
