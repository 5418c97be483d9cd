import LinearAlgebra
import QuantumStates

/// What running a circuit by one method would take, or why it cannot be run so.
public struct MethodCost: Sendable, Hashable, CustomStringConvertible {
  /// The method.
  public let method: SimulationMethod
  /// Seconds a sample, from counts of operations at the speed of one machine: for comparing methods, not for planning. Infinite
  /// where the method cannot be used.
  public let seconds: Double
  /// Bytes of one state.
  public let bytes: Double
  /// Why the method cannot be used, or is not taken unasked; nil where it can.
  public let exclusion: String?

  public var description: String {
    exclusion.map { "\(method.rawValue): \($0)" } ?? "\(method.rawValue): about \(seconds) s a sample, \(bytes) bytes a state"
  }
}

/// Compares the methods for a circuit with its noise. The counts depend on the circuit alone, so that the choice does too.
struct MethodCosts {
  private let circuit: Circuit
  private let observables: [PauliSum]
  private let sampling: ExpectationSampling
  private let precision: Precision

  /// Multiplications and additions a second, measured on one core with AVX2 in double precision: on Pauli components, and on
  /// amplitudes (a complex product counts four).
  private static let componentRate = 3e9
  private static let amplitudeRate = 8e9
  /// Seconds to prepare a circuit, whatever it is.
  private static let overhead = 2e-5

  init(_ circuit: Circuit, observables: [PauliSum], sampling: ExpectationSampling, precision: Precision) {
    self.circuit = circuit
    self.observables = observables
    self.sampling = sampling
    self.precision = precision
  }

  /// Of every method but `automatic`.
  func all(allowingTwirling: Bool) -> [MethodCost] {
    [stateVector, densityMatrix, trajectories, pauliTwirled(allowed: allowingTwirling)]
  }

  /// Settings of the measurement, each run by itself.
  private var groups: Double {
    guard sampling.shots != nil else { return 1 }
    return Double(observables.reduce(0) { $0 + $1.measurementGroups(.qubitWise, qubits: circuit.qubitCount).count })
  }

  private func excluded(_ method: SimulationMethod, _ reason: String, bytes: Double = 0) -> MethodCost {
    MethodCost(
      method: method, seconds: .infinity, bytes: bytes, exclusion: reason.hasSuffix(".") ? String(reason.dropLast()) : reason)
  }

  private func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }
  private var amplitudeBytes: Double { power(circuit.qubitCount) * Double(precision.bytesPerAmplitude) }

  private var stateVector: MethodCost {
    do throws(CompilationError) {
      try CompilationError.checkIsPure(circuit, for: "A state vector")
    } catch {
      return excluded(.stateVector, "\(error)", bytes: amplitudeBytes)
    }
    let seconds = amplitudeWork / Self.amplitudeRate + Self.overhead
    return MethodCost(method: .stateVector, seconds: groups * seconds, bytes: amplitudeBytes, exclusion: nil)
  }

  private var densityMatrix: MethodCost {
    let bytes = power(2 * circuit.qubitCount) * Double(precision.bytesPerAmplitude / 2)
    guard circuit.qubitCount <= 20 else {
      return excluded(.densityMatrix, "4^\(circuit.qubitCount) numbers do not fit in memory", bytes: bytes)
    }
    do throws(CompilationError) {
      let layout = ComponentLayout(qubitCount: circuit.qubitCount, precision: precision)
      do { try layout.check(copies: 1, purpose: "A density matrix of \(circuit.qubitCount) qubits") } catch { throw .state(error) }
      let work = try TransferLowering(circuit).steps.reduce(0.0) { sum, step in
        sum + Double(step.pattern.count { $0 }) * power(2 * (circuit.qubitCount - step.qubits.count))
      }
      let seconds = (work + power(2 * circuit.qubitCount)) / Self.componentRate + Self.overhead
      return MethodCost(method: .densityMatrix, seconds: groups * seconds, bytes: bytes, exclusion: nil)
    } catch {
      return excluded(.densityMatrix, "\(error)", bytes: bytes)
    }
  }

  private var trajectories: MethodCost {
    // A look at the state takes as long as an operation, and about one draw in a hundred needs it.
    let looks = Double(circuit.instructions.count { $0.isChannel }) * 0.01 * 16 * power(circuit.qubitCount)
    let each = (amplitudeWork + looks) / Self.amplitudeRate
    let observed = sampling.shots == nil ? observables.reduce(0) { $0 + Double($1.terms.count) } * 4 * power(circuit.qubitCount) : 0
    let draws = Double(sampling.draws) * Double(sampling.shots == nil ? 1 : observables.count)
    let seconds = draws * (each + observed / Self.amplitudeRate) + Self.overhead * groups
    return MethodCost(method: .trajectories, seconds: seconds, bytes: amplitudeBytes, exclusion: nil)
  }

  private func pauliTwirled(allowed: Bool) -> MethodCost {
    guard allowed else {
      return excluded(.pauliTwirled, "it changes the noise, and is taken only where that is allowed", bytes: amplitudeBytes)
    }
    return MethodCost(
      method: .pauliTwirled, seconds: trajectories.seconds * 0.9, bytes: amplitudeBytes,
      exclusion: circuit.isNoisy ? nil : "the circuit has no noise")
  }

  /// Multiplications and additions of one run on amplitudes: what happens to one or two qubits between operations with others is
  /// one matrix.
  private var amplitudeWork: Double {
    var blocks = 0.0
    var owner: [Int: Set<Int>] = [:]
    func count(_ instruction: Instruction) {
      if !instruction.blocks.isEmpty { return instruction.blocks.joined().forEach(count) }
      let qubits = Set(instruction.qubits)
      guard instruction.actsOnState, !qubits.isEmpty else { return }
      if let open = owner[qubits.first!], qubits.isSubset(of: open), qubits.allSatisfy({ owner[$0] == open }) { return }
      // One-qubit blocks join the wider one that comes next.
      if qubits.count > 1 || owner[qubits.first!] != nil { blocks += 4 * power(min(qubits.count, 4)) }
      for qubit in qubits { owner[qubit] = qubits }
    }
    circuit.instructions.forEach(count)
    return (blocks + 8 * Double(circuit.qubitCount)) * power(circuit.qubitCount)
  }
}
