import QuantumStates
import TestSupport
import Testing

/// Law: every kernel, called for single states and for batches, with shared and per-sample matrices, equals the reference.
@Suite struct KernelCallLaws {
  @Test("Every kernel equals the reference at every SIMD level", arguments: Precision.allCases)
  func everyLevel(precision: Precision) {
    let calls = KernelCall.all(precision)
    for level in SIMDLevel.supported {
      for call in calls where call.registerBytes.map({ $0 == level.kernels(precision).registerBytes }) ?? true {
        let difference = call.difference(call.run(level))
        #expect(difference < 20 * precision.tolerance, "\(level) \(call)")
      }
    }
  }

  @Test("The calls reach every kernel", arguments: Precision.allCases)
  func complete(precision: Precision) {
    let reached = Set(KernelCall.all(precision).map(\.kernel.rawValue))
    #expect(reached == Set(KernelCall.Kernel.allCases.map(\.rawValue)))
  }
}
