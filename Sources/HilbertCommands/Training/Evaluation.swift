/// How a trained model does on held-out samples.
struct Evaluation: Hashable, Sendable, Codable {
  /// Mean cross-entropy in nats.
  let loss: Double
  /// Share of samples whose highest score is their class.
  let accuracy: Double
  /// `confusion[actual][predicted]`: how often each class was taken for each.
  let confusion: [[Int]]
}
