/// The umbrella: `import Hilbert` brings every library of the package.
@_exported import Datasets
@_exported import Execution
@_exported import FidelityBenchmarks
@_exported import LinearAlgebra
@_exported import NeuralNetworks
@_exported import OpenQASM
@_exported import QuantumCircuits
@_exported import QuantumLearning
@_exported import QuantumStates
@_exported import Randomness
@_exported import Reports
@_exported import Stabilizers
