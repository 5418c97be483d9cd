import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Law: an operation on a state equals the Kronecker reference, for every structure, target, control, precision and SIMD level.
@Suite struct KernelLaws {
  @Test("A matrix equals the reference on every choice of targets", arguments: KernelTable.all, 1...4)
  func matrices(table: KernelTable, targetCount: Int) throws {
    var source = RandomSource(seed: 1, stream: UInt64(targetCount))
    for qubitCount in targetCount...6 {
      let state = RandomFixtures.state(qubitCount: qubitCount, &source)
      for (number, place) in Targeting.all(count: targetCount, qubitCount: qubitCount, &source).enumerated() {
        // Every structure meets every number of qubits; all structures on all places would only repeat.
        let structure = MatrixStructure.allCases[number % MatrixStructure.allCases.count]
        let matrix = structure.matrix(qubits: targetCount, &source)
        var actual = try StateVector(state, precision: table.precision, level: table.level)
        actual.apply(matrix, targets: place.targets, controls: controls(place.controls))
        let expected = state.applying(matrix, targets: place.targets, controls: place.controls)
        let difference = actual.difference(from: expected)
        #expect(difference < 10 * table.precision.tolerance, "\(structure) on \(place)")
      }
    }
  }

  @Test("Matrices on 5 and 6 qubits equal the reference", arguments: KernelTable.all)
  func wideMatrices(table: KernelTable) throws {
    var source = RandomSource(seed: 2)
    for structure in MatrixStructure.allCases {
      for (qubitCount, targetCount) in [(5, 5), (7, 5), (9, 6), (11, 6)] {
        let state = RandomFixtures.state(qubitCount: qubitCount, &source)
        let order = RandomFixtures.distinct(qubitCount, below: qubitCount, &source)
        let (targets, rest) = (Array(order.prefix(targetCount)), Array(order.dropFirst(targetCount)))
        let place = Targeting(
          qubitCount: qubitCount, targets: targets, controls: Targeting.randomControls(on: rest, &source))
        let matrix = structure.matrix(qubits: targetCount, &source)
        var actual = try StateVector(state, precision: table.precision, level: table.level)
        actual.apply(matrix, targets: targets, controls: controls(place.controls))
        let difference = actual.difference(from: state.applying(matrix, targets: targets, controls: place.controls))
        #expect(difference < 10 * table.precision.tolerance, "\(structure) on \(place)")
      }
    }
  }

  @Test("A diagonal equals the reference", arguments: KernelTable.all, 1...6)
  func diagonals(table: KernelTable, targetCount: Int) throws {
    var source = RandomSource(seed: 3, stream: UInt64(targetCount))
    for place in Self.places(count: targetCount, &source) {
      let state = RandomFixtures.state(qubitCount: place.qubitCount, &source)
      let phases = RandomFixtures.phases(1 << targetCount, &source)
      var actual = try StateVector(state, precision: table.precision, level: table.level)
      actual.apply(diagonal: phases, targets: place.targets, controls: controls(place.controls))
      let expected = state.applying(.diagonal(phases), targets: place.targets, controls: place.controls)
      let difference = actual.difference(from: expected)
      #expect(difference < table.precision.tolerance, "\(place)")
    }
  }

  @Test("A permutation moves basis state k to its image", arguments: KernelTable.all, 1...6)
  func permutations(table: KernelTable, targetCount: Int) throws {
    var source = RandomSource(seed: 4, stream: UInt64(targetCount))
    for place in Self.places(count: targetCount, &source) {
      let state = RandomFixtures.state(qubitCount: place.qubitCount, &source)
      let images = source.permutation(of: 1 << targetCount)
      var matrix = ComplexMatrix(rows: images.count, columns: images.count)
      for (column, row) in images.enumerated() { matrix[row, column] = 1 }
      var actual = try StateVector(state, precision: table.precision, level: table.level)
      actual.apply(permutation: images, targets: place.targets, controls: controls(place.controls))
      let expected = state.applying(matrix, targets: place.targets, controls: place.controls)
      let difference = actual.difference(from: expected)
      #expect(difference < table.precision.tolerance, "\(place)")
    }
  }

