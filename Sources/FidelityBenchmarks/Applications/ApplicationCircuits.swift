import QuantumCircuits
import QuantumStates

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// The circuits of `Application`.
extension Circuit {
  /// (|10...0> + ... + |0...01>)/sqrt n: the excitation goes on from each qubit to the next, all but a share of 1/(what is left).
  mutating func appendW() {
    append(X(0))
    for qubit in 0..<qubitCount - 1 {
      append(CRY(Angle(2 * acos((1 / Double(qubitCount - qubit)).squareRoot())), qubit, qubit + 1))
      append(CX(qubit + 1, qubit))
    }
  }

  /// Finds the mask of f(x) = mask . x (+ 1) with one question: the last qubit is the oracle's.
  mutating func appendOracle(mask: Int, isFlipped: Bool) {
    let last = qubitCount - 1
    append(X(last))
    for qubit in 0...last { append(H(qubit)) }
    append(Barrier())
    for qubit in 0..<last where mask >> qubit & 1 == 1 { append(CX(qubit, last)) }
    if isFlipped { append(X(last)) }
    append(Barrier())
    for qubit in 0...last { append(H(qubit)) }
    // The oracle's qubit ends as it began.
    append(X(last))
  }

  /// Finds the shift between two bent functions: pairs of CZ are the function and its dual.
  mutating func appendHiddenShift(_ shift: Int) {
    func all(_ word: (Int) -> Instruction) { for qubit in 0..<qubitCount { append(word(qubit)) } }
    func move() { for qubit in 0..<qubitCount where shift >> qubit & 1 == 1 { append(X(qubit)) } }
    func pairs() { for qubit in stride(from: 0, to: qubitCount - 1, by: 2) { append(CZ(qubit, qubit + 1)) } }
    all { Instruction.gate(.h, on: $0) }
    move()
    pairs()
    move()
    all { Instruction.gate(.h, on: $0) }
    pairs()
    all { Instruction.gate(.h, on: $0) }
  }

  /// A number to its Fourier transform, 1 added there, and back.
  mutating func appendFourierSum(_ value: Int) {
    for qubit in 0..<qubitCount where value >> qubit & 1 == 1 { append(X(qubit)) }
    let transform = Circuit.qft(qubits: qubitCount)
    append(transform.instructions)
    append(Barrier())
    for qubit in 0..<qubitCount { append(RZ(Angle(2 * .pi * Double(1 << qubit) / Double(1 << qubitCount)), qubit)) }
    append(Barrier())
    append(transform.inverse.instructions)
  }

  /// The phase 2π k / 2^(n-1) of a phase gate on the last qubit, read by the others.
  mutating func appendPhaseEstimation(_ value: Int) {
    let counting = qubitCount - 1
    append(X(counting))
    for qubit in 0..<counting { append(H(qubit)) }
    for qubit in 0..<counting {
      append(CP(Angle(2 * .pi * Double(value << qubit) / Double(1 << counting)), qubit, counting))
    }
    append(Barrier())
    append(Circuit.qft(qubits: counting).inverse.instructions)
  }

  /// A ripple-carry adder of two numbers of (n - 2)/2 bits: qubits carry, b0, a0, b1, a1, ..., carry out.
  ///
  /// Source: Cuccaro, Draper, Kutin, Moulton, "A new quantum ripple-carry addition circuit", 2004.
  mutating func appendAdder(_ value: Int) {
    let bits = (qubitCount - 2) / 2
    let (a, b, last) = ((0..<bits).map { 2 + 2 * $0 }, (0..<bits).map { 1 + 2 * $0 }, qubitCount - 1)
    for bit in 0..<2 * bits where value >> bit & 1 == 1 { append(X(1 + bit)) }
    append(Barrier())
    let carries = [0] + a
    for bit in 0..<bits {
      append(CX(a[bit], b[bit]))
      append(CX(a[bit], carries[bit]))
      appendToffoli(carries[bit], b[bit], a[bit])
    }
    append(CX(a[bits - 1], last))
    for bit in (0..<bits).reversed() {
      appendToffoli(carries[bit], b[bit], a[bit])
      append(CX(a[bit], carries[bit]))
      append(CX(carries[bit], b[bit]))
    }
  }

  /// CCX in six CX.
  private mutating func appendToffoli(_ first: Int, _ second: Int, _ target: Int) {
    append(H(target))
    append(CX(second, target))
    append(Tdg(target))
    append(CX(first, target))
    append(T(target))
    append(CX(second, target))
    append(Tdg(target))
    append(CX(first, target))
    append(T(second))
    append(T(target))
    append(H(target))
    append(CX(first, second))
    append(T(first))
    append(Tdg(second))
    append(CX(first, second))
  }

  /// Steps of a chain with exp(-i 0.2 ZZ) between neighbours and exp(-i 0.2 X) on all, from |+...+> turned by 0.5 about Y.
  mutating func appendIsing(steps: Int) {
    for qubit in 0..<qubitCount { append(RY(0.5, qubit)) }
    for _ in 0..<steps {
      for qubit in 0..<qubitCount - 1 { append(RZZ(0.4, qubit, qubit + 1)) }
      for qubit in 0..<qubitCount { append(RX(0.4, qubit)) }
    }
  }

  /// Cuts of a ring by the alternating-operator ansatz.
  mutating func appendMaximumCut(angles: [(gamma: Double, beta: Double)]) {
    for qubit in 0..<qubitCount { append(H(qubit)) }
    for (gamma, beta) in angles {
      for qubit in 0..<(qubitCount > 2 ? qubitCount : 1) { append(RZZ(Angle(gamma), qubit, (qubit + 1) % qubitCount)) }
      for qubit in 0..<qubitCount { append(RX(Angle(2 * beta), qubit)) }
    }
  }
}
