import Execution

extension SampleSet {
  /// Some of the samples, in the order of `rows`.
  ///
  /// - Complexity: O(rows.count · sampleSize).
  public func selecting(rows: [Int]) -> SampleSet {
    var chosen = self
    chosen.features = gather(rows)
    chosen.targets = targets.selecting(rows)
    if !sampleNames.isEmpty { chosen.sampleNames = rows.map { sampleNames[$0] } }
    return chosen
  }

  /// The features of some samples, one after the other.
  func gather(_ rows: [Int]) -> [Float] {
    let size = sampleSize
    return features.withUnsafeBufferPointer { source in
      [Float](unsafeUninitializedCapacity: rows.count * size) { target, written in
        for (position, row) in rows.enumerated() {
          precondition(row >= 0 && (row + 1) * size <= source.count, "SampleSet: sample \(row) of \(source.count / size)")
          let first = target.baseAddress! + position * size
          first.initialize(from: source.baseAddress! + row * size, count: size)
        }
        written = rows.count * size
      }
    }
  }

  /// At most `limit` samples, each class keeping its share; the first ones of each class, in their original order.
  public func limited(to limit: Int) -> SampleSet {
    precondition(limit >= 1, "SampleSet: limit is \(limit), must be at least 1")
    guard limit < count else { return self }
    let groups = strata()
    let kept = zip(groups, apportion(limit, among: groups.map(\.count))).flatMap { group, share in group.prefix(share) }
    return selecting(rows: kept.sorted())
  }

  /// The samples of some classes, relabelled 0, 1, ... in the order given.
  ///
  /// - Throws: `DatasetError.unknownClass` with the names there are; `.unsupported` where a class is named twice.
  public func keeping(classes wanted: [String]) throws(DatasetError) -> SampleSet {
    let names = classNames
    var newLabel = [Int?](repeating: nil, count: names.count)
    for (position, className) in wanted.enumerated() {
      guard let old = names.firstIndex(of: className) else {
        throw .unknownClass(path: name, name: className, known: names)
      }
      guard newLabel[old] == nil else {
        throw .unsupported(path: name, found: "the class \(className) is named twice", advice: "Name each class once.")
      }
      newLabel[old] = position
    }
    let labels = labels
    let rows = labels.indices.filter { newLabel[labels[$0]] != nil }
    guard !rows.isEmpty else { throw .empty(path: name, advice: "Keep at least one class that has samples.") }
    var kept = selecting(rows: rows)
    kept.targets = .classes(labels: rows.map { newLabel[labels[$0]]! }, names: wanted)
    return kept
  }

  /// The same samples with their classes numbered as in `wanted`, for example as the model that is to judge them knows them.
  ///
  /// - Throws: `DatasetError.unknownClass` where a sample has a class that `wanted` lacks.
  public func matching(classNames wanted: [String]) throws(DatasetError) -> SampleSet {
    let names = classNames
    let newLabel = names.map { wanted.firstIndex(of: $0) }
    let labels = labels
    if let stranger = labels.first(where: { newLabel[$0] == nil }) {
      throw .unknownClass(path: name, name: names[stranger], known: wanted)
    }
    var matched = self
    matched.targets = .classes(labels: labels.map { newLabel[$0]! }, names: wanted)
    return matched
  }

  /// The same samples with their features in the order of `wanted`, for example as the model that is to judge them knows them.
  ///
  /// Where either side has no names, features are taken by position. Of several features with one name the first is the first.
  ///
  /// - Throws: `DatasetError.wrongFeatures` where a name is missing, or there is one more.
  public func matching(featureNames wanted: [String]) throws(DatasetError) -> SampleSet {
    let names = featureNames
    guard names != wanted, !names.isEmpty, !wanted.isEmpty else { return self }
    var places = Dictionary(grouping: names.indices.reversed(), by: { names[$0] })
    let order = wanted.map { places[$0]?.popLast() }
    let missing = zip(wanted, order).filter { $1 == nil }.map(\.0)
    let extra = places.values.joined().sorted().map { names[$0] }
    guard missing.isEmpty, extra.isEmpty else {
      throw .wrongFeatures(path: name, missing: missing, extra: extra, expected: wanted)
    }
    let columns = order.map { $0! }
    let reordered = (0..<count).flatMap { row in columns.map { features[row * names.count + $0] } }
    return replacing(features: reordered, sampleShape: sampleShape, featureNames: wanted)
  }

  /// The rows of each class; without classes one group of all rows.
  func strata() -> [[Int]] {
    guard case .classes(let labels, let names) = targets else { return [Array(0..<count)] }
    return labels.indices.reduce(into: [[Int]](repeating: [], count: names.count)) { groups, row in
      groups[labels[row]].append(row)
    }
  }
}

/// Shares of `total` in proportion to `sizes` by the largest-remainder method; equal remainders go to the earlier group.
func apportion(_ total: Int, among sizes: [Int]) -> [Int] {
  let whole = sizes.reduce(0, +)
  precondition(total >= 0 && total <= whole, "apportion: \(total) of \(whole)")
  guard whole > 0 else { return sizes }
  var shares = sizes.map { $0 * total / whole }
  let byRemainder = sizes.indices.sorted { (sizes[$1] * total % whole, $0) < (sizes[$0] * total % whole, $1) }
  for group in byRemainder.prefix(total - shares.reduce(0, +)) { shares[group] += 1 }
  return shares
}
