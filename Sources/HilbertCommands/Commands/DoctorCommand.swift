import ArgumentParser

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show what this machine offers: SIMD level, threads, BLAS, memory, versions.")
  @OptionGroup var shared: SharedOptions
  func run() throws {}
}
