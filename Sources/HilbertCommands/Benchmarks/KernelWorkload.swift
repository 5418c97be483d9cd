import LinearAlgebra
import QuantumCircuits
import QuantumLearning

/// The exact Gram matrix |<psi(x_i)|psi(x_j)>|^2 of the ZZ feature map, two repetitions, every pair entangled.
struct KernelWorkload: SpeedWorkload {
  private let kernel: FidelityKernel
  private let features: RealMatrix
  private var gram = RealMatrix(rows: 0, columns: 0)
  let size: [SpeedLine.Field]

  init(_ settings: SpeedSettings) throws {
    let (qubits, samples) = (settings.qubits, settings.samples)
    kernel = try FidelityKernel(
      featureMap: .zzFeatureMap((0..<qubits).map { Angle.feature($0) }), precision: settings.precision, loop: settings.loop)
    var generator = SplitMix64(seed: 23)
    features = RealMatrix(rows: samples, columns: qubits, elements: generator.uniform(0, .pi, count: samples * qubits))
    size = [.integer("n", qubits), .integer("samples", samples)]
  }

  mutating func run(repetition: Int) throws {
    gram = try kernel.gramMatrix(
      RealMatrix(rows: features.rows, columns: features.columns, elements: features.elements.shifted(repetition: repetition)))
  }

  /// The mean, K[0, 1], K[1, 2], the trace.
  func checkValues() -> [Double] {
    [gram.elements.reduce(0, +) / Double(gram.elements.count), gram[0, 1], gram[1, 2], gram.diagonal.reduce(0, +)]
  }
}
