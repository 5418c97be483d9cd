import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What noise has done to many shots of one program: for each the Pauli product between its state and that of the reference run.
///
/// A row holds the X (or Z) bits of one qubit for all shots of a block. Gates change products without regard to signs, a
/// measurement is flipped where its qubit has X. Z on |0> and after a measurement changes nothing, so it is drawn at random there:
/// that is what makes outcomes random which the reference run has fixed.
///
/// Source: Gidney, "Stim: a fast stabilizer circuit simulator", 2021, section 3.
struct PauliFrames: ~Copyable {
  /// Words of a row; a block has 64 times as many shots, whatever the number of threads.
  static let width = 64
  static let shots = 64 * width

  private let program: FrameProgram
  /// X rows of all qubits, then Z rows.
  private let planes: BitPlanes
  /// By bit, which shots differ from the reference run.
  let flips: BitPlanes
  private let scratch: BitPlanes

  init(_ program: FrameProgram) {
    self.program = program
    planes = BitPlanes(rows: 2 * program.qubitCount, width: Self.width)
    flips = BitPlanes(rows: program.bitCount, width: Self.width)
    scratch = BitPlanes(rows: program.largestGate, width: Self.width)
  }

  /// Runs the shots of a block and leaves the flips of its bits.
  func run(_ source: inout RandomSource) {
    planes.clear()
    flips.clear()
    let (width, qubitCount) = (Self.width, program.qubitCount)
    for qubit in 0..<qubitCount { randomize(qubitCount + qubit, &source) }
    for step in program.steps {
      switch step {
      case .add(let target, let from): Words.xor(planes[target], planes[from], width)
      case .exchange(let one, let other):
        let (left, right) = (planes[one], planes[other])
        for word in 0..<width { (left[word], right[word]) = (right[word], left[word]) }
      case .linear(let targets, let sources):
        for (place, from) in sources.enumerated() {
          scratch[place].update(repeating: 0, count: width)
          for row in from { Words.xor(scratch[place], planes[row], width) }
        }
        for (place, target) in targets.enumerated() { planes[target].update(from: scratch[place], count: width) }
      case .noise(let mixture, let rows, let scale):
        forEachEvent(scale, &source) { shot, source in
          for row in rows[mixture.draw(&source)] { planes[row, shot] = !planes[row, shot] }
        }
      case .measure(let qubit, let bit):
        flips[bit].update(from: planes[qubit], count: width)
        randomize(qubitCount + qubit, &source)
      case .flip(let bit, let scale):
        forEachEvent(scale, &source) { shot, _ in flips[bit, shot] = !flips[bit, shot] }
      case .confuse(let confusion, let bits, let reference, let scale):
        forEachEvent(scale, &source) { shot, source in
          let value = bits.enumerated().reduce(reference) { flips[$1.element, shot] ? $0 ^ 1 << $1.offset : $0 }
          let flipped = confusion.draw(value, &source)
          for (place, bit) in bits.enumerated() where flipped >> place & 1 == 1 { flips[bit, shot] = !flips[bit, shot] }
        }
      case .reset(let qubit):
        planes[qubit].update(repeating: 0, count: width)
        randomize(qubitCount + qubit, &source)
      case .feedback(let rows, let bits):
        for row in rows { for bit in bits { Words.xor(planes[row], flips[bit], width) } }
      }
    }
  }

  private func randomize(_ row: Int, _ source: inout RandomSource) {
    let words = planes[row]
    for word in 0..<Self.width { words[word] = source.next() }
  }

  /// Calls the body for shots drawn independently with a probability p, ascending: gaps between them are geometric.
  ///
  /// - Parameter scale: 1 / log(1 - p).
  private func forEachEvent(_ scale: Double, _ source: inout RandomSource, _ body: (Int, inout RandomSource) -> Void) {
    var shot = -1
    while true {
      // In 1...: how far it is to the next event.
      let gap = (log(1 - source.uniform()) * scale).rounded(.down) + 1
      guard gap < Double(Self.shots - shot) else { return }
      shot += Int(gap)
      body(shot, &source)
    }
  }
}

