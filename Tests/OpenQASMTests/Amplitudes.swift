import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates

/// The amplitudes of the state that a circuit without measurements makes.
func amplitudes(_ circuit: Circuit, parameters: [Double] = [], features: [Double] = []) throws -> [Complex<Double>] {
  try circuit.run(parameters: parameters, features: features).amplitudes(.littleEndian)
}

/// A program of version 3 with the standard gates, read.
func read(_ body: String, options: ReadingOptions = ReadingOptions()) throws(OpenQASMError) -> CircuitFile {
  try CircuitFile(openQASM: "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n" + body, named: "test.qasm", options: options)
}

/// A program of version 2 with qelib1, read.
func readVersionTwo(_ body: String) throws(OpenQASMError) -> CircuitFile {
  try CircuitFile(openQASM: "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n" + body, named: "test.qasm")
}
