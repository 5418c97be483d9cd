import ArgumentParser
import Execution
import FidelityBenchmarks
import QuantumCircuits

/// The options of one protocol; `benchmark fidelity` and `benchmark fidelity export` have a command for each.
protocol ProtocolOptions: ParsableArguments, Sendable {
  /// The command's name.
  static var word: String { get }
  static var abstract: String { get }
  static var discussion: String { get }
  /// The protocol with these settings.
  func benchmark() throws -> any FidelityProtocol
}

/// Whole numbers with commas between, such as 1,4,8.
struct IntegerList: ExpressibleByArgument, Sendable {
  let values: [Int]

  init(_ values: [Int]) { self.values = values }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard !parts.isEmpty, parts.allSatisfy({ $0 != nil }) else { return nil }
    values = parts.map { $0! }
  }

  var defaultValueDescription: String { values.map(String.init).joined(separator: ",") }
}

extension Gate {
  /// The gate of an OpenQASM name, or what to take instead.
  init(option name: String, _ word: String) throws {
    guard let gate = Gate(rawValue: word) else {
      let suggestion = nearestNames(to: word, among: Gate.allCases.map(\.rawValue)).first.map { ", did you mean '\($0)'?" } ?? ""
      throw ValidationError("\(name): there is no gate '\(word)'\(suggestion)")
    }
    self = gate
  }
}
