import CStateKernels
import Execution
import LinearAlgebra
import QuantumStates
import TestSupport

/// What a kernel may change: bytes in the layout of the kernels.
struct KernelMemory: Sendable {
  var state: [UInt8]
  var second: [UInt8] = []
  var result: [UInt8] = []
}

/// One call of one kernel on memory of its own, and how to tell whether it was right.
///
/// The same calls run on every instruction set of this processor and, through `Neon/driver.c`, on an emulated arm64.
struct KernelCall: CustomStringConvertible {
  /// In the order of the driver.
  enum Kernel: Int64, CaseIterable {
    case dense1, dense2, dense3, dense4, lane1, terms, diagonal, swaps, pauli, pauliAccumulate, overlap, pauliOverlap,
      backwardDense1
    case backwardLane1, diagonalExpectations, diagonalWeighted, squaredMagnitudes, sineCosine, rotations, pass, passBackward
  }

  let description: String
  let kernel: Kernel
  let layout: AmplitudeLayout
  /// Owns the offsets and terms that `argument` points to; nil where a kernel takes none.
  var operation: KernelOperation?
  var argument = hilbert_operation()
  var coefficients: [UInt8] = []
  /// Z masks over block bits, for the diagonal kernels.
  var words: [Int64] = []
  var count: Int
  /// Of the levels for which the coefficients were written; nil where they suit all.
  var registerBytes: Int?
  let memory: KernelMemory
  /// The largest difference of the memory after the call from the reference.
  let difference: (KernelMemory) -> Double

  /// Runs the call on this processor.
  func run(_ level: SIMDLevel) -> KernelMemory {
    let coefficients = Self.aligned(coefficients)
    let state = Self.aligned(memory.state)
    let second = Self.aligned(memory.second)
    let result = Self.aligned(memory.result)
    var argument = argument
    argument.coefficients = UnsafeRawPointer(coefficients.base)
    let table = level.kernels(layout.precision).table.pointee
    let count = Int64(count)
    switch kernel {
    case .dense1: table.dense1(&argument, state.base, 0, count)
    case .dense2: table.dense2(&argument, state.base, 0, count)
    case .dense3: table.dense3(&argument, state.base, 0, count)
    case .dense4: table.dense4(&argument, state.base, 0, count)
    case .lane1: table.lane1(&argument, state.base, 0, count)
    case .terms: table.terms(&argument, state.base, 0, count)
    case .diagonal: table.diagonal(&argument, state.base, 0, count)
    case .swaps: table.swaps(&argument, state.base, 0, count)
    case .pauli: table.pauli(&argument, state.base, 0, count)
    case .pauliAccumulate: table.pauli_accumulate(&argument, state.base, result.base, 0, count)
    case .overlap: table.overlap(&argument, second.base, state.base, result.base, 0, count)
    case .pauliOverlap: table.pauli_overlap(&argument, second.base, state.base, result.base, 0, count)
    case .backwardDense1: table.backward_dense1(&argument, second.base, state.base, result.base, 0, count)
    case .backwardLane1: table.backward_lane1(&argument, second.base, state.base, result.base, 0, count)
    case .diagonalExpectations:
      table.diagonal_expectations(
        state.base, words, Int64(words.count), Int64(layout.sampleBlockBits), result.base, 0, count)
    case .diagonalWeighted:
      table.diagonal_weighted(
        state.base, words, Int64(words.count), Int64(layout.sampleBlockBits), coefficients.base, result.base, 0, count)
    case .squaredMagnitudes: table.squared_magnitudes(state.base, result.base, count)
    case .sineCosine:
      let doubles = [state.base, second.base, result.base].map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: Double.self) }
      table.sine_cosine(doubles[0], doubles[1], doubles[2], count)
    case .rotations:
      var rotations = UnsafeRawPointer(coefficients.base).load(as: hilbert_rotations.self)
      rotations.moveAddresses(by: Int(bitPattern: coefficients.base))
      table.rotations(&rotations, state.base, 0, count)
    case .pass, .passBackward:
      var pass = UnsafeRawPointer(coefficients.base).load(as: hilbert_pass.self)
      pass.moveAddresses(by: Int(bitPattern: coefficients.base))
      if kernel == .pass {
        table.pass(&pass, state.base, 0, count)
      } else {
        let sums = UnsafeMutableRawPointer(result.base).assumingMemoryBound(to: Double.self)
        table.pass_backward(&pass, second.base, state.base, sums, 0, count)
      }
    }
    func bytes(_ buffer: borrowing AlignedBuffer<UInt8>) -> [UInt8] {
      Array(UnsafeBufferPointer(start: buffer.base, count: buffer.count))
    }
    return KernelMemory(state: bytes(state), second: bytes(second), result: bytes(result))
  }

  private static func aligned(_ bytes: [UInt8]) -> AlignedBuffer<UInt8> {
    let buffer = AlignedBuffer<UInt8>(zeroed: bytes.count)
    bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { buffer.base.update(from: base, count: bytes.count) } }
    return buffer
  }
}

extension AmplitudeLayout {
  /// Reference states, one a sample, as the kernels keep them.
  func encoded(_ states: [ReferenceState]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteCount)
    bytes.withUnsafeMutableBytes { memory in
      let access = AmplitudeAccess(base: memory.baseAddress!, precision: precision)
      for (sample, state) in states.enumerated() {
        for (index, amplitude) in state.amplitudes.enumerated() { access[index << sampleBits | sample] = amplitude }
      }
    }
    return bytes
  }

  /// The largest difference of an amplitude in `bytes` from the reference.
  func difference(_ bytes: [UInt8], _ states: [ReferenceState]) -> Double {
    guard bytes.count == byteCount else { return .infinity }
    var copy = bytes
    return copy.withUnsafeMutableBytes { memory in
      let access = AmplitudeAccess(base: memory.baseAddress!, precision: precision)
      return states.enumerated().reduce(0) { worst, entry in
        let amplitudes = entry.element.amplitudes.indices.map { access[$0 << sampleBits | entry.offset] }
        return max(worst, maximumDifference(amplitudes, entry.element.amplitudes))
      }
    }
  }

  /// Real numbers in the precision of the layout, as doubles.
  func reals(_ bytes: [UInt8]) -> [Double] {
    bytes.withUnsafeBytes { memory in
      precision == .float
        ? (0..<memory.count / 4).map { Double(memory.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self)) }
        : (0..<memory.count / 8).map { memory.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
    }
  }

  /// The bytes of real numbers in the precision of the layout.
  func bytes(_ reals: [Double]) -> [UInt8] {
    precision == .float
      ? reals.flatMap { withUnsafeBytes(of: Float($0)) { Array($0) } } : reals.flatMap { withUnsafeBytes(of: $0) { Array($0) } }
  }
}
