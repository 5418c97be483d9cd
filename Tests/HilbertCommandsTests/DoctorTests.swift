import Testing

@Suite struct DoctorTests {
  @Test func namesWhatTheMachineOffers() throws {
    let process = try HilbertProcess("doctor", in: TemporaryFolder(), environment: ["HILBERT_SIMD": "baseline"])
    #expect(process.status == 0)
    #expect(process.error == "")
    for name in ["hilbert", "system", "SIMD level  baseline", "processors", "BLAS        OpenBLAS", "memory", "gnuplot"] {
      #expect(process.output.contains(name), "\(name) is missing in \(process.output)")
    }
  }

  @Test func jsonHasTheCommonFields() throws {
    let process = try HilbertProcess("doctor", "--format", "json", "--threads", "1", in: TemporaryFolder())
    let object = try process.json()
    #expect(object["schema"] as? String == "hilbert.doctor/1")
    #expect(object["version"] as? String == "0.1.0")
    #expect(object["threads"] as? Int == 1)
    #expect(object["simdLevel"] is String)
    #expect(object["wallSeconds"] is Double)
    #expect((object["memoryBytes"] as? Int).map { $0 > 1 << 20 } == true)
    #expect(process.output.hasSuffix("}\n"))
    #expect(process.output.filter { $0 == "\n" }.count == 1)
  }

  @Test func missingGnuplotIsNamedWithTheWayToInstallIt() throws {
    let process = try HilbertProcess("doctor", in: TemporaryFolder(), environment: ["PATH": "/nowhere"])
    #expect(process.status == 0)
    #expect(process.output.contains("apt-get install gnuplot-nox"))
  }

  @Test func unknownSIMDLevelIsRefused() throws {
    let process = try HilbertProcess("doctor", in: TemporaryFolder(), environment: ["HILBERT_SIMD": "avx1024"])
    #expect(process.status == 64)
    #expect(process.error.hasPrefix("hilbert: HILBERT_SIMD is 'avx1024', and this processor runs baseline"))
    #expect(process.output == "")
  }

  /// What cannot be written is not silently lost.
  @Test func fullOutputIsAnError() throws {
    let folder = try TemporaryFolder()
    let shell = try ShellProcess("'\(HilbertProcess.binary.path)' data list > /dev/full", in: folder)
    #expect(shell.status == 73)
    #expect(shell.error == "hilbert: cannot write to standard output: No space left on device; send it elsewhere\n")
  }
}
