import ArgumentParser

extension Failure {
  /// The one place where an error of any room becomes a status and a message.
  ///
  /// - Returns: nil for ArgumentParser's own errors and requests for help, which it prints itself.
  init?(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as ConfigurationError: self.init(.badInput, error.description)
    default:
      let code = HilbertCommand.exitCode(for: error)
      if code == .success || code == .validationFailure { return nil }
      self.init(.fault, "\(error); this is a fault of Hilbert, please report it with the command you ran")
    }
  }
}
