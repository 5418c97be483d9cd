/// A layer as a configuration names it: a kind and its options, sizes of inputs left out.
///
/// In JSON or YAML a description is `{kind: dense, outputs: 20}`, or just `relu` where there are no options. The kinds are
/// the rows of a `LayerCatalogue`; the functions below spell the standard ones.
public struct LayerDescription: Hashable, Sendable {
  /// A name of the catalogue.
  public var kind: String
  /// Values by option name; options that are left out have the catalogue's defaults.
  public var options: [String: LayerOption]

  /// A description by name.
  public init(_ kind: String, _ options: [String: LayerOption] = [:]) { (self.kind, self.options) = (kind, options) }
}

/// The value of an option.
public enum LayerOption: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
  case number(Double)
  case flag(Bool)
  case text(String)
  case list([LayerOption])

  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A flag, as in `"bias": false`.
  public init(booleanLiteral value: Bool) { self = .flag(value) }
  public init(stringLiteral value: String) { self = .text(value) }
  public init(arrayLiteral elements: LayerOption...) { self = .list(elements) }
}

extension LayerDescription {
  /// See `Dense`.
  public static func dense(_ outputs: Int, bias: Bool = true) -> Self {
    Self("dense", ["outputs": .number(Double(outputs)), "bias": .flag(bias)])
  }
  /// See `Conv2D`.
  public static func conv2D(_ filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = true) -> Self {
    Self(
      "conv2d",
      [
        "filters": .number(Double(filters)), "kernel": .number(Double(kernel)), "stride": .number(Double(stride)),
        "padding": .number(Double(padding)), "bias": .flag(bias),
      ])
  }
  /// See `MaxPool2D`; windows tile the input.
  public static func maxPool2D(_ window: Int) -> Self { Self("maxPool2d", ["window": .number(Double(window))]) }
  /// See `AvgPool2D`; windows tile the input.
  public static func avgPool2D(_ window: Int) -> Self { Self("avgPool2d", ["window": .number(Double(window))]) }
  /// See `Dropout`.
  public static func dropout(_ rate: Double) -> Self { Self("dropout", ["rate": .number(rate)]) }
  /// See `Embedding`.
  public static func embedding(vocabulary: Int, dimension: Int) -> Self {
    Self("embedding", ["vocabulary": .number(Double(vocabulary)), "dimension": .number(Double(dimension))])
  }
  /// See `Activation`.
  public static func activation(_ function: ElementwiseFunction) -> Self { Self(function.rawValue) }
  /// `Activation(.relu)`
  public static let relu = activation(.relu)
  /// `Activation(.tanh)`
  public static let tanh = activation(.tanh)
  /// See `BatchNorm`.
  public static let batchNorm = Self("batchNorm")
  /// See `LayerNorm`.
  public static let layerNorm = Self("layerNorm")
  /// See `Flatten`.
  public static let flatten = Self("flatten")
  /// See `Softmax`.
  public static let softmax = Self("softmax")
}

extension LayerDescription: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue _: Int) { nil }
    var intValue: Int? { nil }
  }

  public init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      self.init(name)
      return
    }
    let container = try decoder.container(keyedBy: Key.self)
    self.init(try container.decode(String.self, forKey: Key(stringValue: "kind")))
    for key in container.allKeys where key.stringValue != "kind" {
      options[key.stringValue] = try container.decode(LayerOption.self, forKey: key)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    if options.isEmpty {
      var container = encoder.singleValueContainer()
      try container.encode(kind)
      return
    }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: Key(stringValue: "kind"))
    for (name, option) in options { try container.encode(option, forKey: Key(stringValue: name)) }
  }
}

extension LayerOption: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let list = try? container.decode([LayerOption].self) {
      self = .list(list)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .text(let text): try container.encode(text)
    case .list(let list): try container.encode(list)
    }
  }
}