  @Test("A Pauli rotation equals its matrix exponential", arguments: KernelTable.all)
  func pauliRotations(table: KernelTable) throws {
    var source = RandomSource(seed: 5)
    for qubitCount in 1...7 {
      let state = RandomFixtures.state(qubitCount: qubitCount, &source)
      for letters in Self.words(qubitCount: qubitCount, &source) {
        let rest = (0..<qubitCount).filter { letters[$0] == nil }
        let conditions = Targeting.randomControls(on: rest, &source)
        let angle = source.uniform(in: -7...7)
        var actual = try StateVector(state, precision: table.precision, level: table.level)
        actual.apply(rotation: PauliWord(letters), angle: angle, controls: controls(conditions))
        let qubits = letters.keys.sorted()
        let local = Dictionary(uniqueKeysWithValues: qubits.enumerated().map { ($0.offset, letters[$0.element]!) })
        let matrix = ReferenceOperators.pauliRotation(local, angle: angle, qubitCount: qubits.count)
        let difference = actual.difference(from: state.applying(matrix, targets: qubits, controls: conditions))
        #expect(difference < table.precision.tolerance, "\(letters) of \(qubitCount), controls \(conditions)")
        let mean = (try StateVector(state, precision: table.precision, level: table.level)).expectation(of: PauliWord(letters))
        #expect(abs(mean - state.expectation(pauli: letters)) < table.precision.tolerance, "\(letters) of \(qubitCount)")
      }
    }
  }

  @Test("On states of many pieces operations equal the reference, the same for 1 and 2 threads", arguments: KernelTable.all)
  func largeStates(table: KernelTable) throws {
    var source = RandomSource(seed: 6)
    let state = RandomFixtures.state(qubitCount: 18, &source)
    let start = try StateVector(state, precision: table.precision, level: table.level)
    let places: [[Int]] = [[0], [17], [9, 2], [16, 17], [1, 0], [12, 3, 17], [0, 5, 11, 17]]
    for (number, targets) in places.enumerated() {
      let conditions = number % 2 == 0 ? [:] : [8: 0, 4: 1]
      for structure in [MatrixStructure.dense, .diagonal, .permutation] {
        let matrix = structure.matrix(qubits: targets.count, &source)
        let expected = state.applying(matrix, targets: targets, controls: conditions)
        var results: [[Complex<Double>]] = []
        for threads in 1...2 {
          var actual = try StateVector(state, precision: table.precision, level: table.level, threads: threads)
          actual.apply(matrix, targets: targets, controls: controls(conditions))
          results.append(actual.amplitudes(.littleEndian))
        }
        let difference = maximumDifference(results[0], expected.amplitudes)
        #expect(difference < table.precision.tolerance, "\(structure) on \(targets)")
        let isSame = results[0] == results[1]
        #expect(isSame, "\(structure) on \(targets): 1 and 2 threads differ")
      }
      let images = source.permutation(of: 1 << targets.count)
      var moved = try StateVector(state, precision: table.precision, level: table.level, threads: 2)
      moved.apply(permutation: images, targets: targets, controls: controls(conditions))
      for index in stride(from: 0, to: 1 << 18, by: 977)
      where conditions.allSatisfy({ index >> $0.key & 1 == $0.value }) {
        let image = ReferenceOperators.bits(of: index, at: targets)
        var destination = index
        for (place, target) in targets.enumerated() {
          destination = destination & ~(1 << target) | (images[image] >> place & 1) << target
        }
        #expect(moved[destination] == start[index])
      }
    }
  }

  /// A few random placements of a number of targets on 1 to 8 qubits.
  private static func places(count: Int, _ source: inout RandomSource) -> [Targeting] {
    (count...8).flatMap { qubitCount in
      (0..<12).map { _ in
        let order = RandomFixtures.distinct(qubitCount, below: qubitCount, &source)
        return Targeting(
          qubitCount: qubitCount, targets: Array(order.prefix(count)),
          controls: Targeting.randomControls(on: Array(order.dropFirst(count)), &source))
      }
    }
  }

  /// Every word but the identity up to 3 qubits; 20 random ones above.
  private static func words(qubitCount: Int, _ source: inout RandomSource) -> [[Int: Character]] {
    let letters: [Character?] = [nil, "X", "Y", "Z"]
    let total = 1 << (2 * qubitCount)
    let codes = qubitCount <= 3 ? Array(1..<total) : (0..<20).map { _ in 1 + source.integer(below: total - 1) }
    return codes.map { code in
      var word: [Int: Character] = [:]
      for qubit in 0..<qubitCount { word[qubit] = letters[code >> (2 * qubit) & 3] }
      return word
    }
  }
}

extension PauliWord {
  /// The word with the letters of the reference.
  init(_ letters: [Int: Character]) {
    self.init(letters.sorted { $0.key < $1.key }.map { PauliFactor(Pauli(rawValue: String($0.value))!, $0.key) })
  }
}
