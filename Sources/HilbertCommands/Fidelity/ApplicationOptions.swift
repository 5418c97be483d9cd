import ArgumentParser
import Execution
import FidelityBenchmarks

/// Settings of `applications`.
struct ApplicationOptions: ProtocolOptions {
  static let word = ApplicationBenchmark.word
  static let abstract = "Algorithms at growing width: normalized fidelity of their outcomes, and a volumetric plot."
  static let discussion = """
    Applications: \(Application.allCases.map(\.rawValue).joined(separator: ", ")). The fidelity of outcomes with ideal ones is rescaled so \
    that uniform outcomes have 0. An application is left out at widths that it does not take.
    """

  @Option(help: "Numbers of qubits, ascending, 2 to 14.")
  var qubits = IntegerList([2, 4, 6])

  @Option(help: ArgumentHelp("Only these applications, with commas between (default: all).", valueName: "names"))
  var only: String?

  @Option(help: "Circuits of each application and width.")
  var circuits = 3

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  func benchmark() throws -> any FidelityProtocol {
    let applications = try only?.split(separator: ",").map { word in
      guard let application = Application(rawValue: String(word)) else {
        let known = Application.allCases.map(\.rawValue)
        let suggestion = nearestNames(to: String(word), among: known).first.map { " (did you mean '\($0)'?)" } ?? ""
        throw ValidationError("--only: there is no application '\(word)'\(suggestion); there are \(known.joined(separator: ", "))")
      }
      return application
    }
    return try ApplicationBenchmark(
      applications: applications ?? Application.allCases, widths: qubits.values, circuitsPerWidth: circuits, shots: shots)
  }
}
