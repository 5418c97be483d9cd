import Execution
import QuantumStates

/// A computation whose speed is compared with other simulators: always the same circuit, new numbers at every repetition.
///
/// Repetition r adds 0.001 r to every angle, weight and feature, and `run` binds them: nothing that depends on a number can
/// survive from one repetition to the next. Circuits are compiled before.
protocol SpeedWorkload {
  /// What the JSON line says of the size, in the order of the line.
  var size: [SpeedLine.Field] { get }
  /// Binds the numbers of a repetition and computes; this is what is timed.
  mutating func run(repetition: Int) throws
  /// The numbers that every simulator must agree on, for the run just made.
  mutating func checkValues() throws -> [Double]
  /// Further findings about the run just made, for the end of the line.
  mutating func details() throws -> [SpeedLine.Field]
}

extension SpeedWorkload {
  func details() -> [SpeedLine.Field] { [] }
}

/// The names of the workloads.
enum SpeedWorkloadKind: String, CaseIterable, Sendable {
  case stateVector = "statevector"
  case fourier = "qft"
  case adjoint
  case trainingStep = "training-step"
  case trainingStepTwoPhase = "training-step-two-phase"
  case kernel
  case sampling
  case density
  case trajectories
}

/// Everything that a workload can be asked for; each takes what concerns it.
struct SpeedSettings: Sendable {
  var workload: SpeedWorkloadKind
  var qubits: Int
  /// Layers of a trained circuit, or of the random circuit of `statevector`, `sampling`, `density` and `trajectories`.
  var layers: Int?
  var batch = 64
  var samples = 200
  var shots = 1_000_000
  var observable = BenchmarkObservable.hamiltonian
  /// Whether `adjoint` and `density` run only what their observables depend on.
  var isLightCone = false
  var precision = Precision.double
  var threads: Int?

  var loop: ParallelLoop { ParallelLoop(threads: threads) }

  /// The workload, its circuit compiled.
  func makeWorkload() throws -> any SpeedWorkload {
    switch workload {
    case .stateVector:
      try StateWorkload(
        circuit: BrickworkCircuit(qubits: qubits, depth: layers ?? 10).benchmarkCircuit, size: [("depth", layers ?? 10)], self)
    case .fourier: try StateWorkload(circuit: FourierCircuit(qubits: qubits).benchmarkCircuit, size: [], self)
    case .adjoint: try AdjointWorkload(self)
    case .trainingStep: try TrainingStepWorkload(self, isTwoPhase: false)
    case .trainingStepTwoPhase: try TrainingStepWorkload(self, isTwoPhase: true)
    case .kernel: try KernelWorkload(self)
    case .sampling: try SamplingWorkload(self)
    case .density: try DensityWorkload(self)
    case .trajectories: TrajectoriesWorkload(self)
    }
  }
}
