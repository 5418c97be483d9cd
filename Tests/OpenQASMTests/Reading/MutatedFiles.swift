import Foundation
import OpenQASM
import Randomness
import TestSupport
import Testing

/// Files with something wrong in them: whatever it is, reading ends with a circuit or an error, soon and in little memory.
@Suite struct MutatedFiles {
  /// How long to go on; `HILBERT_FUZZ_SECONDS` makes it longer.
  static let seconds = ProcessInfo.processInfo.environment["HILBERT_FUZZ_SECONDS"].flatMap { Double($0) } ?? 60
  static let seed = ProcessInfo.processInfo.environment["HILBERT_FUZZ_SEED"].flatMap { UInt64($0) } ?? 2026

  static let originals: [[UInt8]] =
    ReferenceProgram.all.map { Array($0.source.utf8) } + MessageTests.mistakes.map { Array($0.body.utf8) }

  /// Pieces that grammars trip over.
  static let pieces: [[UInt8]] = [
    "ctrl @ ", "pow(0.5) @ ", "inv @ ", "{", "}", "(", ")", "[", "]", "measure ", "-> c", "if (c == 1) ", "while (c) ",
    "for int i in [0:3] ",
    "bit[2] c;", "int[8] n = 3;", "let a = q[0:1];", "def f(qubit a) { x a; }", "f(q[0]);", "gate g a { x a; }", "#pragma hilbert ",
    "@a ",
    "\"01\"", "1e309", "9223372036854775807", "-9223372036854775808", "<< 70", "** 1000", "++", "::", "$0", "π", "\u{2020}", "//",
    "/*", "*/", "\0",
    "\n", "input float t;", "return 1;", "switch (n) { case 1 { } }", "array[int, 3] a = {1, 2, 3};", "n += c;", "reset q;", "end;",
    "% 0", "/ 0",
    "[{0, 1}]", "[-1]", "[5:-1:0]", "im", "uint[64](", "int[63] m = 5;", "uint[63](", "angle[63](", "angle[20](", "popcount(c)",
    "sizeof(", "include \"stdgates.inc\";",
    "OPENQASM 2.0;",
  ].map { Array($0.utf8) }

  /// An original with one to six changes: bytes replaced, removed, doubled; pieces put in; parts of two files joined.
  static func mutated(_ random: inout RandomSource) -> [UInt8] {
    var bytes = originals[Int(random.next() % UInt64(originals.count))]
    for _ in 0...(random.next() % 6) {
      let place = bytes.isEmpty ? 0 : Int(random.next() % UInt64(bytes.count))
      switch random.next() % 6 {
      case 0: if !bytes.isEmpty { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int(random.next() % 12)))
      case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + Int(random.next() % 40))], at: place)
      case 3, 4: bytes.insert(contentsOf: pieces[Int(random.next() % UInt64(pieces.count))], at: place)
      default:
        let other = originals[Int(random.next() % UInt64(originals.count))]
        bytes = Array(bytes[..<place]) + other[Int(random.next() % UInt64(other.count))...]
      }
    }
    return bytes
  }

  /// Reads one text within limits; how many seconds it took.
  static func read(_ bytes: [UInt8]) -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    let text = String(decoding: bytes, as: UTF8.self)
    do {
      let file = try CircuitFile(openQASM: text, options: ReadingOptions(instructionLimit: 2000))
      #expect(file.circuit.instructions.count <= 2000)
    } catch {
      #expect(!error.description.isEmpty)
    }
    return Double((clock.now - start).components.attoseconds) / 1e18 + Double((clock.now - start).components.seconds)
  }

  @Test func aThousandMutations() {
    var random = RandomSource(seed: Self.seed, stream: 0)
    for _ in 0..<1000 { #expect(Self.read(Self.mutated(&random)) < 5) }
  }

  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func aMinuteOfMutations() {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(Self.seconds)
    var (count, slowest) = (0, 0.0)
    var random = RandomSource(seed: Self.seed, stream: 1)
    while clock.now < end {
      let bytes = Self.mutated(&random)
      let time = Self.read(bytes)
      if time > 5 { Issue.record("\(time) s for \(String(decoding: bytes, as: UTF8.self))") }
      (count, slowest) = (count + 1, max(slowest, time))
    }
    #expect(count > 1000, "\(count) files, the slowest took \(slowest) s")
  }

  @Test func nestingIsLimited() {
    for (open, close) in [
      ("(", ")"), ("{", "}"), ("-", ""), ("q[", "]"), ("ctrl @ ", ""), ("if (true) ", ""), ("int(", ")"), ("1 + ", "1"),
    ] {
      let text =
        "OPENQASM 3.0;\nqubit q;\nrx(" + String(repeating: open, count: 100_000) + "1" + String(repeating: close, count: 100_000)
        + ") q;"
      #expect(throws: OpenQASMError.self) { try CircuitFile(openQASM: text) }
      let block = "OPENQASM 3.0;\nqubit q;\n" + String(repeating: open, count: 100_000)
      #expect(throws: OpenQASMError.self) { try CircuitFile(openQASM: block) }
    }
  }
}
