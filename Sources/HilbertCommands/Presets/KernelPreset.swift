/// A kernel configuration that is part of the program.
struct KernelPreset: Sendable {
  let name: String
  let summary: String
  let yaml: String

  static let all = [
    KernelPreset(
      name: "ad-hoc", summary: "the paper's data, kernel and hard margin",
      yaml: """
        data: {source: ad-hoc}
        scaling: none
        featureMap: {name: second-order}
        machine: {regularization: 10000}
        """),
    KernelPreset(
      name: "breast-cancer", summary: "six principal components, bandwidth and C by cross-validation",
      yaml: """
        data: {source: breast-cancer, test: 0.3, pca: 6}
        featureMap: {name: second-order, bandwidth: [0.05, 0.1, 0.2, 0.4]}
        machine: {regularization: [0.1, 1, 10, 100], folds: 5}
        """),
  ]

  func configuration() throws -> KernelConfiguration {
    try KernelConfiguration(ConfigurationText(name: "preset \(name)", yaml: yaml))
  }
}
