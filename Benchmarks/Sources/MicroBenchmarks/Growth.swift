import Hilbert

/// How time grows with layers, batch and qubits: each doubled again and again, in one figure.
enum Growth {
  /// Draws `path` (ending in .svg) and prints the numbers it shows.
  static func draw(to path: String, isQuick: Bool) throws {
    let doublings = 0...(isQuick ? 3 : 6)
    let layers = try series("layers 2, 4, ... (10 qubits, batch 64)", doublings) { doubling in
      try trainingStep(qubits: 10, layers: 2 << doubling, batch: 64)
    }
    let batch = try series("batch 64, 128, ... (8 qubits, 3 layers)", doublings) { doubling in
      try trainingStep(qubits: 8, layers: 3, batch: 64 << doubling)
    }
    // A layer has a gate on every qubit, so the number of gates grows too: time for one of them.
    let qubits = try series("qubits 20, 21, ... (time of a gate)", doublings) { doubling in
      try stateVector(qubits: 20 + doubling) / Double(20 + doubling)
    }
    let ideal = LineChart.Series(
      "twice the time", x: doublings.map(Double.init), doublings.map { Double(1 << $0) })
    let figure = LineChart(
      title: "Time, when each is doubled", xLabel: "doublings", yLabel: "time / first time",
      series: [layers, batch, qubits, ideal],
      yRange: 0.5...Double(2 << doublings.upperBound), isLogarithmic: true)
    _ = try Gnuplot().draw(figure, to: path.hasSuffix(".svg") ? String(path.dropLast(4)) : path)
  }

  private static func series(
    _ name: String, _ doublings: ClosedRange<Int>, seconds: (Int) throws -> Double
  ) rethrows -> LineChart.Series {
    let times = try doublings.map(seconds)
    print(name, times.map { ($0 * 1e6).fixed(1) + " us" }.joined(separator: ", "), separator: ": ")
    return LineChart.Series(name, x: doublings.map(Double.init), times.map { $0 / times[0] })
  }

  private static func numbers(_ count: Int, _ call: Int) -> [Double] {
    (0..<count).map { 0.1 * Double($0 % 60) + 0.001 * Double(call) }
  }

  private static func trainingStep(qubits: Int, layers: Int, batch: Int) throws -> Double {
    var circuit = Circuit(qubits: qubits)
    for qubit in 0..<qubits { circuit.append(RX(.feature(qubit), qubit)) }
    circuit.append(Circuit.stronglyEntangling(qubits: qubits, layers: layers))
    let model = Expectation(of: Z(0), after: circuit, precision: .float)
    return try Measurement(samples: 5) { call in
      let features = RealMatrix(rows: batch, columns: qubits, elements: numbers(batch * qubits, call))
      _ = try model.valueWithGradient(features: features, parameters: numbers(model.parameterCount, call)) { $2[0] = $1[0] }
    }.median
  }

  private static func stateVector(qubits: Int) throws -> Double {
    let runner = try CircuitRunner(.stronglyEntangling(qubits: qubits, layers: 4), precision: .float)
    let holder = try StateHolder(qubits: qubits, precision: .float, loop: ParallelLoop(), level: .current)
    return try Measurement(samples: 3) {
      try runner.run(parameters: numbers(runner.circuit.parameterCount, $0), into: &holder.state)
    }.median
  }
}
