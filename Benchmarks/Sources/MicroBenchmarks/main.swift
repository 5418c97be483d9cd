import Hilbert

// swift run -c release --package-path Benchmarks MicroBenchmarks [--quick] [word ...]
// Times kernels and circuits whose names contain every word; each checks its own answer. --quick takes small sizes alone.

let words = CommandLine.arguments.dropFirst().filter { $0 != "--quick" }
let isQuick = CommandLine.arguments.contains("--quick")
let loop = ParallelLoop()
var benchmarks: [MicroBenchmark] = []
for level in SIMDLevel.supported {
  for precision in Precision.allCases {
    benchmarks += KernelBenchmarks.all(precision: precision, level: level, loop: loop, sizes: isQuick ? [10] : [12, 18, 23])
    benchmarks += CircuitBenchmarks.all(precision: precision, level: level, loop: loop, sizes: isQuick ? [4] : [4, 10, 16])
  }
}

var rows: [[String]] = []
var failures: [String] = []
for benchmark in benchmarks where words.allSatisfy({ benchmark.name.contains($0) }) {
  let outcome = try benchmark.run()
  let (median, minimum) = (outcome.seconds.median, outcome.seconds.minimum)
  if !outcome.isRight { failures.append("\(outcome.name): error \(outcome.error), at most \(benchmark.tolerance) passes") }
  rows.append([
    outcome.name, (median * 1e6).fixed(2), (minimum * 1e6).fixed(2),
    outcome.bytes > 0 ? (outcome.bytes / minimum * 1e-9).fixed(1) : "-",
    outcome.flops > 0 ? (outcome.flops / minimum * 1e-9).fixed(1) : "-",
  ])
}
print(Table(columns: ["benchmark", "median us", "best us", "GB/s", "GFLOP/s"], rows: rows).text)
for failure in failures { print("WRONG \(failure)") }
if !failures.isEmpty || rows.isEmpty { exitWithFailure() }
