/// The version of the program, as `--version`, manifests and JSON objects say it.
enum Version {
  static let current = "0.1.0"
}
