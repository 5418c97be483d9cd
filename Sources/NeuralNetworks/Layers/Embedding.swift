import Randomness

/// A trained vector for each symbol of a vocabulary.
///
/// - Shape: `[samples, ...]` of whole numbers in `0..<vocabulary` -> `[samples, ..., dimension]`; table
///   `[vocabulary, dimension]`.
public struct Embedding<Scalar: TensorScalar>: Layer {
  /// Shape `[vocabulary, dimension]`.
  public var table: Tensor<Scalar>

  /// A layer of a given table.
  public init(table: Tensor<Scalar>) {
    precondition(table.shape.count == 2, "Embedding: expected table shape [vocabulary, dimension], found \(table.shape)")
    self.table = table
  }

  /// A layer of fresh vectors, standard normal.
  public init(
    vocabulary: Int, dimension: Int, initializer: Initializer = .normal(standardDeviation: 1), random: inout RandomSource
  ) {
    precondition(vocabulary > 0 && dimension > 0, "Embedding: vocabulary \(vocabulary) and dimension \(dimension) must be positive")
    self.init(
      table: initializer.tensor(shape: [vocabulary, dimension], fanIn: vocabulary, fanOut: dimension, random: &random))
  }

  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape + [table.shape[1]] }

  /// - Throws: `NetworkError.data` for an input that is no symbol, naming the sample.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    requireInput(input.shape)
    let length = input.value.rowLength
    let indices = try input.value.scalars.enumerated().map { position, symbol in
      guard let index = Int(exactly: symbol), (0..<table.shape[0]).contains(index) else {
        throw NetworkError.data(
          "Embedding: sample \(position / length) of the batch holds \(symbol), expected a whole number in 0..<\(table.shape[0])",
          remedy: "Number the symbols from 0 or enlarge the vocabulary")
      }
      return index
    }
    return pass.parameter("table", table).gathered(indices).reshaped(to: input.shape + [table.shape[1]])
  }

  public mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows { try visit("table", .parameter, &table) }
}
