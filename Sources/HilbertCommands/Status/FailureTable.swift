import ArgumentParser
import Datasets
import FidelityBenchmarks
import NeuralNetworks
import OpenQASM
import QuantumCircuits
import QuantumLearning
import Reports

extension Failure {
  /// The one place where an error of any room becomes a status and a message.
  ///
  /// - Returns: nil for ArgumentParser's own errors and requests for help, which it prints itself.
  init?(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as ConfigurationError: self.init(.badInput, error.description)
    case let error as DatasetError: self.init(ExitStatus(error.category), error.description)
    case let error as ReportError: self.init(ExitStatus(error), error.description)
    case let error as NetworkError: self.init(ExitStatus(error), error.description)
    case let error as CompilationError: self.init(.badInput, error.description)
    case let error as KernelMachineError: self.init(.badInput, error.description)
    case let error as BenchmarkError: self.init(ExitStatus(error), error.description)
    case let error as ChannelError: self.init(.badInput, error.description)
    case let error as OpenQASMError: self.init(ExitStatus(error), error.description)
    case let error as CircuitFormatError: self.init(.badInput, error.description)
    case let error as WritingError: self.init(.badInput, error.description)
    default:
      let code = HilbertCommand.exitCode(for: error)
      if code == .success || code == .validationFailure { return nil }
      self.init(.fault, "\(error); this is a fault of Hilbert, please report it with the command you ran")
    }
  }
}

extension ExitStatus {
  fileprivate init(_ category: DatasetError.Category) {
    switch category {
    case .badInput: self = .badInput
    case .readFailure: self = .cannotRead
    case .writeFailure: self = .cannotWrite
    case .notInstalled: self = .missing
    }
  }

  fileprivate init(_ error: BenchmarkError) {
    if case .settings = error { self = .usage } else { self = .badInput }
  }

  fileprivate init(_ error: OpenQASMError) {
    if case .unreadable = error.reason { self = .cannotRead } else { self = .badInput }
  }

  fileprivate init(_ error: NetworkError) {
    switch error {
    case .shape, .description, .data, .nonFinite, .checkpoint: self = .badInput
    case .unreadable: self = .cannotRead
    case .unwritable: self = .cannotWrite
    }
  }

  fileprivate init(_ error: ReportError) {
    switch error {
    case .cannotWrite: self = .cannotWrite
    case .cannotRead: self = .cannotRead
    case .gnuplotMissing: self = .missing
    case .gnuplotFailed: self = .fault
    }
  }
}
