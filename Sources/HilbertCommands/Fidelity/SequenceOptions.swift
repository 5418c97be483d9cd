import ArgumentParser

/// What the settings of a protocol that makes circuits longer and longer begin with, and how its help names them.
protocol RepeatDefaults {
  /// The name of the option for lengths: `lengths` of elements or `depths` of layers.
  static var lengthName: String { get }
  /// What they are numbers of.
  static var lengthHelp: String { get }
  static var lengths: [Int] { get }
  static var circuits: Int { get }
  static var shots: Int { get }
}

extension RepeatDefaults {
  static var lengthName: String { "depths" }
  static var circuits: Int { 20 }
  static var shots: Int { 500 }
}

/// Lengths, circuits and shots.
struct RepeatOptions<Owner: RepeatDefaults>: ParsableArguments {
  @Option(name: .customLong(Owner.lengthName), help: "Numbers of \(Owner.lengthHelp).")
  var lengths = IntegerList(Owner.lengths)

  @Option(help: "Circuits of each.")
  var circuits = Owner.circuits

  @Option(help: "Times that each circuit is run.")
  var shots = Owner.shots
}

/// The same on the first so many qubits.
protocol SequenceDefaults: RepeatDefaults {
  /// The help of `--qubits`.
  static var qubitHelp: String { get }
  static var qubits: Int { get }
}

/// Qubits, lengths, circuits and shots.
struct SequenceOptions<Owner: SequenceDefaults>: ParsableArguments {
  @Option(help: "\(Owner.qubitHelp)")
  var qubits = Owner.qubits

  @OptionGroup var repeats: RepeatOptions<Owner>
}

/// Protocols that run on the first qubits, or on groups of any.
protocol GroupDefaults {
  /// How many qubits a group may have.
  static var groupRange: ClosedRange<Int> { get }
  static var qubits: Int { get }
}

/// One group of the first qubits, or several groups at the same time.
struct GroupOptions<Owner: GroupDefaults>: ParsableArguments {
  @Option(help: "Number of qubits, \(Owner.groupRange.lowerBound) to \(Owner.groupRange.upperBound) (default: \(Owner.qubits)).")
  var qubits: Int?

  @Option(help: ArgumentHelp("A group of qubits, such as 0,1; repeat for groups at the same time.", valueName: "list"))
  var on: [IntegerList] = []

  func validate() throws {
    guard qubits == nil || on.isEmpty else {
      throw ValidationError("give --qubits for the first qubits or --on for others, not both")
    }
  }

  var values: [[Int]] { on.isEmpty ? [Array(0..<max(0, qubits ?? Owner.qubits))] : on.map(\.values) }
}
