import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// What must hold for every channel with a row, and for channels built from matrices.
struct ChannelLaws {
  /// Strengths without symmetry, inside every range.
  static func channels(of kind: ChannelKind) -> [Channel] {
    let strengths: [Angle] =
      kind == .thermalRelaxation ? [50, 70, 13, 0.2] : [0.13, 0.21, 0.34].prefix(kind.row.strengths.count) + []
    return (kind.row.qubitCount.map { [$0] } ?? [1, 2]).map { Channel(kind, strengths, qubitCount: $0) }
  }

  static let wide: [Channel] = [
    .paulis([(PauliWord([X(0), Z(1)]), Angle(0.1)), (PauliWord([Y(1)]), Angle(0.25))], qubitCount: 2),
    .pauliLindblad(rates.map { ($0.0, Angle($0.1)) }, qubitCount: 2),
  ]
  static let rates = [(PauliWord([X(0), Z(1)]), 0.1), (PauliWord([Y(1)]), 0.05), (PauliWord([Z(0)]), 0.2)]
  static let all: [Channel] = ChannelKind.allCases.flatMap { channels(of: $0) } + wide

  /// Tr(P_i E(P_j))/2^k, by full matrices.
  static func transfer(_ kraus: [ComplexMatrix]) -> [Double] {
    let count = kraus[0].rows.trailingZeroBitCount
    let letters: [Character] = ["I", "X", "Y", "Z"]
    let words = (0..<1 << (2 * count)).map { index in
      ReferenceOperators.kroneckerProduct((0..<count).map { ReferenceOperators.pauli(letters[index >> (2 * $0) & 3]) })
    }
    return words.flatMap { output in
      words.map { input in
        kraus.reduce(0.0) { $0 + (output * $1 * input * $1.adjoint).trace.real } / Double(1 << count)
      }
    }
  }

  @Test(arguments: all)
  func krausOperatorsKeepTheTraceAndGiveTheTransferMatrix(_ channel: Channel) throws {
    let kraus = try channel.kraus()
    let dimension = 1 << channel.qubitCount
    let sum = kraus.map { $0.adjoint * $0 }.reduce(ComplexMatrix(rows: dimension, columns: dimension), +)
    #expect(sum.isClose(to: .identity(dimension), tolerance: 1e-14))
    #expect(maximumDifference(Self.transfer(kraus), try channel.transfer().elements) < 1e-14)
  }

  @Test(arguments: all)
  func everyFormGivesTheSameChannel(_ channel: Channel) throws {
    let transfer = try channel.transfer().elements
    let forms = try [
      Channel(kraus: channel.kraus()), Channel(superoperator: channel.superoperator()), Channel(choi: channel.choi()),
      Channel(transfer: channel.transfer()), Channel(chi: channel.chi()),
    ]
    for form in forms {
      #expect(maximumDifference(try form.transfer().elements, transfer) < 1e-12, "\(form.name)")
      #expect(maximumDifference(Self.transfer(try form.kraus()), transfer) < 1e-12, "\(form.name)")
    }
  }

  @Test(arguments: all)
  func superoperatorAndChoiMatrixActAsDefined(_ channel: Channel) throws {
    var source = RandomSource(seed: 5)
    let dimension = 1 << channel.qubitCount
    let rho = RandomFixtures.density(qubitCount: channel.qubitCount, rank: 2, &source).matrix
    let image = try channel.kraus().map { $0 * rho * $0.adjoint }.reduce(ComplexMatrix(rows: dimension, columns: dimension), +)
    #expect(maximumDifference((try channel.superoperator() * rho.elements), image.elements) < 1e-14)
    // E(ρ) = Tr_in((ρ^T (x) 1) J).
    let product = rho.transpose.kronecker(.identity(dimension)) * (try channel.choi())
    var traced = ComplexMatrix(rows: dimension, columns: dimension)
    for c in 0..<dimension {
      for r in 0..<dimension {
        for s in 0..<dimension { traced[r, s] += product[c * dimension + r, c * dimension + s] }
      }
    }
    #expect(maximumDifference(traced, image) < 1e-14)
  }

  @Test(arguments: all)
  func twirlKeepsTheDiagonalOfTheTransferMatrix(_ channel: Channel) throws {
    let twirled = try channel.pauliTwirled().transfer()
    #expect(maximumDifference(twirled.diagonal, try channel.transfer().diagonal) < 1e-14)
    #expect(twirled.isDiagonal())
  }

  @Test func lindbladRatesComeBack() throws {
    let rates = Self.rates
    for (word, rate) in try Self.wide[1].lindbladRates() {
      #expect(abs(rate - (rates.first { $0.0 == word }?.1 ?? 0)) < 1e-14, "\(word)")
    }
  }

  @Test func theTwoSpellingsOfDepolarizingAreRelatedAsDocumented() throws {
    for count in 1...3 {
      let words = Double(1 << (2 * count))
      let ours = Channel.depolarizing(errorProbability: 0.03, qubitCount: count)
      let mixing = Channel.depolarizing(mixing: Angle(words / (words - 1) * 0.03), qubitCount: count)
      #expect(maximumDifference(try ours.transfer().elements, try mixing.transfer().elements) < 1e-15)
      // X with p/3 on one qubit, every word with p/15 on two.
      #expect(abs(try ours.twirledProbabilities()[1] - 0.03 / (words - 1)) < 1e-15)
    }
  }

  /// γ = 1 - e^{-t} of dρ/dt = σ+ ρ σ- - {σ- σ+, ρ}/2 with σ+ = |0><1| in the convention of gates.
  @Test func amplitudeDampingIsTheSolutionOfItsMasterEquation() throws {
    let lowering: ComplexMatrix = [[0, 1], [0, 0]]
    let number = lowering.adjoint * lowering
    let one = ComplexMatrix.identity(2)
    let generator =
      lowering.kronecker(lowering.conjugate) - Complex(0.5) * (number.kronecker(one) + one.kronecker(number.conjugate))
    let time = 0.37
    let channel = Channel.amplitudeDamping(Angle(1 - Double.exp(-time)))
    #expect(maximumDifference(try channel.superoperator(), try (Complex(time) * generator).exponential()) < 1e-14)
  }

  @Test func thermalRelaxationHasItsTimes() throws {
    let (t1, t2, time, excited) = (50.0, 70.0, 13.0, 0.2)
    let matrix = try Channel.thermalRelaxation(t1: 50, t2: 70, time: 13, excitedPopulation: 0.2).transfer()
    #expect(abs(matrix[1, 1] - .exp(-time / t2)) < 1e-15)
    #expect(abs(matrix[3, 3] - .exp(-time / t1)) < 1e-15)
    // The fixed point has <Z> = 1 - 2p.
    #expect(abs(matrix[3, 0] + matrix[3, 3] * (1 - 2 * excited) - (1 - 2 * excited)) < 1e-15)
    #expect(abs(Channel.thermalPopulation(frequency: 5, temperature: 0.05) - 0.008169) < 1e-6)
  }

  @Test func aChannelOfUnitsIsAMixture() throws {
    let hadamard = Gate.h.matrix()
    let channel = try Channel(mixing: [(0.75, .identity(2)), (0.25, hadamard)])
    #expect(
      maximumDifference(
        Self.transfer([Complex(0.75.squareRoot()) * .identity(2), Complex(0.5) * hadamard]),
        try channel.transfer().elements) < 1e-15)
  }
}
