import Hilbert

// swift run -c release --package-path Benchmarks MicroBenchmarks [--quick] [word ...]
// Times kernels and circuits whose names contain every word; each checks its own answer. --quick takes small sizes alone.
//
// swift run -c release --package-path Benchmarks MicroBenchmarks --limits [--quick]
// Prints what the machine can do, and what share of it kernels reach; --quick leaves the kernels out.
//
// swift run -c release --package-path Benchmarks MicroBenchmarks --growth FILE.svg [--quick]
// Draws how time grows with layers, batch and qubits.

let arguments = CommandLine.arguments.dropFirst()
let words = arguments.filter { !$0.hasPrefix("--") }
let isQuick = arguments.contains("--quick")
let failures: [String]

/// Every benchmark whose name has all of the words in it.
func table(_ words: [String], isQuick: Bool) throws -> (text: String, failures: [String]) {
  let (loop, kernels, circuits) = (ParallelLoop(), isQuick ? [10] : [12, 18, 23], isQuick ? [4] : [4, 10, 16])
  var (rows, failures) = ([[String]](), [String]())
  for level in SIMDLevel.supported {
    for precision in Precision.allCases {
      let benchmarks =
        KernelBenchmarks.all(precision: precision, level: level, loop: loop, sizes: kernels)
        + CircuitBenchmarks.all(precision: precision, level: level, loop: loop, sizes: circuits)
      for benchmark in benchmarks where words.allSatisfy({ benchmark.name.contains($0) }) {
        let outcome = try benchmark.run()
        let (median, minimum) = (outcome.seconds.median, outcome.seconds.minimum)
        failures += [outcome.failure].compactMap(\.self)
        rows.append([
          outcome.name, (median * 1e6).fixed(2), (minimum * 1e6).fixed(2),
          outcome.bytes > 0 ? (outcome.bytes / minimum * 1e-9).fixed(1) : "-",
          outcome.flops > 0 ? (outcome.flops / minimum * 1e-9).fixed(1) : "-",
        ])
      }
    }
  }
  if rows.isEmpty { failures.append("no benchmark has all of \(words) in its name") }
  return (Table(columns: ["benchmark", "median us", "best us", "GB/s", "GFLOP/s"], rows: rows).text, failures)
}

if arguments.contains("--limits") {
  failures = try LimitsReport(kernels: !isQuick).run()
} else if arguments.contains("--growth"), let path = words.first {
  try Growth.draw(to: path, isQuick: isQuick)
  failures = []
} else {
  let table = try table(words, isQuick: isQuick)
  print(table.text)
  failures = table.failures
}
for failure in failures { print("WRONG \(failure)") }
if !failures.isEmpty { exitWithFailure() }
