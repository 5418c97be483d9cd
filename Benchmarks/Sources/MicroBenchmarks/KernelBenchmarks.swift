import Hilbert

/// One pass of each kind of matrix over a state: at a low, a middle and the highest qubit, in and beyond the cache.
enum KernelBenchmarks {
  /// A matrix of one structure that undoes itself, so that an even number of calls must leave the state as it was.
  struct Structure: Sendable {
    let name: String
    let targetCount: Int
    /// Floating-point operations for one amplitude.
    let flops: Double
    let apply: @Sendable (inout StateVector, [Int]) -> Void

    /// The lowest qubits, those in the middle, the highest.
    func places(qubits: Int) -> [(name: String, targets: [Int])] {
      [("low", 0), ("middle", qubits / 2), ("high", qubits - targetCount)].map { ($0, Array($1..<$1 + targetCount)) }
    }
  }

  static let structures: [Structure] = {
    let reflection = ComplexMatrix([[Complex(0.6), Complex(0.8)], [Complex(0.8), Complex(-0.6)]])
    let dense = (1...4).map { count in
      let matrix = (1..<count).reduce(reflection) { matrix, _ in matrix.kronecker(reflection) }
      return Structure(name: "dense\(count)", targetCount: count, flops: 8 * Double(1 << count) - 2) { state, targets in
        state.apply(matrix, targets: targets)
      }
    }
    return dense + [
      Structure(name: "diagonal1", targetCount: 1, flops: 6) { $0.apply(diagonal: [Complex(0, 1), Complex(0, -1)], targets: $1) },
      Structure(name: "diagonal2", targetCount: 2, flops: 6) { $0.apply(diagonal: [1, 1, 1, -1], targets: $1) },
      Structure(name: "swap", targetCount: 2, flops: 0) { $0.apply(permutation: [0, 2, 1, 3], targets: $1) },
      Structure(name: "controlled-x", targetCount: 2, flops: 0) {
        $0.apply(permutation: [1, 0], targets: [$1[0]], controls: [Control($1[1])])
      },
      Structure(name: "pauli-rotation", targetCount: 2, flops: 14) { state, targets in
        state.apply(rotation: PauliWord([PauliFactor(.x, targets[0]), PauliFactor(.y, targets[1])]), angle: .pi)
      },
    ]
  }()

  static func all(precision: Precision, level: SIMDLevel, loop: ParallelLoop, sizes: [Int]) -> [MicroBenchmark] {
    sizes.flatMap { qubits in
      structures.flatMap { structure in
        structure.places(qubits: qubits).map { place, targets in
          benchmark(structure, place, targets: targets, qubits: qubits, precision, level, loop)
        }
      }
    }
  }

  static func benchmark(
    _ structure: Structure, _ place: String, targets: [Int], qubits: Int, _ precision: Precision, _ level: SIMDLevel,
    _ loop: ParallelLoop
  ) -> MicroBenchmark {
    let amplitudes = Double(1 << qubits)
    return MicroBenchmark(
      name: "kernel/\(structure.name)/\(place)/\(qubits) qubits/\(precision)/\(level)",
      bytes: 2 * amplitudes * Double(precision.bytesPerAmplitude), flops: amplitudes * structure.flops,
      prepare: {
        let holder = try StateHolder(qubits: qubits, precision: precision, loop: loop, level: level)
        let before = holder.probes
        var calls = 0
        return (
          { _ in
            structure.apply(&holder.state, targets)
            calls += 1
          },
          {
            // Back to where it started: four calls are the identity for every structure, a rotation by 2 pi twice included.
            while !calls.isMultiple(of: 4) {
              structure.apply(&holder.state, targets)
              calls += 1
            }
            return zip(before, holder.probes).map { ($0 - $1).length }.max() ?? .infinity
          }
        )
      },
      // Rounding grows with the number of calls.
      tolerance: precision == .float ? 2e-2 : 1e-9)
  }
}

/// A state with amplitudes that differ everywhere, which closures can share.
final class StateHolder {
  var state: StateVector

  init(qubits: Int, precision: Precision, loop: ParallelLoop, level: SIMDLevel) throws {
    state = try StateVector(qubits: qubits, precision: precision, loop: loop, level: level)
    for qubit in 0..<qubits {
      let angle = 0.3 + 0.7 * Double(qubit)
      state.apply(rotation: PauliWord([PauliFactor(.y, qubit)]), angle: angle)
      state.apply(rotation: PauliWord([PauliFactor(.z, qubit)]), angle: 0.5 * angle)
    }
  }

  /// Amplitudes spread over the whole state, scaled to be about 1.
  var probes: [Complex<Double>] {
    let dimension = 1 << state.qubitCount
    let scale = Complex(Double(dimension).squareRoot())
    return (0..<64).map { scale * state[(dimension - 1) * $0 / 63] }
  }
}
