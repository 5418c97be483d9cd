import Execution
import LinearAlgebra

/// A pure state of n qubits: 2^n amplitudes.
///
/// Convention: qubit 0 is the least significant bit of a basis index. The memory belongs to one owner and is freed with
/// it; `copy()` is explicit.
///
/// ```swift
/// var state = try StateVector(qubits: 2)
/// state.apply(ComplexMatrix([[0.6, -0.8], [0.8, 0.6]]), targets: [0])
/// ```
///
/// Complexity: every operation is one pass over the amplitudes; memory is 16 * 2^n bytes (8 * 2^n in single precision).
public struct StateVector: ~Copyable, Sendable {
  public let qubitCount: Int
  public let precision: Precision
  /// Threads used where the state is large enough to repay them.
  public let loop: ParallelLoop
  /// Instruction set of the kernels.
  public let level: SIMDLevel
  package let amplitudes: Amplitudes
  package var kernels: Kernels { level.kernels(precision) }
  package var layout: AmplitudeLayout { amplitudes.layout }

  /// |0...0>.
  ///
  /// - Throws: `StateError.tooLarge` before memory is taken, with the largest register that fits.
  public init(
    qubits qubitCount: Int, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(StateError) {
    precondition(qubitCount >= 0, "StateVector: \(qubitCount) qubits, must not be negative")
    try AmplitudeLayout.check(qubitCount: qubitCount, precision: precision, purpose: "A state vector of \(qubitCount) qubits")
    self.init(uncheckedQubits: qubitCount, precision: precision, loop: loop, level: level)
    amplitudes[0] = 1
  }

  /// The state with the given amplitudes.
  ///
  /// - Parameters:
  ///   - amplitudes: 2^n numbers of squared norm 1.
  ///   - order: which end of a basis index qubit 0 is.
  ///   - tolerance: how far the squared norm may be from 1; the state is then normalized exactly.
  public init(
    _ amplitudes: [Complex<Double>], order: BitOrder, tolerance: Double = 1e-6, precision: Precision = .double,
    loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(StateError) {
    guard amplitudes.count.nonzeroBitCount == 1 else { throw .amplitudeCount(amplitudes.count) }
    if let bad = amplitudes.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(index: bad) }
    let squaredNorm = amplitudes.reduce(0) { $0 + $1.lengthSquared }
    guard abs(squaredNorm - 1) <= tolerance else { throw .notNormalized(found: squaredNorm, tolerance: tolerance) }
    let qubits = amplitudes.count.trailingZeroBitCount
    try self.init(qubits: qubits, precision: precision, loop: loop, level: level)
    let scale = Complex(1 / squaredNorm.squareRoot())
    for (index, amplitude) in amplitudes.enumerated() {
      self.amplitudes[order.littleEndianIndex(index, qubits: qubits)] = scale * amplitude
    }
  }

  /// All amplitudes zero, for memory that the caller has checked and will fill.
  package init(uncheckedQubits qubitCount: Int, precision: Precision, loop: ParallelLoop, level: SIMDLevel) {
    self.qubitCount = qubitCount
    self.precision = precision
    self.loop = loop
    self.level = level
    amplitudes = Amplitudes(zero: AmplitudeLayout(qubitCount: qubitCount, precision: precision))
  }

  private init(copying other: borrowing StateVector) {
    qubitCount = other.qubitCount
    precision = other.precision
    loop = other.loop
    level = other.level
    amplitudes = Amplitudes(copying: other.amplitudes)
  }

  /// A second state with the same amplitudes, in memory of its own.
  public borrowing func copy() -> StateVector { StateVector(copying: self) }

  /// The amplitude of a basis state.
  public subscript(basisIndex: Int) -> Complex<Double> {
    precondition(0..<1 << qubitCount ~= basisIndex, "StateVector: no basis state \(basisIndex) of \(qubitCount) qubits")
    return amplitudes[basisIndex]
  }

  /// All 2^n amplitudes in a labelled order.
  public func amplitudes(_ order: BitOrder) -> [Complex<Double>] {
    (0..<1 << qubitCount).map { amplitudes[order.littleEndianIndex($0, qubits: qubitCount)] }
  }

  /// <self|other>.
  public func innerProduct(with other: borrowing StateVector) -> Complex<Double> {
    precondition(
      qubitCount == other.qubitCount && precision == other.precision,
      "StateVector: inner product of \(qubitCount) qubits (\(precision)) with \(other.qubitCount) (\(other.precision))")
    let identity = KernelOperation(xMask: 0, zMask: 0, layout: layout)
    return identity.overlapSums(bra: amplitudes.base, ket: other.amplitudes.base, kernels: kernels, loop: loop)[1]
  }

  /// The squared norm, 1 up to rounding.
  public var squaredNorm: Double { innerProduct(with: self).real }

  /// Multiplies every amplitude; for collapse and normalization.
  package func scale(by factor: Complex<Double>) {
    run(KernelOperation(xMask: 0, zMask: 0, layout: layout), [factor, 0])
  }

  package func run(_ operation: KernelOperation, _ entries: [Complex<Double>]) {
    let coefficients = AlignedBuffer<UInt8>(zeroed: operation.coefficientBytes)
    entries.withUnsafeBufferPointer { entries in
      operation.fill(UnsafeMutableRawPointer(coefficients.base), entries: entries.baseAddress)
    }
    operation.apply(
      to: amplitudes.base, coefficients: Coefficients(base: coefficients.base, isShared: true), kernels: kernels, loop: loop)
  }
}

extension StateVector: QuantumState {
  public mutating func apply(_ matrix: ComplexMatrix, targets: [Int], controls: [Control] = []) {
    run(
      KernelOperation(pattern: MatrixPattern(of: matrix), targets: targets, controls: controls, layout: layout), matrix.elements)
  }

  public mutating func apply(diagonal entries: [Complex<Double>], targets: [Int], controls: [Control] = []) {
    let pattern = entries.map { $0 == 1 ? MatrixPattern.Entry.one : .any }
    run(KernelOperation(diagonal: pattern, targets: targets, controls: controls, layout: layout), entries)
  }

  public mutating func apply(permutation: [Int], targets: [Int], controls: [Control] = []) {
    run(.permutation(permutation, targets: targets, controls: controls, layout: layout), [])
  }

  public mutating func apply(rotation word: PauliWord, angle: Double, controls: [Control] = []) {
    run(
      KernelOperation(xMask: word.xMask, zMask: word.zMask, controls: controls, layout: layout),
      [Complex(Double.cos(angle / 2)), Complex(0, -Double.sin(angle / 2))])
  }

  public func expectation(of word: PauliWord) -> Double {
    let placed = KernelOperation(xMask: word.xMask, zMask: word.zMask, layout: layout)
    return placed.overlapSums(bra: amplitudes.base, ket: amplitudes.base, kernels: kernels, loop: loop)[1].real
  }
}
