/// What the configuration does not say and a repetition or a later reader of the run folder needs: `manifest.json`.
struct RunManifest: Codable, Sendable {
  static let schema = "hilbert.run/1"

  var schema = Self.schema
  var version = Version.current
  var seed: UInt64
  var threads: Int
  var simdLevel: String
  var precision: String
  /// The random generator; another one would draw other weights from the same seed.
  var randomGenerator = "Philox4x32-10"
  /// The shape of one sample as the source gives it.
  var sourceShape: [Int]
  /// The shape of one sample after preprocessing.
  var sampleShape: [Int]
  /// The names of the features as the source gives them; nil where it gives none, and features are known by their position.
  var featureNames: [String]?
  var classNames: [String]
  var parameterCount: Int
  /// nil: no control was asked for.
  var controlParameterCount: Int?
  var trainingSamples: Int
  var testSamples: Int
  var dataOrigin: String?
  var dataLicence: String?
}
