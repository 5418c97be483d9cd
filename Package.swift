// swift-tools-version: 6.2
import PackageDescription

// The map of targets, one line each, stands in Documentation/Architecture.md; a target imports only what its row names.

let complex = Target.Dependency.product(name: "ComplexModule", package: "swift-numerics")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")

/// A library target with its own product and its own test bundle.
struct Room {
  let name: String
  let imports: [Target.Dependency]
  var testImports: [Target.Dependency] = []
  /// Reference numbers and fixtures that tests read from where they stand.
  var testExcludes: [String] = []
  var linkerSettings: [LinkerSetting] = []
}

let rooms: [Room] = [
  Room(name: "Execution", imports: []),
  Room(name: "Randomness", imports: []),
  Room(
    name: "LinearAlgebra", imports: ["COpenBLAS", "Randomness", complex],
    linkerSettings: ["openblas", "lapacke"].map { .linkedLibrary($0, .when(platforms: [.macOS])) }),
  Room(
    name: "QuantumStates", imports: ["CStateKernels", "Execution", "LinearAlgebra", "Randomness"],
    testImports: ["CStateKernels", "Execution", "Randomness"], testExcludes: ["Neon"]),
  Room(name: "Stabilizers", imports: ["Execution", "Randomness"], testImports: ["Execution", "Randomness"]),
  Room(name: "QuantumCircuits", imports: ["Execution", "LinearAlgebra", "QuantumStates", "Randomness", "Stabilizers"]),
  Room(
    name: "OpenQASM", imports: ["Execution", "LinearAlgebra", "QuantumStates", "QuantumCircuits"], testImports: ["Randomness"],
    testExcludes: ["References"]),
  Room(
    name: "NeuralNetworks", imports: ["Execution", "LinearAlgebra", "Randomness"], testImports: ["Execution", "Randomness"],
    testExcludes: ["References"]),
  Room(
    name: "QuantumLearning",
    imports: ["Execution", "LinearAlgebra", "QuantumStates", "QuantumCircuits", "NeuralNetworks", "Randomness"],
    testExcludes: ["References"]),
  Room(
    name: "Datasets", imports: ["CEmbeddedData", "CPNG", "CTurboJPEG", "CZlib", "Execution", "LinearAlgebra", "Randomness"],
    testImports: ["CPNG", "CTurboJPEG", "CZlib", "Randomness"],
    testExcludes: ["References"]),
  Room(
    name: "FidelityBenchmarks",
    imports: ["Execution", "LinearAlgebra", "QuantumStates", "Stabilizers", "QuantumCircuits", "OpenQASM", "Randomness"],
    testExcludes: ["References"]),
  Room(name: "Reports", imports: ["Execution"], testImports: ["Execution"]),
  Room(
    name: "Hilbert",
    imports: [
      "Execution", "Randomness", "LinearAlgebra", "QuantumStates", "Stabilizers", "QuantumCircuits", "OpenQASM",
      "NeuralNetworks", "QuantumLearning", "FidelityBenchmarks", "Datasets", "Reports",
    ], testExcludes: ["References"]),
  Room(name: "HilbertCommands", imports: ["Hilbert", arguments, yaml], testExcludes: ["References"]),
]

// On Linux the library is opened when first needed, and not linked: pkg-config would link it.
#if os(macOS)
  let openBLAS: String? = "openblas"
#else
  let openBLAS: String? = nil
#endif

let examples = [
  "FirstProgram", "BellState", "GradientMethods", "MoonsClassifier", "HybridImages", "CustomLayer", "QuantumKernel", "NoisyGHZ",
  "ZeroNoise", "NoisyClassifier",
]

let package = Package(
  name: "Hilbert",
  platforms: [.macOS(.v15)],
  products: rooms.map { .library(name: $0.name, targets: [$0.name]) } + [.executable(name: "hilbert", targets: ["hilbert"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: openBLAS,
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"]), .brew(["openblas", "lapack"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
    .target(name: "CStateKernels"),
    .target(name: "CEmbeddedData", exclude: ["data"]),
    .executableTarget(name: "hilbert", dependencies: ["HilbertCommands"]),
    .target(name: "TestSupport", dependencies: ["LinearAlgebra", "Randomness"], path: "Tests/TestSupport"),
  ]
    + rooms.map { .target(name: $0.name, dependencies: $0.imports, linkerSettings: $0.linkerSettings) }
    + rooms.map {
      .testTarget(
        name: "\($0.name)Tests", dependencies: [.byName(name: $0.name), "TestSupport"] + $0.testImports, exclude: $0.testExcludes)
    }
    // Without access to what the package keeps to itself, as programs elsewhere have none.
    + (examples.map { ("Examples", $0) } + [("Tests", "ColdStart"), ("Tests", "CountedWork")]).map { folder, name in
      .executableTarget(name: name, dependencies: ["Hilbert"], path: "\(folder)/\(name)", packageAccess: false)
    },
  swiftLanguageModes: [.v6]
)
