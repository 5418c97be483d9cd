import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates

/// One rule of a noise file: which operations it is for, and the channel or the over-rotation that it adds.
struct NoiseRuleDescription {
  let rule: NoiseRule

  private static let keys = [
    "name", "on", "except", "gates", "qubits", "exactly", "ordered", "neighbors", "channel", "overRotation", "paulis", "lindblad",
    "kraus",
  ]
  /// The keys of what a rule adds; each has exactly one.
  private static let effects = ["channel", "overRotation", "paulis", "lindblad", "kraus"]

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    // The strengths' names depend on the channel, so that is read first.
    let named = try node.entries().first { $0.key.scalar == "channel" }?.value
    let kind = try named?.choice(ChannelKind.self)
    let isWide = kind.map { $0.row.qubitCount == nil } ?? false
    let section = try node.section(known: Self.keys + (kind?.row.strengths.map(\.name) ?? []) + (isWide ? ["width"] : []))
    let given = Self.effects.filter { section[$0] != nil }
    guard given.count == 1 else {
      throw node.error(
        given.isEmpty ? "a rule lacks what it adds" : "a rule adds one thing, found \(given.joined(separator: ", "))",
        advice:
          "write channel: NAME with its strengths, paulis: {X0 X1: 0.01}, lindblad: {Z0: 0.01}, kraus: [...], or overRotation: 0.01"
      )
    }
    let exact = try Self.numbers(section["exactly"])
    if let ordered = section["ordered"], exact == nil {
      throw ordered.error("'ordered' says whether the order of 'exactly' counts, which is missing", advice: "write exactly: [0, 1]")
    }
    let classes: Set<GateClass> = try Self.words(section["on"])
    let gates: Set<Gate> = try Self.words(section["gates"])
    if let exact, let node = section["exactly"], !gates.isEmpty || classes == [.twoQubit] || classes == [.oneQubit],
      let widths = Self.widths(of: classes, gates), !widths.contains(exact.count)
    {
      let own = widths.sorted().map { "\($0)" }.joined(separator: " or ")
      throw node.error(
        "'exactly' names \(exact.count) \(exact.count == 1 ? "qubit" : "qubits"), and the rule's operations have \(own)",
        advice: "name as many, or write qubits: \(exact) for operations among those")
    }
    let neighbors = try section["neighbors"].map { node throws(ConfigurationError) in try Self.neighbors(node) }
    let effect: NoiseRule.Effect
    if let fraction = section["overRotation"] {
      if let node = section["neighbors"] {
        throw node.error("an over-rotation turns the gate's own qubits", advice: "leave 'neighbors' out, or add a channel to them")
      }
      effect = .overRotation(Angle(try fraction.number(above: -1, orEqual: true, upTo: 1)))
    } else if let list = section["paulis"] ?? section["lindblad"] {
      let (channel, places) = try Self.words(list, areRates: section["paulis"] == nil, ofPair: neighbors != nil)
      effect = if let neighbors { .crosstalk(channel, neighbors: neighbors) } else { .placed(channel, places: places) }
    } else {
      let channel: Channel
      if let kind {
        let widths: Set<Int>? =
          if neighbors != nil { nil } else if let exact { [exact.count] } else { Self.widths(of: classes, gates) }
        let width = try isWide ? Self.width(section["width"], of: widths, node) : 1
        channel = try Self.channel(kind, section, node, qubitCount: width)
      } else {
        channel = try Self.kraus(section["kraus"]!)
      }
      effect = if let neighbors { .crosstalk(channel, neighbors: neighbors) } else { .channel(channel) }
    }
    rule = NoiseRule(
      try section["name"]?.string() ?? kind?.rawValue ?? (given[0] == "overRotation" ? "over-rotation" : given[0]),
      classes: classes,
      except: try Self.words(section["except"]), gates: gates,
      qubits: try Self.numbers(section["qubits"]).map { Set($0) }, exactQubits: exact,
      isOrdered: try section["ordered"]?.boolean() ?? false, effect: effect)
  }

  private static func words<Word: RawRepresentable & CaseIterable & Hashable>(
    _ node: ConfigurationNode?
  ) throws(ConfigurationError) -> Set<Word> where Word.RawValue == String {
    var result: Set<Word> = []
    for word in try node?.list() ?? [] {
      result.insert(try word.choice(Word.self, otherNames: CommonGateNames.all.mapValues(\.rawValue)))
    }
    return result
  }

  private static func numbers(_ node: ConfigurationNode?) throws(ConfigurationError) -> [Int]? {
    guard let list = try node?.list() else { return nil }
    var result: [Int] = []
    for entry in list { result.append(try entry.integer(in: 0...63)) }
    return result
  }

  // MARK: - Channels

  private static func channel(
    _ kind: ChannelKind, _ section: [String: ConfigurationNode], _ node: ConfigurationNode, qubitCount: Int
  ) throws(ConfigurationError) -> Channel {
    var values: [Angle] = []
    for strength in kind.row.strengths {
      guard let value = section[strength.name] else {
        throw node.error(
          "the channel '\(kind.rawValue)' lacks '\(strength.name)'",
          advice: "its strengths: \(kind.row.strengths.map(\.name).joined(separator: ", "))")
      }
      let range = strength.range
      values.append(Angle(try value.number(above: range.lowerBound, orEqual: true, upTo: range.upperBound)))
    }
    return Channel(kind, values, qubitCount: qubitCount)
  }

  /// How many qubits the operations of a rule have; nil where it is for operations of any number.
  private static func widths(of classes: Set<GateClass>, _ gates: Set<Gate>) -> Set<Int>? {
    if !gates.isEmpty { return Set(gates.map(\.qubitCount)) }
    if classes.isEmpty || classes.contains(.manyQubit) { return nil }
    // Measurements and resets of several qubits are so many of one.
    return Set(classes.map { $0 == .twoQubit ? 2 : 1 })
  }

  /// On how many qubits together a channel acts that has a form for every number: what 'width' says, else what the operations have.
  ///
  /// - Parameter widths: of the operations; nil where they differ, and for neighbours.
  private static func width(
    _ given: ConfigurationNode?, of widths: Set<Int>?, _ node: ConfigurationNode
  ) throws(ConfigurationError) -> Int {
    let (own, range) = (widths?.count == 1 ? widths!.first! : nil, 1...4)
    guard let given else {
      if let own, range ~= own { return own }
      throw node.error(
        "the channel has a form for each qubit by itself and for several together, and the rule does not say which",
        advice: "write width: 1 for each qubit by itself (each neighbour), or width: 2, 3 or 4 for all of so many together")
    }
    let width = try given.integer(in: range)
    if let own, width != 1, width != own {
      throw given.error("the rule's operations have \(own) qubits", advice: "write width: 1 or width: \(own)")
    }
    return width
  }

  /// Words on the operation's own qubits, `X0` being on the first of them, with a number of at least 0 each.
  private static func terms(
    _ node: ConfigurationNode, upTo limit: Double
  ) throws(ConfigurationError) -> [(word: PauliWord, value: Double)] {
    var terms: [(word: PauliWord, value: Double)] = []
    for (key, value) in try node.entries() {
      let advice = "write products such as X0 Z1, 0 being the operation's first qubit, at most four qubits"
      let sum: PauliSum
      do { sum = try PauliSum(key.scalar ?? "") } catch { throw key.error("\(error)", advice: advice) }
      guard sum.terms.count == 1, let term = sum.terms.first, term.coefficient == 1, !term.word.isIdentity,
        term.word.weight <= 4,
        !terms.contains(where: { $0.word == term.word })
      else { throw key.error("'\(key.scalar ?? "")' is no new Pauli word", advice: advice) }
      terms.append((term.word, try value.number(above: 0, orEqual: true, upTo: limit)))
    }
    guard !terms.isEmpty else { throw node.error("the list of words is empty", advice: "write for example {X0 X1: 0.01}") }
    return terms
  }

  /// The channel of some words, and on which of the operation's qubits it acts: once, on those that the words name.
  ///
  /// - Parameter ofPair: whether the words are on a qubit (0) and its neighbour (1), or on the neighbour alone.
  private static func words(
    _ node: ConfigurationNode, areRates: Bool, ofPair: Bool
  ) throws(ConfigurationError) -> (channel: Channel, places: [Int]) {
    let terms = try terms(node, upTo: areRates ? .infinity : 1)
    let places = ofPair ? Array(0..<terms.map(\.word.qubitCount).max()!) : Set(terms.flatMap(\.word.qubits)).sorted()
    guard places.count <= (ofPair ? 2 : 4) else {
      throw node.error(
        "the words name \(places.count) qubits",
        advice: ofPair ? "name 0, the operation's qubit, and 1, its neighbour" : "split them into rules of at most four qubits")
    }
    // The channel's own qubits are the places in ascending order.
    let local = terms.map { term in
      (PauliWord(term.word.factors.map { PauliFactor($0.pauli, places.firstIndex(of: $0.qubit)!) }), Angle(term.value))
    }
    if areRates { return (.pauliLindblad(local.map { (word: $0, rate: $1) }, qubitCount: places.count), places) }
    let sum = terms.reduce(0) { $0 + $1.value }
    guard sum <= 1 else { throw node.error("the probabilities add up to \(sum), at most 1", advice: "the rest is no error") }
    return (.paulis(local.map { (word: $0, probability: $1) }, qubitCount: places.count), places)
  }

  /// A list of matrices; an entry is a number or a pair [real, imaginary].
  private static func kraus(_ node: ConfigurationNode) throws(ConfigurationError) -> Channel {
    var operators: [ComplexMatrix] = []
    for matrix in try node.list() {
      var rows: [[Complex<Double>]] = []
      for row in try matrix.list() {
        var entries: [Complex<Double>] = []
        for entry in try row.list() { entries.append(try complex(entry)) }
        rows.append(entries)
      }
      guard let width = rows.first?.count, width > 0, rows.allSatisfy({ $0.count == width }) else {
        throw matrix.error("the rows of an operator are of one length", advice: "write for example [[1, 0], [0, [0, 1]]]")
      }
      operators.append(ComplexMatrix(rows))
    }
    do { return try Channel(kraus: operators) } catch {
      throw node.error("\(error)", advice: "operators of 2^k rows whose Σ K†K is the identity")
    }
  }

  private static func complex(_ node: ConfigurationNode) throws(ConfigurationError) -> Complex<Double> {
    if node.scalar != nil { return Complex(try node.number(above: -.greatestFiniteMagnitude)) }
    let parts = try node.list()
    guard parts.count == 2 else { throw node.error("a complex number is a pair", advice: "write [real, imaginary]") }
    return Complex(
      try parts[0].number(above: -.greatestFiniteMagnitude), try parts[1].number(above: -.greatestFiniteMagnitude))
  }

  private static func neighbors(_ node: ConfigurationNode) throws(ConfigurationError) -> [Int: [Int]] {
    var result: [Int: [Int]] = [:]
    for pair in try node.list() {
      let ends = try pair.list()
      guard ends.count == 2 else { throw pair.error("a pair of neighbours names two qubits", advice: "write for example [0, 1]") }
      let (a, b) = (try ends[0].integer(in: 0...63), try ends[1].integer(in: 0...63))
      result[a, default: []].append(b)
      result[b, default: []].append(a)
    }
    return result
  }
}
