import QuantumStates

// Circuits without trained parameters that algorithms are made of.

extension Circuit {
  /// The state (|0...0> + |1...1>)/√2: H on qubit 0, then CX along the line.
  ///
  /// Source: Greenberger, Horne, Zeilinger, "Going beyond Bell's theorem", 1989.
  public static func ghz(qubits count: Int) -> Circuit {
    Circuit(qubits: count) {
      H(0)
      for (control, target) in Connectivity.linear.pairs(qubits: count) { CX(control, target) }
    }
  }

  /// The quantum Fourier transform `|j> -> 2^{-n/2} sum_k e^{2πi jk / 2^n} |k>`; its inverse is `.inverse`.
  ///
  /// - Parameter reversesOrder: whether the final swaps are made; without them the output has its qubits in reverse order.
  ///
  /// Complexity: n(n + 1)/2 gates and n/2 swaps.
  ///
  /// Source: Coppersmith, "An approximate Fourier transform useful in quantum factoring", 1994.
  public static func qft(qubits count: Int, reversesOrder: Bool = true) -> Circuit {
    Circuit(qubits: count) {
      for target in (0..<count).reversed() {
        H(target)
        for control in (0..<target).reversed() {
          CP(.pi / Angle(Double(1 << (target - control))), control, target)
        }
      }
      if reversesOrder {
        for qubit in 0..<count / 2 { SWAP(qubit, count - 1 - qubit) }
      }
    }
  }

  /// Time evolution exp(-i t H) under a sum of Pauli words, by a product formula of r steps.
  ///
  /// First order: `(prod_k exp(-i c_k P_k t/r))^r`, error O(t²/r). Second order: each step forwards with half the time, then
  /// backwards, error O(t³/r²). Terms that commute give no error.
  ///
  /// - Parameters:
  ///   - time: t, an angle: a constant, a parameter or a feature.
  ///   - order: 1 or 2.
  ///
  /// Source: Suzuki, "General theory of fractal path integrals", 1991; Childs et al., "Theory of Trotter error", 2021.
  public static func trotterEvolution(
    _ hamiltonian: PauliSum, time: Angle, steps: Int, order: Int = 1, qubits count: Int? = nil
  ) -> Circuit {
    precondition(
      steps >= 1 && (1...2).contains(order), "trotterEvolution: \(steps) steps of order \(order); use 1 or more, order 1 or 2")
    let stepTime = time / Angle(Double(steps * order))
    let forward = Circuit(qubits: count ?? max(hamiltonian.qubitCount, 1)) {
      for term in hamiltonian.terms {
        if term.word.isIdentity {
          GlobalPhase(Angle(-term.coefficient) * stepTime)
        } else {
          Instruction.pauliRotation(Angle(2 * term.coefficient) * stepTime, term.word)
        }
      }
    }
    if order == 1 { return forward.repeated(steps) }
    var backward = Circuit(qubits: forward.qubitCount)
    backward.append(Array(forward.instructions.reversed()))
    return (forward + backward).repeated(steps)
  }
}
