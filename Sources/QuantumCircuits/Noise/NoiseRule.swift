import QuantumStates

/// Which operations a rule of a noise model is for, and what it adds to them.
///
/// ```swift
/// NoiseRule("two-qubit error", on: .twoQubit, .depolarizing(errorProbability: 6e-3, qubitCount: 2))
/// NoiseRule("bad pair", gates: [.cx], pair: (2, 3), .depolarizing(errorProbability: 0.05, qubitCount: 2))
/// ```
public struct NoiseRule: Sendable, Hashable {
  /// What a rule adds.
  public enum Effect: Sendable, Hashable {
    /// After the operation (before a measurement): a channel of one qubit on each of its qubits, a wider one on all of them
    /// together.
    case channel(Channel)
    /// After the operation (before a measurement): a channel on the operation's qubits at the given places, 0 being the first,
    /// once.
    case placed(Channel, places: [Int])
    /// A channel on the neighbours of the operation's qubits, those themselves left out: of one qubit on each neighbour, of two on
    /// each pair of a qubit and its neighbour.
    case crosstalk(Channel, neighbors: [Int: [Int]])
    /// Every angle of the gate is multiplied by 1 + the given fraction: a coherent error of calibration.
    case overRotation(Angle)

    /// The channel that is added; nil for over-rotations.
    public var channel: Channel? {
      switch self {
      case .channel(let channel), .placed(let channel, _), .crosstalk(let channel, _): channel
      case .overRotation: nil
      }
    }

    /// The effect with another channel.
    func mappingChannel(_ transform: (Channel) throws(ChannelError) -> Channel) throws(ChannelError) -> Effect {
      switch self {
      case .channel(let channel): .channel(try transform(channel))
      case .placed(let channel, let places): .placed(try transform(channel), places: places)
      case .crosstalk(let channel, let neighbors): .crosstalk(try transform(channel), neighbors: neighbors)
      case .overRotation: self
      }
    }
  }

  /// The name in reports.
  public var name: String
  /// The classes of operation that it is for; empty for all.
  public var classes: Set<GateClass>
  /// The classes that it is not for.
  public var except: Set<GateClass>
  /// The gates that it is for; empty for all.
  public var gates: Set<Gate>
  /// It is for operations on these qubits only; nil for any.
  public var qubits: Set<Int>?
  /// It is for operations on exactly these qubits, in this order or, where `isOrdered` is false, in any; nil for any.
  public var exactQubits: [Int]?
  /// Whether the order of `exactQubits` counts.
  public var isOrdered: Bool
  /// What it adds.
  public var effect: Effect
  /// Whether a report warns where the rule adds nothing; presets, which are for any circuit, have rules that may rest.
  public var warnsAtRest = true

  public init(
    _ name: String, classes: Set<GateClass> = [], except: Set<GateClass> = [], gates: Set<Gate> = [], qubits: Set<Int>? = nil,
    exactQubits: [Int]? = nil, isOrdered: Bool = false, effect: Effect
  ) {
    self.name = name
    self.classes = classes
    self.except = except
    self.gates = gates
    self.qubits = qubits
    self.exactQubits = exactQubits
    self.isOrdered = isOrdered
    self.effect = effect
  }

  /// A channel after every operation of a class.
  public init(_ name: String, on kind: GateClass, except: Set<GateClass> = [], _ channel: Channel) {
    self.init(name, classes: [kind], except: except, effect: .channel(channel))
  }

  /// A channel after a gate on two qubits, in either order.
  public init(_ name: String, gates: Set<Gate>, pair: (Int, Int), _ channel: Channel) {
    self.init(name, gates: gates, exactQubits: [pair.0, pair.1], effect: .channel(channel))
  }

  /// Whether the rule is for an instruction; never for what has no class.
  public func matches(_ instruction: Instruction) -> Bool {
    let kinds = instruction.gateClasses
    let places = instruction.qubits
    guard !kinds.isEmpty, classes.isEmpty || !classes.isDisjoint(with: kinds), except.isDisjoint(with: kinds) else { return false }
    if !gates.isEmpty {
      guard case .gate(let gate, _) = instruction.kind, gates.contains(gate) else { return false }
    }
    if let qubits, !qubits.isSuperset(of: places) { return false }
    if let exactQubits { return isOrdered ? places == exactQubits : places.sorted() == exactQubits.sorted() }
    return true
  }

  /// What the rule adds to an instruction that it matches, or nil where its channel does not fit the number of qubits.
  ///
  /// A rule's places are those of `Instruction.qubits`: controls first.
  func additions(to instruction: Instruction) -> [Instruction]? {
    let places = instruction.qubits
    switch effect {
    case .channel(let channel):
      if channel.qubitCount == 1 { return places.map { .channel(channel, on: $0) } }
      return channel.qubitCount == places.count ? [.channel(channel, qubits: places)] : nil
    case .placed(let channel, let own):
      guard own.allSatisfy(places.indices.contains) else { return nil }
      return [.channel(channel, qubits: own.map { places[$0] })]
    case .crosstalk(let channel, let neighbors):
      let pairs = places.flatMap { qubit in (neighbors[qubit] ?? []).filter { !places.contains($0) }.map { (qubit, $0) } }
      if channel.qubitCount == 2 { return pairs.map { .channel(channel, on: $0.0, $0.1) } }
      return channel.qubitCount == 1 ? Set(pairs.map(\.1)).sorted().map { .channel(channel, on: $0) } : nil
    case .overRotation: return []
    }
  }
}
