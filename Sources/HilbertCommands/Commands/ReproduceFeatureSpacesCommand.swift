import ArgumentParser
import Execution
import Reports

/// `hilbert reproduce feature-spaces`: kernel method and variational classifier on ad hoc data.
struct ReproduceFeatureSpacesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feature-spaces",
    abstract: "Supervised learning with quantum-enhanced feature spaces (Havlíček et al. 2019).",
    discussion: """
      Data sets are the seeds 1 to 12. Each gives a random unitary, 20 training points of each label with a gap of 0.3, and fresh \
      test sets. The kernel method is run with exact fidelities and with 50,000 shots an entry; the variational classifier with 0 to 4 \
      entangling layers, trained by 250 steps of SPSA with 2000 shots a point, without noise, with noise, and with noise extrapolated \
      away. Then, beyond the paper: how kernels concentrate, and kernels on real data.

      The run folder holds the figures, results.json and report.html.
      """)

  @Flag(help: "Three data sets, short trainings, no noise.")
  var quick = false

  @Option(help: "Data sets: the seeds 1 to this number (default: 12, quick 3).")
  var sets: Int?

  @Option(help: "The run folder to make (default: a new one in runs/).")
  var output: String?

  @OptionGroup(visibility: .hidden) var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if let sets, !(1...1000).contains(sets) { throw ValidationError("--sets wants a whole number from 1 to 1000, found \(sets)") }
    guard numbers.seed == nil, numbers.precision == nil else {
      throw ValidationError("the data sets are the seeds 1 to 12 in double precision; leave --seed and --precision out")
    }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    var plan = quick ? FeatureSpacesPlan.quick : FeatureSpacesPlan()
    if let sets { plan.seeds = (1...UInt64(sets)).map { $0 } }
    let loop = shared.loop
    let folder = try output.map { try RunFolder(creatingAt: $0) } ?? RunFolder(creating: "feature-spaces")
    var bar = ProgressBar("reproducing", total: plan.seeds.count + 4, unit: "parts", isQuiet: shared.quiet)
    Interruption.listen()
    defer { Interruption.stopListening() }
    func finish(_ parts: Int, metric: String = "") throws(Failure) {
      bar.update(parts, metric: metric)
      guard Interruption.isRequested else { return }
      folder.removeUnlessWritten()
      throw Failure(.interrupted, "interrupted; parts of this reproduction are not kept, the same command begins again")
    }
    let kernel = try KernelExperiment.all(plan, loop: loop)
    try finish(1, metric: "kernel method \(kernel.map(\.exact).meanWithError.mean.fixed(3))")
    var variational: [VariationalExperiment] = []
    for (place, seed) in plan.seeds.enumerated() {
      variational += try VariationalExperiment.all(seed: seed, plan, loop: loop)
      try finish(2 + place, metric: "variational \(variational.map(\.success).meanWithError.mean.fixed(3))")
    }
    let shots = try ShotExperiment.all(plan, loop: loop)
    try finish(plan.seeds.count + 2)
    let concentration = try ConcentrationExperiment.all(loop: loop)
    try finish(plan.seeds.count + 3)
    let realData = try RealDataExperiment.all(plan, loop: loop)
    try finish(plan.seeds.count + 4)
    let result = FeatureSpacesResult(
      kernel: kernel, variational: variational, shots: shots, concentration: concentration, realData: realData,
      runFolder: folder.path)
    let words = ["hilbert reproduce feature-spaces"] + (quick ? ["--quick"] : []) + (sets.map { ["--sets \($0)"] } ?? [])
    try FeatureSpacesReport(folder: folder, result: result, plan: plan)
      .write(gnuplot: shared.gnuplotOrNote(), repeatCommand: words.joined(separator: " "))
    Interruption.stopListening()
    try result.write(as: shared.format, shared.conditions(precision: .double, stopwatch: stopwatch))
  }
}
