extension DecodingError {
  /// What a decoder did not understand, and the keys that lead there.
  package var fault: String {
    func path(_ keys: [any CodingKey]) -> String { keys.map(\.stringValue).joined(separator: ", ") }
    switch self {
    case .keyNotFound(let key, let context): return "\(path(context.codingPath + [key])) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "the text is not well formed" : "at \(path(context.codingPath))"
    @unknown default: return "the text is not well formed"
    }
  }
}
