// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever uses Hilbert builds none of it; it sees what any other program sees.
let package = Package(
  name: "HilbertBenchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Hilbert", path: "..")],
  targets: [
    .target(name: "CMachineLimits", exclude: ["multiply_add.inc"]),
    .executableTarget(
      name: "MicroBenchmarks", dependencies: ["CMachineLimits", .product(name: "Hilbert", package: "Hilbert")]),
  ],
  swiftLanguageModes: [.v6]
)
