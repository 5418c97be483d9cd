import QuantumStates

/// What running a circuit with shots gave: the classical bits of every shot.
///
/// ```swift
/// let result = try circuit.run(shots: 1000, using: &source)
/// result.counts["01"]                  // of all bits, first bit rightmost
/// result.marginal("syndrome").ranked   // of one register
/// result.memory(ofShot: 17)
/// ```
public struct ShotResult: Sendable {
  /// The bits of a shot, in the order of declaration.
  public let registers: [ClassicalRegister]
  /// How many shots were run.
  public let shots: Int
  /// How they were run.
  public let method: ShotMethod
  /// What the circuit's snapshots recorded, by their labels; several at one label in the order of the circuit.
  public let snapshots: [String: [SnapshotRecord]]
  private let rows: BitRows

  init(
    registers: [ClassicalRegister], shots: Int, method: ShotMethod, rows: BitRows, snapshots: [String: [SnapshotRecord]] = [:]
  ) {
    self.registers = registers
    self.shots = shots
    self.method = method
    self.rows = rows
    self.snapshots = snapshots
  }

  /// How many bits a shot has.
  public var bitCount: Int { rows.bitCount }

  /// The value of one bit after a shot.
  public func bit(_ bit: ClassicalBit, ofShot shot: Int) -> Bool {
    precondition(0..<bitCount ~= bit.index && 0..<shots ~= shot, "ShotResult: no bit \(bit.index) of shot \(shot)")
    return rows[shot, bit.index]
  }

  /// All bits after a shot; at most 62, take `memory(of:ofShot:)` for more.
  public func memory(ofShot shot: Int) -> BitString { memory(of: Array(0..<bitCount), ofShot: shot) }

  /// The bits of a register after a shot.
  public func memory(of register: String, ofShot shot: Int) -> BitString { memory(of: bits(of: register), ofShot: shot) }

  /// Some bits after a shot; bit j of the result is bit `bits[j]` of the circuit.
  public func memory(of bits: [Int], ofShot shot: Int) -> BitString {
    precondition(
      0..<shots ~= shot && bits.count <= 62 && bits.allSatisfy((0..<bitCount).contains),
      "ShotResult: bits \(bits) of shot \(shot); there are \(bitCount) bits, \(shots) shots, and at most 62 bits at once")
    return BitString(rows.value(shot, bits), width: bits.count)
  }

  /// How often each value of all bits occurred; at most 62 bits, take `marginal` for more.
  public var counts: OutcomeCounts { marginal(of: Array(0..<bitCount)) }

  /// How often each value of a register occurred, whatever the other bits were.
  public func marginal(_ register: String) -> OutcomeCounts { marginal(of: bits(of: register)) }

  /// How often each value of some bits occurred, whatever the others were; bit j of an outcome is bit `bits[j]` of the circuit.
  public func marginal(of bits: [Int]) -> OutcomeCounts {
    precondition(
      bits.count <= 62 && bits.allSatisfy((0..<bitCount).contains),
      "ShotResult: counts of bits \(bits); there are \(bitCount), and at most 62 can be counted at once")
    return OutcomeCounts((0..<shots).lazy.map { rows.value($0, bits) }, width: bits.count)
  }

  private func bits(of name: String) -> [Int] {
    guard let register = registers.first(where: { $0.name == name }) else {
      preconditionFailure("ShotResult: no register \(name); there are \(registers.map(\.name))")
    }
    return Array(register.bits)
  }
}

/// How shots are run.
public enum ShotMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// The cheapest of the others, by an estimate.
  case automatic
  /// One state, all shots drawn from it: where measurements stand at the end only.
  case sampling
  /// A state for every history of outcomes that some shot has.
  case branching
  /// Every shot by itself: small states side by side in batches, channels by quantum jumps.
  case trajectories
}

/// A mean over shots or trajectories with its standard error.
public struct Estimate: Sendable, Hashable, Codable {
  /// The mean.
  public let value: Double
  /// The standard deviation of `value`; 0 where it is exact, infinite for a single shot.
  public let standardError: Double

  public init(_ value: Double, standardError: Double) {
    self.value = value
    self.standardError = standardError
  }

  /// The mean of `count` values with the given sum and sum of squares.
  init(count: Int, sum: Double, squares: Double) {
    let mean = sum / Double(count)
    let variance = max(0, squares / Double(count) - mean * mean)
    self.init(mean, standardError: count > 1 ? (variance / Double(count - 1)).squareRoot() : .infinity)
  }
}

/// What a snapshot recorded, averaged over the shots that came by.
public struct SnapshotRecord: Sendable, Hashable {
  /// How many shots came by.
  public let shots: Int
  /// The expectation value alone, or the probabilities of all values of the qubits.
  public let values: [Estimate]
}
