import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness
import Testing

struct FidelityKernelTests {
  /// Rotations of separate qubits: K(x, y) is the product of cos^2((x_q - y_q) / 2).
  static let product = Circuit(qubits: 3) { for q in 0..<3 { RY(.feature(q), q) } }

  static func points(_ count: Int) -> RealMatrix {
    var source = RandomSource(seed: 5)
    return RealMatrix(rows: count, columns: 3, elements: (0..<3 * count).map { _ in source.uniform(in: -3..<3) })
  }

  /// Counts on both sides of the tiles' edges, chunks of samples that are not full, and a single sample.
  @Test(arguments: [0, 1, 2, 65, 128, 129, 260], Precision.allCases)
  func gramMatrixHasItsClosedForm(_ count: Int, _ precision: Precision) throws {
    let points = Self.points(count)
    let gram = try FidelityKernel(featureMap: Self.product, precision: precision).gramMatrix(points)
    #expect(gram.rows == count && gram.columns == count)
    let tolerance = precision == .double ? 1e-13 : 1e-5
    for i in 0..<count {
      for j in 0..<count {
        let expected = (0..<3).reduce(1.0) {
          let cosine = Double.cos((points[i, $1] - points[j, $1]) / 2)
          return $0 * cosine * cosine
        }
        #expect(abs(gram[i, j] - expected) < tolerance, "samples \(i) and \(j)")
      }
    }
  }

  @Test func entangledStatesHaveTheFidelitiesOfTheirStateVectors() throws {
    let circuit = Circuit.zzFeatureMap(Features(3))
    let points = Self.points(5)
    let gram = try FidelityKernel(featureMap: circuit).gramMatrix(points)
    for i in 0..<5 {
      let left = try circuit.run(features: points.row(i))
      for j in 0..<5 {
        let right = try circuit.run(features: points.row(j))
        #expect(abs(gram[i, j] - left.fidelity(with: right)) < 1e-12, "samples \(i) and \(j)")
      }
    }
  }

  /// Batches of states on 4 and 12 qubits, states one at a time on 13; tiles off the diagonal in all.
  @Test(arguments: [4, 12, 13], Precision.allCases)
  func largeStatesHaveTheirFidelities(_ qubits: Int, _ precision: Precision) throws {
    let circuit = Circuit.zzFeatureMap(Features(qubits), connectivity: .ring)
    var source = RandomSource(seed: 6)
    let points = RealMatrix(rows: 70, columns: qubits, elements: (0..<70 * qubits).map { _ in source.uniform(in: 0..<3) })
    let gram = try FidelityKernel(featureMap: circuit, precision: precision).gramMatrix(points)
    let tolerance = precision == .double ? 1e-12 : 2e-5
    for (i, j) in [(0, 0), (0, 1), (3, 63), (2, 64), (65, 69), (69, 69)] {
      let fidelity = try circuit.run(features: points.row(i)).fidelity(with: circuit.run(features: points.row(j)))
      #expect(abs(gram[i, j] - fidelity) < tolerance && gram[i, j] == gram[j, i], "samples \(i) and \(j)")
    }
  }

  @Test func threadsDoNotChangeABit() throws {
    let points = Self.points(150)
    let grams = try [1, 2, 3].map {
      try FidelityKernel(featureMap: Self.product, loop: ParallelLoop(threads: $0)).gramMatrix(points)
    }
    #expect(grams[0] == grams[1] && grams[0] == grams[2])
  }

  @Test func whatGivesNoStateIsRefused() throws {
    let kernel = try FidelityKernel(featureMap: Circuit(qubits: 2) { RX(.asin(.feature(0)), 0) })
    let outside = #expect(throws: CompilationError.self) { try kernel.gramMatrix([[0.5], [1.5]]) }
    #expect(
      outside?.description
        == "The angle asin(x[0]) has no finite value for row 1: "
        + "keep its features and parameters inside the domains of its functions.")
    // 2^24 amplitudes fit; those of a million samples do not fit any machine.
    let large = try FidelityKernel(featureMap: Circuit(qubits: 24) { RX(.feature(0), 0) }, loop: .serial)
    let crowd = #expect(throws: CompilationError.self) { try large.gramMatrix(RealMatrix(rows: 1_000_000, columns: 1)) }
    #expect(crowd?.description.hasPrefix("The Gram matrix of 1000000 samples, their states included, needs 251.4 TiB") == true)
  }
}
