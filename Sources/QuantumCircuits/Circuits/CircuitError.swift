/// Why an instruction does not fit into a circuit.
public struct CircuitError: Error, Sendable, Hashable {
  /// The instruction as the circuit language writes it.
  public let instruction: String
  /// The place in the program, for example `Classifier/main.swift:12`; nil when the instruction came from elsewhere.
  public let source: String?
  /// What is wrong with it.
  public let reason: Reason

  /// The ways in which an instruction can fail to fit.
  public enum Reason: Sendable, Hashable {
    case qubitOutOfRange(Int, qubitCount: Int)
    case repeatedQubit(Int)
    case wrongQubitCount(expected: Int, found: Int)
    case wrongAngleCount(names: [String], found: Int)
    case angleNotFinite(String)
    case wrongSize(of: String, expected: String, found: String, targetCount: Int)
    case notUnitary(defect: Double, tolerance: Double)
    case notPermutation(image: Int)
    case tooManyAmplitudes(found: Int, targetCount: Int)
    case qubitInUse(Int)
    case channel(ChannelError)
    case notControllable(String)
    case bitOutOfRange(Int, bitCount: Int)
    case repeatedBit(Int)
    case tooManyBits(Int)
    case wrongBitCount(qubits: Int, bits: Int)
    case noLimit(Int)
    case preparationInBlock
  }
}

extension CircuitError: CustomStringConvertible {
  public var description: String { "\(instruction)\(source.map { " at \($0)" } ?? ""): \(reason)" }
}

extension CircuitError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .qubitOutOfRange(let qubit, let count):
      "there is no qubit \(qubit) in a circuit of \(count); qubits are 0...\(count - 1)"
    case .repeatedQubit(let qubit):
      "qubit \(qubit) is named twice; controls and targets must all differ"
    case .wrongQubitCount(let expected, let found):
      "the gate acts on \(expected) qubits, got \(found)"
    case .wrongAngleCount(let names, let found):
      "the gate takes \(names.count) angles (\(names.joined(separator: ", "))), got \(found)"
    case .angleNotFinite(let angle):
      "the angle \(angle) is not a finite number; check the value that went into it"
    case .wrongSize(let what, let expected, let found, let targetCount):
      "\(what) on \(targetCount) qubits must have \(expected), got \(found)"
    case .notUnitary(let defect, let tolerance):
      "the matrix is not unitary: U†U differs from the identity by \(defect), the tolerance is \(tolerance)"
    case .notPermutation(let image):
      "the images are no permutation: \(image) is out of range or occurs twice"
    case .tooManyAmplitudes(let found, let targetCount):
      "\(found) amplitudes do not fit \(targetCount) qubits, which hold 1 to \(1 << targetCount)"
    case .qubitInUse(let qubit):
      "a state is prepared from |0...0>, but an earlier instruction acts on qubit \(qubit); prepare first"
    case .channel(let error):
      error.description
    case .notControllable(let what):
      "\(what) is no unitary gate and takes no controls"
    case .bitOutOfRange(let bit, let count):
      count == 0
        ? "there is no classical bit \(bit), the circuit has none; declare bits with Circuit(qubits:bits:) or addRegister"
        : "there is no classical bit \(bit) in a circuit of \(count); bits are 0...\(count - 1)"
    case .repeatedBit(let bit):
      "bit \(bit) is named twice; each outcome needs a bit of its own"
    case .tooManyBits(let count):
      "\(count) bits are read as one number, which holds \(ClassicalExpression.mostBits); read parts of them "
        + "(ClassicalExpression.bits), and join conditions with && or ||"
    case .wrongBitCount(let qubits, let bits):
      "\(qubits) qubits are measured into \(bits) bits; give one bit for each qubit"
    case .noLimit(let limit):
      "a loop of at most \(limit) rounds does nothing; the limit is at least 1"
    case .preparationInBlock:
      "a state preparation cannot stand in a block; prepare before the first condition"
    }
  }
}
