import Execution

/// What can go wrong with a network for reasons outside the program: its description, its data, its files.
public enum NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A layer cannot take inputs of this shape.
  case shape(ShapeMismatch)
  /// A description of a layer, optimizer or schedule that cannot be built.
  case description(String, remedy: String)
  /// Samples and targets that do not fit each other or the network.
  case data(String, remedy: String)
  /// Training met NaN or infinity.
  case nonFinite(quantity: String, epoch: Int, step: Int, origin: String?)
  /// A file that the operating system would not read, with its reason.
  case unreadable(FileFailure)
  /// A file that the operating system would not write, with its reason; what was there before is still there.
  case unwritable(FileFailure)
  /// A checkpoint file whose contents are damaged or belong to another run.
  case checkpoint(path: String, problem: String, remedy: String)

  public var description: String {
    switch self {
    case .shape(let mismatch): return "\(mismatch.description). Change the layer's sizes or the layer before it."
    case .description(let problem, let remedy), .data(let problem, let remedy): return "\(problem). \(remedy)."
    case .nonFinite(let quantity, let epoch, let step, let origin):
      let place = origin.map { ", first seen in \($0)" } ?? ""
      return "The \(quantity) became NaN or infinite in epoch \(epoch), step \(step)\(place). "
        + "Lower the learning rate, clip gradients, or check the inputs' scale; the last checkpoint is from before."
    case .unreadable(let failure): return "\(failure.path): The file cannot be read: \(failure.reason). \(failure.advice)"
    case .unwritable(let failure): return "\(failure.path): The file cannot be written: \(failure.reason). \(failure.advice)"
    case .checkpoint(let path, let problem, let remedy): return "\(path): \(problem). \(remedy)."
    }
  }
}

/// The one message about shapes: who expected what and found which.
public struct ShapeMismatch: Hashable, Sendable, CustomStringConvertible {
  /// Who complains.
  public let layer: String
  /// The expected shape in words, such as `[samples, 784]`.
  public let expected: String
  /// The shape that came instead, such as `[samples, 100]`.
  public let found: String

  /// A mismatch of shapes in words.
  public init(layer: String, expected: String, found: String) {
    (self.layer, self.expected, self.found) = (layer, expected, found)
  }

  /// - Parameter found: The shape of one sample; the message shows it with the batch axis in front.
  public init(layer: String, expected: String, foundSample: [Int]) {
    self.init(layer: layer, expected: expected, found: "[\((["samples"] + foundSample.map { "\($0)" }).joined(separator: ", "))]")
  }

  public var description: String { "\(layer): expected shape \(expected), found \(found)" }
}