/// A program as operations on rows of frames.
struct FrameProgram: Sendable {
  enum Step: Sendable {
    /// A row is added to another.
    case add(target: Int, from: Int)
    /// Two rows change places.
    case exchange(Int, Int)
    /// Rows become sums of rows.
    case linear(targets: [Int], sources: [[Int]])
    /// The rows that each product of a mixture flips, and 1 / log(1 - total probability).
    case noise(PauliNoise, rows: [[Int]], scale: Double)
    case measure(Int, bit: Int)
    case flip(bit: Int, scale: Double)
    /// Bits, their values in the reference run, and 1 / log(1 - largest probability of an error).
    case confuse(BitConfusion, bits: [Int], reference: Int, scale: Double)
    case reset(Int)
    case feedback(rows: [Int], bits: [Int])
  }

  let qubitCount: Int
  let bitCount: Int
  private(set) var steps: [Step] = []
  /// The most rows that a step changes at once.
  private(set) var largestGate = 0

  /// - Parameter confused: what the bits of each confusion hold in the reference run.
  init(_ program: StabilizerProgram, confused: [Int]) {
    (qubitCount, bitCount) = (program.qubitCount, program.bitCount)
    var values = confused[...]
    for operation in program.operations {
      switch operation {
      case .gate(let clifford, let qubits): add(clifford, qubits)
      case .noise(let mixture, let qubits) where mixture.total > 0:
        steps.append(
          .noise(mixture, rows: mixture.products.map { rows(of: $0, qubits) }, scale: Self.scale(mixture.total)))
      case .measure(let qubit, let bit): steps.append(.measure(qubit, bit: bit))
      case .flip(let bit, let probability) where probability > 0: steps.append(.flip(bit: bit, scale: Self.scale(probability)))
      case .confuse(let confusion, let bits):
        let reference = values.removeFirst()
        guard confusion.most > 0 else { break }
        steps.append(.confuse(confusion, bits: bits, reference: reference, scale: Self.scale(confusion.most)))
      case .reset(let qubit): steps.append(.reset(qubit))
      case .feedback(let pauli, let qubits, let bits): steps.append(.feedback(rows: rows(of: pauli, qubits), bits: bits))
      case .noise, .flip: break
      }
    }
  }

  private static func scale(_ probability: Double) -> Double { 1 / log1p(-min(probability, 1)) }

  /// X rows and Z rows of a product.
  private func rows(of pauli: SignedPauli, _ qubits: [Int]) -> [Int] {
    qubits.enumerated().flatMap { place, qubit in
      (pauli.x.has(place) ? [qubit] : []) + (pauli.z.has(place) ? [qubitCount + qubit] : [])
    }
  }

  /// Each row becomes the sum of those whose images reach it.
  private mutating func add(_ clifford: Clifford, _ qubits: [Int]) {
    var sources: [Int: [Int]] = [:]
    for (place, qubit) in qubits.enumerated() {
      for row in rows(of: clifford.x[place], qubits) { sources[row, default: []].append(qubit) }
      for row in rows(of: clifford.z[place], qubits) { sources[row, default: []].append(qubitCount + qubit) }
    }
    let changed = sources.filter { $0.value != [$0.key] }.sorted { $0.key < $1.key }
    let targets = Set(changed.map(\.key))
    if changed.allSatisfy({ row, from in from.contains(row) && targets.isDisjoint(with: from.filter { $0 != row }) }) {
      for (row, from) in changed { for other in from where other != row { steps.append(.add(target: row, from: other)) } }
    } else if changed.count == 2, changed[0].value == [changed[1].key], changed[1].value == [changed[0].key] {
      steps.append(.exchange(changed[0].key, changed[1].key))
    } else {
      largestGate = max(largestGate, changed.count)
      steps.append(.linear(targets: changed.map(\.key), sources: changed.map(\.value)))
    }
  }
}
