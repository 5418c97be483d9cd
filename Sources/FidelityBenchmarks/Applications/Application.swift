import QuantumCircuits
import Randomness

/// Algorithms in gates on one and two qubits, scaled in qubits: what a device is used for, instead of random circuits.
///
/// Each draws what it hides or prepares, so that several circuits of a width differ.
///
/// Source: Lubinski et al., "Application-oriented performance benchmarks for quantum computing", 2021, for the choice; the circuits
/// are the textbook ones.
public enum Application: String, CaseIterable, Sendable, Codable {
  case ghz
  case w
  case deutschJozsa = "deutsch-jozsa"
  case bernsteinVazirani = "bernstein-vazirani"
  case hiddenShift = "hidden-shift"
  case fourier
  case phaseEstimation = "phase-estimation"
  case adder
  case ising
  case qaoa
  case ansatz

  /// Whether there is a circuit of so many qubits.
  public func takes(qubits count: Int) -> Bool {
    switch self {
    case .hiddenShift: count >= 2 && count.isMultiple(of: 2)
    case .adder: count >= 4 && count.isMultiple(of: 2)
    default: count >= 2
    }
  }

  /// A circuit without measurements.
  ///
  /// - Parameters:
  ///   - count: a number of qubits that the application takes.
  ///   - source: draws what is hidden or prepared.
  public func circuit(qubits count: Int, using source: inout RandomSource) -> Circuit {
    precondition(takes(qubits: count), "Application: there is no \(rawValue) on \(count) qubits")
    var circuit = Circuit(qubits: count)
    switch self {
    case .ghz: circuit.append(Circuit.ghz(qubits: count).instructions)
    case .w: circuit.appendW()
    case .deutschJozsa:
      circuit.appendOracle(mask: source.integer(below: 1 << (count - 1)), isFlipped: source.integer(below: 2) == 1)
    case .bernsteinVazirani: circuit.appendOracle(mask: 1 + source.integer(below: 1 << (count - 1) - 1), isFlipped: false)
    case .hiddenShift: circuit.appendHiddenShift(source.integer(below: 1 << count))
    case .fourier: circuit.appendFourierSum(source.integer(below: 1 << count))
    case .phaseEstimation: circuit.appendPhaseEstimation(source.integer(below: 1 << (count - 1)))
    case .adder: circuit.appendAdder(source.integer(below: 1 << (count - 2)))
    case .ising: circuit.appendIsing(steps: 3)
    case .qaoa: circuit.appendMaximumCut(angles: [(0.4, 0.6), (0.8, 0.3)])
    case .ansatz:
      let parameters = (0..<Circuit.hardwareEfficientParameterCount(qubits: count, layers: 2)).map { _ in
        source.uniform(in: 0..<2 * .pi)
      }
      circuit.append(
        Circuit.hardwareEfficient(qubits: count, layers: 2, parameters: parameters.map { Angle($0) }).instructions)
    }
    return circuit
  }
}
