import Hilbert

/// Kernels beside what the machine can do, measured right before them: one JSON line for each rate.
struct LimitsReport {
  /// Beside the limits of arithmetic and memory, the rates of kernels in cache at every level, and of one pass over a large state.
  let kernels: Bool

  /// Amplitudes of 8 or 16 bytes that stay in the second cache of one core. What a pass takes is the difference of the two sizes,
  /// so that the cost of a call is not in it.
  private static let cachedQubits = (few: 12, many: 14)
  private static let rounds = 60
  private static let largeQubits = 24

  /// Prints the lines; returns what is wrong with the answers of kernels.
  func run() throws -> [String] {
    var failures: [String] = []
    try each { line, failure in
      print(line)
      failures += [failure].compactMap(\.self)
    }
    return failures
  }

  private func each(_ emit: (_ line: String, _ failure: String?) -> Void) throws {
    let everyThread = ParallelLoop()
    for loop in Set([.serial, everyThread]).sorted(by: { $0.threads < $1.threads }) {
      for precision in Precision.allCases {
        let rate = MachineLimits(loop: loop).multiplyAddRate(precision, .current)
        emit(line("multiply-add", ["level": SIMDLevel.current.rawValue, "precision": precision.rawValue], loop, rate: rate), nil)
      }
      let rate = MachineLimits(loop: loop).inPlaceRate(bytes: Self.largeBytes(.double))
      emit(line("in-place", ["level": SIMDLevel.current.rawValue], loop, rate: rate), nil)
    }
    guard kernels else { return }
    for level in SIMDLevel.supported.reversed() {
      for precision in Precision.allCases { try cached(precision, level, emit) }
    }
    for precision in Precision.allCases { try large(precision, everyThread, emit) }
  }

  private func cached(_ precision: Precision, _ level: SIMDLevel, _ emit: (String, String?) -> Void) throws {
    for structure in KernelBenchmarks.structures where structure.name.hasPrefix("dense") {
      for place in 0..<3 {
        func benchmark(_ qubits: Int) -> MicroBenchmark {
          let (name, targets) = structure.places(qubits: qubits)[place]
          return KernelBenchmarks.benchmark(structure, name, targets: targets, qubits: qubits, precision, level, .serial)
        }
        let benchmarks = (few: benchmark(Self.cachedQubits.few), many: benchmark(Self.cachedQubits.many))
        let (few, many) = (try benchmarks.few.prepare(), try benchmarks.many.prepare())
        // In short turns with the limit, for what else the machine does changes from moment to moment.
        var (limit, seconds) = (0.0, (few: Double.infinity, many: Double.infinity))
        for _ in 0..<Self.rounds {
          limit = max(limit, MachineLimits(loop: .serial).multiplyAddRate(precision, level, samples: 1))
          seconds.few = min(seconds.few, try Measurement(samples: 1, length: 0.001, few.call).minimum)
          seconds.many = min(seconds.many, try Measurement(samples: 1, length: 0.001, many.call).minimum)
        }
        let flops = benchmarks.many.flops - benchmarks.few.flops
        let error = max(try few.error(), try many.error())
        let failure = error <= benchmarks.many.tolerance ? nil : "\(benchmarks.many.name): error \(error)"
        let rate = flops / (seconds.many - seconds.few)
        let what = [
          "structure": structure.name, "place": structure.places(qubits: Self.cachedQubits.many)[place].name, "level": level.rawValue,
          "precision": precision.rawValue,
        ]
        emit(line("kernel", what, .serial, rate: rate, fraction: rate / limit), failure)
      }
    }
  }

  private func large(_ precision: Precision, _ loop: ParallelLoop, _ emit: (String, String?) -> Void) throws {
    let structure = KernelBenchmarks.structures[0]
    for (place, targets) in structure.places(qubits: Self.largeQubits) {
      let limit = MachineLimits(loop: loop).inPlaceRate(bytes: Self.largeBytes(precision))
      let outcome = try KernelBenchmarks.benchmark(
        structure, place, targets: targets, qubits: Self.largeQubits, precision, .current, loop
      ).run()
      let rate = outcome.bytes / outcome.seconds.minimum
      let what = ["structure": structure.name, "place": place, "precision": precision.rawValue]
      emit(line("pass", what, loop, rate: rate, fraction: rate / limit), outcome.failure)
    }
  }

  private static func largeBytes(_ precision: Precision) -> Int { precision.bytesPerAmplitude << largeQubits }

  private func line(
    _ limit: String, _ what: [String: String], _ loop: ParallelLoop, rate: Double, fraction: Double? = nil
  ) -> String {
    let words = what.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \"\($0.value)\"" }.joined(separator: ", ")
    let share = fraction.map { ", \"fraction\": \($0.fixed(3))" } ?? ""
    return "{\"limit\": \"\(limit)\", \(words), \"threads\": \(loop.threads), \"rate\": \((rate * 1e-6).rounded() * 1e6)\(share)}"
  }
}
