import QuantumStates

/// A snapshot placed on a layout.
struct SnapshotReader: Sendable {
  let norm: KernelOperation
  private let observable: PlacedObservable?
  private let qubits: [Int]
  private let layout: AmplitudeLayout

  init(_ snapshot: TrajectoryProgram.PlacedSnapshot, layout: AmplitudeLayout) {
    norm = KernelOperation(xMask: 0, zMask: 0, layout: layout)
    observable = snapshot.observable.map { PlacedObservable($0, layout: layout) }
    qubits = snapshot.qubits
    self.layout = layout
  }

  /// What is recorded of each shot: its expectation value, or its probabilities.
  func values(
    _ state: UnsafeMutableRawPointer, squaredNorms: [Double], _ expectations: (KernelOperation) -> [Double]
  ) -> [[Double]] {
    if let observable { return observable.values(squaredNorms: squaredNorms, expectations).map { [$0] } }
    let access = AmplitudeAccess(base: state, precision: layout.precision)
    return squaredNorms.enumerated().map { lane, norm in
      var probabilities = Array(repeating: 0.0, count: 1 << qubits.count)
      for index in 0..<1 << layout.qubitCount {
        let outcome = qubits.enumerated().reduce(0) { $0 | (index >> $1.element & 1) << $1.offset }
        probabilities[outcome] += access[index << layout.sampleBits | lane].lengthSquared / norm
      }
      return probabilities
    }
  }
}
