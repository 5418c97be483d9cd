import LinearAlgebra
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

/// Encodings and feature maps against their formulas.
struct EncodingTests {
  static let features = [0.7310, -1.3129, 2.0474]

  static func unitary(_ circuit: Circuit, _ values: [Double] = features) -> ComplexMatrix {
    fullUnitary(circuit, features: values)
  }

  /// exp(i sum of coefficient * word), all words diagonal.
  static func phases(_ sum: PauliSum, qubits: Int) -> ComplexMatrix {
    .diagonal(sum.matrix(qubits: qubits).diagonal.map { Complex(length: 1, phase: $0.real) })
  }

  static let hadamards: ComplexMatrix = {
    let h = Gate.h.matrix()
    return h.kronecker(h).kronecker(h)
  }()

  @Test func noFeaturesAreNoAmplitudes() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Circuit.amplitudeEncoding([])
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("0 amplitudes do not fit 1 qubits, which hold 1 to 2"), "\(message)")
  }

  @Test(arguments: zip(Pauli.allCases, [Gate.rx, .ry, .rz]))
  func angleEncodingRotatesEachQubit(_ axis: Pauli, _ gate: Gate) {
    let expected = Self.features.reduce(ComplexMatrix.identity(1)) { gate.matrix(angles: [$1]).kronecker($0) }
    #expect(maximumDifference(Self.unitary(.angleEncoding(Features(3), axis: axis)), expected) < 1e-14)
  }

  @Test(arguments: 0..<8)
  func basisEncodingsFlipBits(_ value: Int) {
    let bits = (0..<3).map { Double(value >> $0 & 1) }
    let constant = fullUnitary(.basisEncoding(value, qubits: 3)).column(0)
    let encoded = Self.unitary(.basisEncoding(Features(3)), bits).column(0)
    let expected = (0..<8).map { Complex<Double>($0 == value ? 1 : 0) }
    #expect(constant == expected)
    #expect(maximumDifference(encoded, expected) < 1e-15)
  }

  @Test(arguments: [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (8, 3)])
  func amplitudeEncodingTakesAsFewQubitsAsItCan(_ features: Int, _ qubits: Int) {
    let circuit = Circuit.amplitudeEncoding(Features(features))
    #expect(circuit.qubitCount == qubits && circuit.featureCount == features)
    #expect(Circuit.amplitudeEncoding(Features(features), qubits: 4).instructions[0].targets == [0, 1, 2, 3])
  }

  @Test func theTwoSecondOrderMapsHaveOppositeSigns() {
    let x = Self.features
    let sum =
      PauliSum((0..<3).map { .init(x[$0], PauliWord([Z($0)])) })
      + PauliSum([(0, 1), (0, 2), (1, 2)].map { .init((.pi - x[$0]) * (.pi - x[$1]), PauliWord([Z($0), Z($1)])) })
    let once = Self.phases(sum, qubits: 3) * Self.hadamards
    #expect(maximumDifference(Self.unitary(.secondOrderFeatureMap(Features(3))), once * once) < 1e-13)

    // Qiskit's phases act on |1> and on odd parity: exp(-i φ Z) up to the global phase exp(i sum φ).
    let total = Complex(length: 1, phase: sum.terms.reduce(0) { $0 + $1.coefficient })
    let qiskit = total * Self.phases(-sum, qubits: 3) * Self.hadamards
    #expect(maximumDifference(Self.unitary(.zzFeatureMap(Features(3))), qiskit * qiskit) < 1e-13)
  }

  @Test func featureMapsRepeatAndConnect() {
    let circuit = Circuit.zzFeatureMap(Features(4), repetitions: 3, connectivity: .linear)
    #expect(circuit.countsByName == ["H": 12, "P": 21, "CX": 18])
    let ring = Circuit.secondOrderFeatureMap(Features(4), repetitions: 1, connectivity: .ring)
    #expect(ring.countsByName == ["H": 4, "RZ": 4, "RZZ": 4])
  }

  @Test func reuploadingScalesFeaturesByWeights() {
    let circuit = Circuit.dataReuploading(Features(4), qubits: 1, layers: 1)
    #expect(
      circuit.instructions.map(\.description) == [
        "Rot(w[0] + w[3] * x[0], w[1] + w[4] * x[1], w[2] + w[5] * x[2], 0)", "Rot(w[6] + w[9] * x[3], w[7], w[8], 0)",
      ])
  }

  @Test(arguments: [(1, 1, 1), (2, 3, 2), (3, 4, 3), (2, 7, 2)])
  func reuploadingTakesTheParametersItSays(_ qubits: Int, _ features: Int, _ layers: Int) {
    let circuit = Circuit.dataReuploading(Features(features), qubits: qubits, layers: layers)
    #expect(circuit.parameterCount == Circuit.dataReuploadingParameterCount(qubits: qubits, features: features, layers: layers))
    #expect(Set(circuit.instructions.flatMap { $0.angles.flatMap(\.symbols) }).count == circuit.parameterCount + features)
    #expect(circuit.countsByName["CZ", default: 0] == (layers - 1) * Connectivity.ring.pairs(qubits: qubits).count)
  }

  @Test(arguments: Encoding.allCases)
  func encodingsByNameUseEachFeature(_ encoding: Encoding) {
    let circuit = encoding.circuit(Features(4))
    #expect(circuit.featureCount == 4 && circuit.parameterCount == 0)
    #expect(Set(circuit.instructions.flatMap { $0.angles.flatMap(\.symbols) }).count == 4)
  }
}
