import CStateKernels
import Foundation
import QuantumStates
import TestSupport
import Testing

/// Law: the arm64 build of the kernels, run on an emulator, equals the reference on the same calls as every other level.
@Suite struct NeonLaws {
  @Test(
    "Every kernel equals the reference on an emulated arm64", .tags(.slow), .enabled(if: TestSettings.runsSlowTests),
    .enabled(if: NeonDriver.canRun, "needs clang, gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user"))
  func emulated() throws {
    try withTemporaryFolder { path in
      let folder = URL(fileURLWithPath: path, isDirectory: true)
      let driver = try NeonDriver(in: folder)
      for precision in Precision.allCases {
        let calls = KernelCall.all(precision).filter { $0.registerBytes.map { $0 == 16 } ?? true }
        let memories = try driver.run(calls, in: folder)
        for (call, memory) in zip(calls, memories) {
          let difference = call.difference(memory)
          #expect(difference < 20 * precision.tolerance, "neon \(call)")
        }
      }
    }
  }
}

/// The kernels and `Neon/driver.c`, compiled for arm64 and run by qemu.
private struct NeonDriver {
  private let program: URL
  private static let compiler = tool("clang")
  private static let emulator = tool("qemu-aarch64")

  static var canRun: Bool { compiler != nil && emulator != nil && tool("aarch64-linux-gnu-gcc") != nil }

  /// Compiles into a folder.
  init(in folder: URL) throws {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let kernels = here.appending(path: "../../Sources/CStateKernels").standardizedFileURL
    let sources = try FileManager.default.contentsOfDirectory(at: kernels, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "c" }.map(\.path).sorted()
    program = folder.appending(path: "driver")
    try Self.run(
      Self.compiler!,
      ["--target=aarch64-linux-gnu", "-O2", "-static", "-I", kernels.appending(path: "include").path, "-o", program.path]
        + [here.appending(path: "Neon/driver.c").path] + sources + ["-lm"])
  }

  /// Runs the calls and returns what each left in memory.
  func run(_ calls: [KernelCall], in folder: URL) throws -> [KernelMemory] {
    let (input, output) = (folder.appending(path: "calls"), folder.appending(path: "answers"))
    try Data(calls.flatMap(Self.encoded)).write(to: input)
    try Data().write(to: output)
    try Self.run(Self.emulator!, [program.path], input: input, output: output)
    var answer = [UInt8](try Data(contentsOf: output))[...]
    func take(_ count: Int) -> [UInt8] {
      defer { answer = answer.dropFirst(count) }
      return Array(answer.prefix(count))
    }
    return calls.map { call in
      KernelMemory(
        state: take(call.memory.state.count), second: take(call.memory.second.count), result: take(call.memory.result.count))
    }
  }

  /// A call in the format that `Neon/driver.c` describes.
  private static func encoded(_ call: KernelCall) -> [UInt8] {
    let (argument, memory) = (call.argument, call.memory)
    let header: [Int64] = [
      call.kernel.rawValue, call.layout.precision == .float ? 1 : 0, argument.fixed_mask, argument.fixed_value,
      Int64(argument.row_count), Int64(argument.term_count), argument.x_mask, argument.z_mask, Int64(argument.lane_xor),
      Int64(call.layout.sampleBlockBits), Int64(argument.apart), argument.coefficient_stride, 0, Int64(call.count),
      Int64(call.words.count), Int64(call.coefficients.count), Int64(memory.state.count), Int64(memory.second.count),
      Int64(memory.result.count),
    ]
    let offsets = UnsafeBufferPointer(start: argument.offsets, count: Int(argument.row_count))
    let terms = UnsafeBufferPointer(start: argument.terms, count: Int(argument.term_count))
    return header.withUnsafeBytes(Array.init) + UnsafeRawBufferPointer(offsets) + UnsafeRawBufferPointer(terms)
      + call.words.withUnsafeBytes(Array.init) + call.coefficients + memory.state + memory.second + memory.result
  }

  private static func tool(_ name: String) -> URL? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { URL(fileURLWithPath: String($0)).appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  private static func run(_ tool: URL, _ arguments: [String], input: URL? = nil, output: URL? = nil) throws {
    let process = Process()
    process.executableURL = tool
    process.arguments = arguments
    if let input { process.standardInput = try FileHandle(forReadingFrom: input) }
    if let output { process.standardOutput = try FileHandle(forWritingTo: output) }
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(tool.lastPathComponent) \(arguments.joined(separator: " "))")
  }
}
