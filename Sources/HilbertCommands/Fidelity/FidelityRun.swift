import FidelityBenchmarks
import QuantumCircuits
import QuantumStates
import Reports

/// Runs benchmarks on the device that a noise file describes, each into a folder of its own.
struct FidelityRun {
  let seed: UInt64
  let precision: Precision
  let shared: SharedOptions
  /// The model's name; nil for a device without noise.
  let noise: String?
  private let yaml: String?
  private let device: SimulatedDevice

  /// - Parameter path: of the noise file; a model that says no name has the file's.
  init(noise path: String?, numbers: NumberOptions, shared: SharedOptions) throws {
    (seed, precision, self.shared) = (numbers.seed ?? 0, numbers.precision ?? .double, shared)
    let text = try path.map { path throws(Failure) in try ConfigurationText(reading: path) }
    let model = try text.map { text throws(ConfigurationError) in try NoiseDescription(text).model }
    let file = path?.split(separator: "/").last?.split(separator: ".").first.map(String.init)
    let isNameless = model?.name == NoiseModel().name
    let name = isNameless ? file ?? model?.name : model?.name
    // What reads the folder later finds the same name.
    yaml = try text.map { text throws(ConfigurationError) in isNameless ? try text.setting("name", to: name ?? "noise") : text.yaml
    }
    noise = name
    device = SimulatedDevice(noise: model, precision: precision, loop: shared.loop)
  }

  /// Runs a benchmark and reads its counts.
  ///
  /// - Parameters:
  ///   - path: the folder to make, before anything is run; nil for a new one in runs/.
  ///   - kept: what is said on Ctrl-C of what there is already.
  ///   - counted: the same once this benchmark has its counts; nil names its folder.
  ///   - progress: is told how many circuits have been run.
  func result(
    of benchmark: some FidelityProtocol, at path: String?, gnuplot: Gnuplot?, kept: String = "nothing is kept",
    counted: String? = nil, progress: (Int) -> Void
  ) throws -> FidelityResult {
    try check(benchmark)
    noteUnnamedQubits(of: benchmark)
    let folder = try FidelityFolder(BenchmarkPlan(benchmark, seed: seed), at: path)
    do {
      if let yaml { try folder.folder.write(yaml, to: FidelityFolder.noise) }
      let (data, warnings) = try device.run(benchmark, seed: seed) { done in
        progress(done)
        guard !Interruption.isRequested else {
          throw Failure(
            .interrupted,
            "interrupted after \(done) of \(benchmark.circuitNames.count) circuits of \(benchmark.name); \(kept)\nthe same command with "
              + "--seed \(seed) gives the same counts")
        }
      }
      for warning in warnings { shared.note("noise: \(warning)") }
      try folder.keep(data)
      return try folder.analyze(data, noise: noise, gnuplot: gnuplot, kept: counted)
    } catch {
      folder.removeUnlessCounted()
      throw error
    }
  }

  /// A device is rarely better on the qubits that its model does not name.
  private func noteUnnamedQubits(of benchmark: some FidelityProtocol) {
    guard let named = device.noise?.namedQubits, !named.isEmpty else { return }
    let qubits = (benchmark as? BellTest)?.qubits ?? Array(0..<benchmark.width)
    let others = RangeSet(qubits.filter { !named.contains($0) }.map { $0..<$0 + 1 }).ranges
    guard !others.isEmpty else { return }
    let names = others.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound - 1)" }
    shared.note(
      "noise: \(benchmark.name) runs on \(others.count == 1 && others[0].count == 1 ? "qubit" : "qubits") "
        + "\(names.joined(separator: ", ")), which the model does not name: no errors there but those of all qubits")
  }

  /// Waiting that does nothing has no coherence time.
  private func check(_ benchmark: some FidelityProtocol) throws(Failure) {
    guard benchmark is CoherenceTimes, let model = device.noise else { return }
    let waiting = Instruction.gate(.id, on: 0)
    guard model.times.duration(of: waiting) == 0, !model.rules.contains(where: { $0.matches(waiting) }) else { return }
    throw Failure(
      .badInput,
      "under this noise model identity gates take no time and have no error, so that nothing decays while qubits wait; give them a time in "
        + "the model, for example times: {id: 35}")
  }
}
