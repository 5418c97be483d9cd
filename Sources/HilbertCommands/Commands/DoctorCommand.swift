import ArgumentParser
import Execution
import LinearAlgebra
import QuantumStates
import Reports

/// `hilbert doctor`: what the program found on this machine, for bug reports and for choosing options.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show what this machine offers: SIMD level, threads, BLAS, memory, versions.")

  @OptionGroup(visibility: .hidden) var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    let stopwatch = Stopwatch()
    let findings = DoctorFindings()
    try findings.write(as: shared.format, shared.conditions(stopwatch: stopwatch))
  }
}

/// What `doctor` found.
private struct DoctorFindings: CommandResult {
  var command: String { "doctor" }

  let processors = ParallelLoop.availableProcessors
  let blas = BLAS.version
  let memoryBytes = Machine.memory
  let availableMemoryBytes = Int(clamping: MemoryBudget.freeBytes)
  let system = Machine.system
  let architecture = Machine.architecture
  let gnuplot = try? Gnuplot().path

  var text: String {
    let gigabyte = Double(1 << 30)
    let rows = [
      ("hilbert", Version.current),
      ("system", "\(system), \(architecture)"),
      ("SIMD level", SIMDLevel.current.rawValue),
      ("processors", "\(processors)"),
      ("BLAS", blas),
      (
        "memory", "\((Double(memoryBytes) / gigabyte).fixed(1)) GiB, \((Double(availableMemoryBytes) / gigabyte).fixed(1)) GiB free"
      ),
      ("gnuplot", gnuplot ?? "\(ReportError.gnuplotMissing)"),
    ]
    return rows.map { name, value in name + String(repeating: " ", count: 12 - name.count) + value + "\n" }.joined()
  }
}
